"""What makes two records one article: their address, their own id, or else their text."""

import json

import pytest

UUID = "5f2b7c1e-93a4-4f0d-8a2e-0c9d1e7b6a55"


def ids(read, *records, name="a.jsonl"):
    content = "".join(json.dumps(record) + "\n" for record in records)
    return [article.article_id for article in read(name, content).articles]


@pytest.mark.parametrize(
    "record_id",
    [UUID, f"urn:uuid:{UUID}", "urn:newsml:gulf.example:20260308:1", "tag:gulf.example,2026:1",
     "https://gulf.example/?p=1#frag", "17 at https://gulf.example", "9f86d081884c7d659a2feaa0"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["guid", "id", "uri"])
def test_without_an_address_a_lasting_id_names_the_article_whatever_its_text(
    read, field, record_id
):
    first, other, elsewhere = ids(
        read,
        {"source": "Gulf", field: record_id, "text": "The ice is gone."},
        {"source": "Gulf", field: record_id, "text": "The ice is back."},
        {"source": "Bay", field: record_id, "text": "The ice is gone."},
    )
    assert first == other
    # An address names the article for all outlets.
    assert (first != elsewhere) or "://" in record_id


@pytest.mark.parametrize("record_id", [1, "1", "17", "article_0001", "0000039"])
def test_numbers_within_a_dump_make_no_two_texts_one_article(read, record_id):
    first, other, again = ids(
        read,
        {"id": record_id, "text": "The ice is gone."},
        {"id": record_id, "text": "The ferry sails."},
        {"id": 7, "text": "The ice is gone."},
    )
    assert first != other
    assert first == again


def test_dump_yaml_may_name_the_field_that_identifies_an_article(read):
    read("dump.yaml", "columns:\n  record_id: number\n")
    first, other = ids(read, {"number": 1, "text": "Ice."}, {"number": 1, "text": "No ice."})
    assert first == other


def test_an_address_counts_before_an_id(read):
    first, other = ids(
        read,
        {"url": "https://gulf.example/ice", "guid": UUID, "text": "The ice is gone."},
        {"url": "https://gulf.example/ice?utm_source=x", "id": 2, "text": "The ice is back."},
    )
    assert first == other


def test_an_id_stays_in_what_is_kept_of_the_record(article):
    assert json.loads(article(id=UUID).extra)["id"] == UUID

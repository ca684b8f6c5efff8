import gzip
import json

import pytest

from communique.dumps import Reason

FIRST = '{"title": "Ice leaves the gulf", "text": "The ice is gone."}'
SECOND = '{"title": "Ferries sail again", "text": "The ferries sail."}'


def titles(delivery):
    return [article.title for article in delivery.articles]


def test_each_line_of_json_lines_is_an_article(read):
    delivery = read("a.jsonl", f"{FIRST}\n\n{SECOND}\n")
    assert titles(delivery) == ["Ice leaves the gulf", "Ferries sail again"]
    assert [article.dump_record for article in delivery.articles] == [1, 3]
    assert delivery.dump_format == "jsonl"


@pytest.mark.parametrize("broken", ['{"title": "cut in the mid', "no json at all", '{"a": 1}}'])
def test_a_line_that_is_no_json_is_refused_and_the_next_one_is_read(read, broken):
    delivery = read("a.jsonl", f"{broken}\n{SECOND}\n")
    assert titles(delivery) == ["Ferries sail again"]
    assert [(line.record_number, line.reason_code) for line in delivery.rejected] == [
        (1, Reason.INVALID_JSON)
    ]


def test_a_line_separator_inside_a_text_does_not_end_the_line(read):
    delivery = read("a.jsonl", f'{{"text": "One.\u2028Two.\x85Three."}}\n{SECOND}')
    assert len(delivery.articles) == 2
    assert delivery.articles[0].body_text == "One.\nTwo.\nThree."


def test_gzipped_json_lines_are_read_whatever_the_file_is_called(read):
    delivery = read("feeds.dat", gzip.compress(f"{FIRST}\n{SECOND}\n".encode()))
    assert titles(delivery) == ["Ice leaves the gulf", "Ferries sail again"]
    assert delivery.dump_format == "jsonl.gz"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_byte_offset_finds_the_record_in_the_unpacked_file(read, mark, pack):
    content = mark + f"{FIRST}\r\n\n{SECOND}\nbroken Ж\n{FIRST}".encode()
    delivery = read("a.jsonl", pack(content))
    records = (*delivery.articles, *delivery.rejected)
    starts = (b'{"title": "Ice', b'{"title": "Ferries', b'{"title": "Ice', b"broken")
    assert len(records) == len(starts)
    for record, start in zip(records, starts, strict=True):
        assert content[record.byte_offset :].startswith(start)


def test_a_json_file_may_hold_one_article(read):
    delivery = read("a.json", json.dumps(json.loads(FIRST), indent=2))
    assert titles(delivery) == ["Ice leaves the gulf"]
    assert delivery.articles[0].byte_offset is None


@pytest.mark.parametrize("container", ["articles", "items", "posts", "results"])
def test_a_json_file_may_hold_articles_in_an_object(read, container):
    delivery = read("a.json", f'{{"status": "ok", "{container}": [{FIRST}, {SECOND}]}}')
    assert titles(delivery) == ["Ice leaves the gulf", "Ferries sail again"]


def test_a_json_file_may_hold_a_list_of_articles(read):
    assert len(read("a.json", f"[{FIRST},\n{SECOND}]").articles) == 2


def test_an_article_with_a_list_of_its_own_stays_one_article(read):
    delivery = read("a.json", '{"text": "The ice is gone.", "items": [{"text": "a caption"}]}')
    assert [article.body_text for article in delivery.articles] == ["The ice is gone."]


def test_a_text_that_starts_with_a_bracket_is_no_json(read):
    delivery = read("a.txt", "[Updated] The ice is gone.\n\nThe ferries sail.")
    assert delivery.dump_format == "text"
    assert delivery.articles[0].body_text.startswith("[Updated]")


def test_a_csv_cell_may_hold_line_ends_and_quotation_marks(read):
    delivery = read(
        "a.csv", 'title,text\r\nIce,"One ""gulf"".\r\nTwo, really."\r\nFog,"Thick."\r\n'
    )
    assert [article.body_text for article in delivery.articles] == [
        'One "gulf".\nTwo, really.', "Thick."
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_csv_columns_may_be_parted_by_another_sign(read, delimiter):
    delivery = read("a.csv", f"Title{delimiter}Text\nIce{delimiter}Gone, all of it.\n")
    assert (delivery.articles[0].title, delivery.articles[0].body_text) == (
        "Ice", "Gone, all of it."
    )  # fmt: skip


def test_a_csv_row_with_too_many_cells_is_refused_and_the_next_one_is_read(read):
    delivery = read("a.csv", "title,text\nIce,Gone, all of it.\nFog,Thick.\n")
    assert titles(delivery) == ["Fog"]
    assert delivery.rejected[0].reason_code == Reason.INVALID_CSV
    assert delivery.rejected[0].raw_excerpt == "Ice,Gone, all of it."


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest_of_a_csv_file(read):
    delivery = read("a.csv", 'title,text\nFog,Thick.\nIce,"Gone.\nSnow,Deep.\nRain,Wet.\n')
    assert titles(delivery) == ["Fog"]
    assert "never closed" in delivery.rejected[0].reason


def test_a_csv_row_with_too_few_cells_leaves_the_rest_unknown(read):
    delivery = read("a.csv", "text,title,url\nThe ice is gone.\n")
    assert (delivery.articles[0].title, delivery.articles[0].url) == (None, None)


def test_a_plain_text_is_one_article_with_the_headline_it_starts_with(read):
    delivery = read("ice.txt", "Ice leaves the gulf early\n\nThe ice is gone.\n\nFerries sail.\n")
    assert titles(delivery) == ["Ice leaves the gulf early"]
    assert delivery.articles[0].body_text.endswith("Ferries sail.\n")


def test_a_plain_text_may_start_with_a_header(read):
    delivery = read(
        "ice",
        "-- Ice leaves the gulf\n-- By  Aino  Kallas\n-- Tue Mar 3, 2026 2:11pm EST\n"
        "-- http://www.example.com/2026/03/03/ice\n\nThe ice is gone.\n",
    )
    article = delivery.articles[0]
    assert (article.title, article.author) == ("Ice leaves the gulf", "Aino Kallas")
    assert article.published_at.isoformat() == "2026-03-03T19:11:00"
    assert article.canonical_url == "https://example.com/2026/03/03/ice"
    assert article.body_text.strip() == "The ice is gone."


def test_an_empty_line_of_a_header_hides_nothing(read):
    delivery = read("ice", "-- Ice leaves\n-- \n-- Mar 3, 2026 2:11pm\n\nThe ice is gone.\n")
    article = delivery.articles[0]
    assert (article.published_precision, article.author, article.extra) == ("exact", None, None)


def test_utf_16_with_a_mark_is_read_in_every_format(read):
    for name, content in {
        "a.txt": "Лёд ушёл.",
        "a.csv": "title,text\nЛёд,Лёд ушёл.",
        "a.json": '{"text": "Лёд ушёл."}',
    }.items():
        assert read(name, content.encode("utf-16")).articles[0].body_text == "Лёд ушёл."


def test_a_text_in_windows_1252_keeps_its_quotation_marks(read):
    delivery = read("a.txt", "“Ice is gone” – Müller".encode("cp1252"))
    assert delivery.articles[0].body_text == "“Ice is gone” – Müller"

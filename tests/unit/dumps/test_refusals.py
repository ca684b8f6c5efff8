import gzip

import pytest

from communique.dumps import Reason
from communique.dumps.articles import MAX_TEXT_LENGTH

FILES = {
    Reason.EMPTY_FILE: {
        "empty.zip": b"PK\x05\x06" + bytes(18),
        "zero.json": b"", "blank.txt": b" \n\t\n", "nothing.gz": gzip.compress(b""),
        "none.json": b'{"articles": []}', "header.csv": b"title,text\n",
    },
    Reason.UNSUPPORTED_FORMAT: {
        "a.xml": b"\xef\xbb\xbf<?xml version='1.0'?><catalog><a>Ice</a></catalog>",
        "a.pdf": b"%PDF-1.7", "a.rtf": b"{\\rtf1 Ice}",
        "image.txt": bytes(range(32)) * 8,
    },
    Reason.INVALID_XML: {"feed.xml": b"<rss><channel><item><title>Ice</b></item>"},
    Reason.DAMAGED_ARCHIVE: {
        "a.zip": b"PK\x03\x04", "a.parquet": b"PAR1", "cut.warc": b"WARC/1.0\r\n",
        "cut.jsonl.gz": gzip.compress(b'{"text": "The ice is gone."}' * 9)[:-9],
        "false.gz": b"\x1f\x8bno gzip",
    },
    Reason.INVALID_ENCODING: {
        "a.jsonl": b'{"text": "\xff"}\n{"text": "\xfe"}', "a.json": b'{"text": "\xff"}',
        "a.txt": b"Ice \x81\x8d is gone.", "a.csv": b"title,text\nIce,\x81 gone\n",
        "half.txt": b"\xff\xfeI\x00c",
    },
    Reason.INVALID_JSON: {
        "cut.json": b'{"text": "The ice', "a.json": b'{"text": NULL}',
        "a.jsonl": b'{"text": "a\n{"text": "b',
    },
    Reason.INVALID_CSV: {"a.csv": b"title,text\nIce,Gone, all of it.\n"},
    Reason.NOT_AN_ARTICLE: {
        "urls.xml.gz": gzip.compress(b"<urlset></urlset>"),
        "list.json": b"[1, 2]", "text.json": b'["The ice is gone."]',
        "filter.txt": b"# Allowed\nHost a.example\n  Path .*\n\nHost b.example\n  Path /b\n",
        "README.md": b"# The dump\n\nIt holds news.", "docs/Codebook.txt": b"bias: 0 or 1",
        "deep.json": b'{"text": ' + b"[" * 900 + b'"Ice"' + b"]" * 900 + b"}",
    },
    Reason.NO_TEXT: {
        "a.json": b'{"title": "Ice", "text": null}', "b.json": b'{"text": "<p> </p>\\u200b"}',
        "annotations.json": b'{"article": {"stance": "neutral"}}',
        "a.csv": b"title,text\nIce,\n", "page.html": b"<!DOCTYPE html><p>Ice",
    },
    Reason.TRUNCATED_TEXT: {
        "a.json": '{"content": "The ice… [+3120 chars]"}'.encode(),
        "b.json": b'{"content": "The ice [&#8230;]"}',
    },
    Reason.TEXT_TOO_LONG: {"a.txt": b"The ice. " * (MAX_TEXT_LENGTH // 9 + 1)},
}  # fmt: skip
ADVICE = ("deliver", "convert", "split", "quote", "name the field", "leave it out", "rename")


@pytest.mark.parametrize(
    ("reason", "name"), [(reason, name) for reason, files in FILES.items() for name in files]
)
def test_what_cannot_be_used_is_refused_with_its_reason_and_the_next_step(read, reason, name):
    delivery = read(name, FILES[reason][name])
    assert not delivery.articles
    assert {record.reason_code for record in delivery.rejected} == {reason.value}
    assert all(
        any(word in record.reason.lower() for word in ADVICE) and record.reason.endswith(".")
        for record in delivery.rejected
    )


def test_every_reason_has_an_example():
    elsewhere = {
        Reason.UNREADABLE_FILE,
        Reason.INVALID_DUMP_SETTINGS,
        Reason.UNSAFE_ARCHIVE,
        Reason.RECORD_TOO_LARGE,
    }
    assert set(FILES) == set(Reason) - elsewhere


def test_a_file_refused_as_a_whole_counts_as_one_record(read):
    delivery = read("a.pdf", "%PDF-1.7")
    assert delivery.records_read == 1
    assert delivery.rejected[0].record_number is None
    assert delivery.dump_format == "unknown"


def test_the_excerpt_of_a_refused_record_is_short_and_printable(read):
    delivery = read("a.jsonl", b'{"a": "\x00\n' + b'{"text": "\xff' + b"x" * 999)
    assert all(len(record.raw_excerpt) <= 300 for record in delivery.rejected)
    assert all(record.raw_excerpt.isprintable() for record in delivery.rejected)

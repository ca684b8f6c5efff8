"""Packed files and archives are opened, whatever they try."""

import bz2
import gzip
import io
import json
import lzma
import os
import stat
import zipfile
from datetime import date

import pytest
import zstandard

from communique.dumps import Reason, members, open_file
from communique.errors import WrongCallError
from packing import zipped

NIGHT = date(2026, 3, 8)
LINES = "".join(
    json.dumps({"title": f"Ice {n}", "text": f"The ice of bay {n} is gone."}) + "\n"
    for n in range(9)
).encode()


def in_two_parts(pack):
    return lambda content: pack(content[:99]) + pack(content[99:])


def codes(delivery):
    return [record.reason_code for record in delivery.rejected]


@pytest.mark.parametrize(
    ("pack", "ending"),
    [
        (gzip.compress, ".gz"),
        (bz2.compress, ".bz2"),
        (lzma.compress, ".xz"),
        (zstandard.compress, ".zst"),
        (in_two_parts(zstandard.compress), ".zst"),
        (in_two_parts(gzip.compress), ".gz"),
        (lambda content: zipped(**{"a.jsonl": content}), ".zip"),
        (lambda content: gzip.compress(zipped(**{"a.jsonl.gz": gzip.compress(content)})),
         ".gz.zip.gz"),
    ],
)  # fmt: skip
def test_packed_lines_are_read_under_any_name(read, pack, ending):
    delivery = read("night.dat", pack(LINES))

    assert len(delivery.articles) == 9
    assert delivery.dump_format == f"jsonl{ending}"
    assert not delivery.rejected


def test_each_file_of_an_archive_goes_by_the_archives_name_and_its_own(read):
    delivery = read("night.zip", zipped(**{"b/two.json": '{"text": "Two."}', "one.txt": "One."}))

    assert [article.dump_file for article in delivery.articles] == [
        "night.zip/b/two.json",
        "night.zip/one.txt",
    ]


def test_an_archive_in_an_archive_is_opened(read):
    inner = zipped(**{"a.json": '{"text": "The ice is gone."}'})

    delivery = read("a.zip", zipped(**{"inner.zip": inner}))

    assert [article.dump_file for article in delivery.articles] == ["a.zip/inner.zip/a.json"]


def test_archives_without_end_are_refused(read):
    content = zipped(**{"a.json": '{"text": "The ice is gone."}'})
    for _ in range(members.DEPTH):
        content = zipped(**{"a.zip": content})

    delivery = read("a.zip", content)

    assert not delivery.articles
    assert codes(delivery) == [Reason.UNSAFE_ARCHIVE]


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(**{"a.txt": content})])
def test_an_archive_that_unpacks_to_hundreds_of_times_its_size_is_refused(read, monkeypatch, pack):
    monkeypatch.setattr(members, "UNPACKED_AT_LEAST", 2**20)

    delivery = read("bomb", pack(b'{"text": "' + b"ice " * 2**20 + b'"}'))

    assert not delivery.articles
    assert codes(delivery) == [Reason.UNSAFE_ARCHIVE]
    assert "many times its size" in delivery.rejected[0].reason


@pytest.mark.parametrize("name", ["../evil.json", "/evil.json", "a/../../evil.json", "C:/evil.json",
                                  "..\\evil.json"])  # fmt: skip
def test_a_file_that_leads_out_of_its_archive_is_refused_and_its_neighbour_is_read(read, name):
    delivery = read("a.zip", zipped(**{name: '{"text": "Evil."}', "z.json": '{"text": "Good."}'}))

    assert [article.body_text for article in delivery.articles] == ["Good."]
    assert codes(delivery) == [Reason.UNSAFE_ARCHIVE]


def test_a_link_in_an_archive_is_not_followed(read):
    link = zipfile.ZipInfo("passwd.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    delivery = read("a.zip", target.getvalue())

    assert codes(delivery) == [Reason.UNSAFE_ARCHIVE]


def test_hidden_files_of_an_archive_are_left_out(read):
    delivery = read(
        "a.zip",
        zipped(**{"__MACOSX/a.json": "{}", ".git/a.json": "{}", "a.json": '{"text": "Ice."}'}),
    )

    assert len(delivery.articles) == delivery.records_read == 1


def test_an_office_document_is_no_archive_of_articles(read):
    delivery = read("a.docx", zipped(**{"[Content_Types].xml": "<a/>", "word/a.xml": "<a/>"}))

    assert codes(delivery) == [Reason.UNSUPPORTED_FORMAT]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_of_a_file_that_was_cut_off_the_whole_records_stay(read, pack):
    rows = (
        json.dumps({"title": f"Ice {n}", "text": f"Bay {n}: {os.urandom(600).hex()}"}) + "\n"
        for n in range(2000)
    )
    packed = pack("".join(rows).encode())

    delivery = read("a.jsonl", packed[: len(packed) * 3 // 4])

    assert 200 < len(delivery.articles) < 2000
    assert codes(delivery) == [Reason.DAMAGED_ARCHIVE]


def test_a_line_of_a_hundred_megabytes_is_refused_and_the_next_one_is_read(read):
    line = b'{"text": "' + b"ice " * 26_214_400 + b'"}\n'

    delivery = read("a.jsonl", b'{"text": "First."}\n' + line + b'{"text": "Last."}\n')

    assert [article.body_text for article in delivery.articles] == ["First.", "Last."]
    assert [(one.reason_code, one.record_number) for one in delivery.rejected] == [
        (Reason.RECORD_TOO_LARGE, 2)
    ]


def test_a_file_that_changes_while_it_is_read_stops_the_night(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(LINES)
    opened = open_file(tmp_path, "a.jsonl", dump_date=NIGHT)
    list(next(opened).records)
    file.write_bytes(LINES + LINES)

    with pytest.raises(WrongCallError, match=r"a\.jsonl of 2026-03-08 changed"):
        next(opened)

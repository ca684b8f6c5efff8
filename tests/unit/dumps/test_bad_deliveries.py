"""What is wrong with real dumps: each kind has a file made for it, and the counts add up."""

import gzip
import json
from datetime import date

import pytest

from communique import lake
from communique.dumps import members
from communique.records import Article, Load, RejectedRecord
from communique.stages import land
from packing import zipped

NIGHT = date(2026, 3, 8)
ICE = "The ice of the gulf is gone."
GOOD = json.dumps({"text": ICE, "title": "Ice"}).encode()
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Müller</title>"
    "<meta property='og:type' content='article'></head><body><article><h1>Müller</h1>"
    "<p>Harbour master Jörg Müller says that the ice of the gulf is gone at last.</p>"
    "</article></body></html>"
)


def warc_record(text):
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
    return f"{head}Content-Length: {len(text)}\r\n\r\n{text}\r\n\r\n".encode()


def lines(*records):
    return b"\n".join(records) + b"\n"


DELIVERIES = {
    "empty file": (b"", [], {"empty_file"}),
    "empty zip": (zipped(), [], {"empty_file"}),
    "zip of zips": (zipped(**{"in.zip": zipped(**{"a.json": GOOD})}), [ICE], set()),
    "zip with ../ paths": (
        zipped(**{"../../evil.json": GOOD, "a.json": GOOD}), [ICE], {"unsafe_archive"},
    ),
    "truncated gzip": (
        gzip.compress(lines(GOOD, *(f'{{"text": "Bay {n}."}}'.encode() for n in range(99))))[:-40],
        None, {"damaged_archive"},
    ),
    "truncated WARC": (warc_record(ICE) + warc_record(ICE)[:-20], [ICE], {"damaged_archive"}),
    "CSV that is called JSON": (f"title,text\nIce,{ICE}\n".encode(), [ICE], set()),
    "invalid JSON in line 3 of 5": (
        lines(GOOD, b'{"text": "Fog."}', b'{"text": "Ic', b'{"text": "Rain."}', b'{"text": "So."}'),
        [ICE, "Fog.", "Rain.", "So."], {"invalid_json"},
    ),
    "byte order mark": (b"\xef\xbb\xbf" + lines(GOOD, b'{"text": "Fog."}'), [ICE, "Fog."], set()),
    "UTF-16": ("\ufeff".encode("utf-16-le") + GOOD.decode().encode("utf-16-le"), [ICE], set()),
    "Latin-1 declared UTF-8": (
        PAGE.encode("latin-1"),
        ["Harbour master Jörg Müller says that the ice of the gulf is gone at last."], set(),
    ),
    "NUL bytes in a text": (b'{"text": "The ice\\u0000 of the gulf is gone."}', [ICE], set()),
    "NUL bytes in a file": (bytes(5000), [], {"unsupported_format"}),
    "no title": (json.dumps({"text": ICE}).encode(), [ICE], set()),
    "no body": (b'{"title": "Ice", "url": "https://a.example/1", "text": ""}', [], {"no_text"}),
    "body of 5 million characters": (
        json.dumps({"text": "ice " * 1_250_000}).encode(), [], {"text_too_long"},
    ),
    "duplicate ids": (
        lines(b'{"id": 1, "text": "Fog."}', b'{"id": 1, "text": "Rain."}'),
        ["Fog.", "Rain."], set(),
    ),
    "address that runs": (
        b'{"url": "javascript:alert(1)", "text": "Fog."}', ["Fog."], set(),
    ),
}  # fmt: skip


@pytest.fixture
def landed(house, deliver):
    """Land one file and a good one beside it; gives texts, reasons and accounts of the first."""

    def land_beside_a_good_one(content):
        deliver(NIGHT, "a.json", content)
        deliver(NIGHT, "b.json", b'{"text": "The ferry sails."}')
        land.do(house.settings, NIGHT)
        folder = lake.find(house.settings.lake, "landed", NIGHT)
        articles = list(lake.read_records(folder, "articles", Article))
        assert articles[-1].body_text == "The ferry sails."
        loads = list(lake.read_records(folder, "loads", Load))
        refused = list(lake.read_records(folder, "rejected_records", RejectedRecord))
        return [one.body_text for one in articles[:-1]], refused, loads[:-1]

    return land_beside_a_good_one


@pytest.mark.parametrize("kind", DELIVERIES)
def test_what_is_good_of_a_bad_delivery_is_loaded_and_the_rest_refused_with_a_reason(landed, kind):
    content, texts, reasons = DELIVERIES[kind]

    found, refused, loads = landed(content)

    assert texts is None or found == texts
    assert {one.reason_code for one in refused} == reasons
    assert all(
        load.records_read == load.records_loaded + load.records_rejected + load.records_duplicate
        for load in loads
    )
    assert sum(load.records_loaded for load in loads) == len(found)
    assert sum(load.records_rejected for load in loads) == len(refused)


def test_a_zip_bomb_is_refused_and_fills_no_memory(landed, monkeypatch):
    monkeypatch.setattr(members, "UNPACKED_AT_LEAST", 2**20)

    found, refused, _ = landed(zipped(**{"a.json": b'{"text": "' + b"ice " * 2**20 + b'"}'}))

    assert found == []
    assert {one.reason_code for one in refused} == {"unsafe_archive"}

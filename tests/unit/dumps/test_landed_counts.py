from datetime import date

import pytest

from communique import lake
from communique.records import Article, Block, Load, RejectedRecord
from communique.stages import land

NIGHT = date(2026, 3, 8)


@pytest.fixture
def landed(house):
    def read(table, record_type):
        folder = lake.partition(house.settings.lake, "landed", NIGHT)
        return list(lake.read_records(folder, table, record_type))

    return read


def test_each_record_is_loaded_rejected_or_a_duplicate(house, deliver, landed):
    ice = '{"url": "https://example.com/ice", "text": "The ice is gone."}'
    spaced = '{"url": "http://www.example.com/ice?utm_source=x", "text": "The  ice\\nis gone."}'
    changed = '{"url": "https://example.com/ice", "text": "The ice is back."}'
    deliver(NIGHT, "a.jsonl", f"{ice}\n{ice}\n{changed}\nbroken\n")
    deliver(NIGHT, "b/b.json", spaced)
    deliver(NIGHT, "c.html", "<html>")
    report = land.do(house.settings, NIGHT)
    loads = landed("loads", Load)
    assert [
        (load.dump_file, load.records_read, load.records_loaded, load.records_rejected,
         load.records_duplicate)
        for load in loads
    ] == [("a.jsonl", 4, 2, 1, 1), ("b/b.json", 1, 0, 0, 1), ("c.html", 1, 0, 1, 0)]  # fmt: skip
    assert len(landed("articles", Article)) == report.counts["loaded"] == 2
    assert len(landed("rejected_records", RejectedRecord)) == report.counts["rejected"] == 2


def test_awkward_names_and_letters_reach_the_lake_unharmed(house, deliver, landed):
    name = "ice 'of' \"the\"\ngulf; drop table.json"
    deliver(NIGHT, name, '{"text": "Half \\ud83d a letter, Ж and 冰.", "tag": "\\udc00"}')
    land.do(house.settings, NIGHT)
    (article,) = landed("articles", Article)
    assert article.dump_file == name
    assert article.body_text == "Half \ufffd a letter, Ж and 冰."


def test_the_blocks_of_every_loaded_article_are_landed(house, deliver, landed):
    deliver(NIGHT, "a.txt", "Ice leaves the gulf early\n\nThe ice is gone.\n\nSubscribe")
    land.do(house.settings, NIGHT)
    assert [block.block_type for block in landed("article_blocks", Block)] == [
        "headline", "body", "promotion"
    ]  # fmt: skip


def test_a_night_landed_twice_equals_one_landed_once(house, deliver, landed):
    deliver(NIGHT, "a.jsonl", '{"text": "The ice is gone."}\nbroken\n')
    land.do(house.settings, NIGHT)
    first = landed("articles", Article), landed("rejected_records", RejectedRecord)
    land.do(house.settings, NIGHT)
    assert (landed("articles", Article), landed("rejected_records", RejectedRecord)) == first

import json
import subprocess
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from communique import lake
from communique.records import Article, ArticleSignature, Block, Load, RejectedRecord
from communique.stages import land
from house import COMMAND

NIGHT = date(2026, 3, 8)


@pytest.fixture
def landed(house):
    def read(table, record_type):
        folder = lake.find(house.settings.lake, "landed", NIGHT)
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


@pytest.fixture
def large_night(house, deliver):
    """A night that is worth several processes: files of two shapes, copies, and broken lines."""
    sentence = "The ferry of pier {} leaves at noon, said harbour master Aino Kallela. "
    lines = [
        json.dumps({"url": f"https://tribune.example/{n % 130}", "source": "Tribune",
                    "text": sentence.format(n % 130) * 400 + "\n\nThe gulf in your pocket."})
        if n % 10 else "{broken"
        for n in range(200)
    ]  # fmt: skip
    deliver(NIGHT, "lines.jsonl", "\n".join(lines))
    deliver(NIGHT, "again.jsonl", "\n".join(lines[:20]))
    for n in range(9):
        deliver(NIGHT, f"texts/{n}.txt", f"Ferry {n} is late again\n\n{sentence.format(n)}")
    files = house.settings.dump_folder(NIGHT).rglob("*.*")
    assert sum(file.stat().st_size for file in files) > land.WORTH_WORKERS


def test_how_many_processes_land_a_night_changes_nothing_that_is_landed(house, large_night, landed):
    tables = {"articles": Article, "article_blocks": Block, "rejected_records": RejectedRecord,
              "article_signatures": ArticleSignature}  # fmt: skip
    found = []
    for count in (1, 2):
        report = land.do(replace(house.settings, workers=count), NIGHT)
        loads = [replace(load, started_at=None, seconds=0) for load in landed("loads", Load)]
        found.append((report.counts, loads, [landed(*table) for table in tables.items()]))

    assert found[0] == found[1]
    assert found[0][0] == {
        "files": 11, "records read": 229, "loaded": 126, "rejected": 22, "duplicate": 81
    }  # fmt: skip


def test_a_landing_that_is_killed_leaves_no_half_night_and_adds_up_when_run_again(
    house, large_night, landed
):
    partition = lake.partition(house.settings.lake, "landed", NIGHT)
    folder = Path(partition.place.path)
    with subprocess.Popen([COMMAND, "land", str(NIGHT)], env=house.environment) as process:
        while not list(folder.glob("*/articles.parquet")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert partition.current() is None

    report = land.do(house.settings, NIGHT)

    counts = report.counts
    assert counts["records read"] == 229
    assert counts["loaded"] + counts["rejected"] + counts["duplicate"] == 229
    loads = landed("loads", Load)
    for load in loads:
        assert load.records_read == (
            load.records_loaded + load.records_rejected + load.records_duplicate
        )
    assert len(landed("articles", Article)) == sum(load.records_loaded for load in loads)
    assert [str(file) for file in folder.iterdir()] == [partition.current().folder.path]

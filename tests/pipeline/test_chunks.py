"""A night is extracted and judged in chunks, on all cores, and nobody can tell from the result."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique import chunks, lake
from communique.errors import WrongCallError
from communique.records import EXTRACTED_TABLES, JUDGED_TABLES
from communique.settings import Settings
from communique.stages import extract, judge, land
from house import COMMAND

NIGHT = date(2026, 3, 9)
SPEAKERS = ("Dana Roshal", "Ada Blix", "Olena Hrytsak", "Marc Venn", "Ida Calder", "Tom Ashdown")


def article(number):
    speaker = SPEAKERS[number % len(SPEAKERS)]
    text = (
        f"“We must lift the sanctions against Russia,” Foreign Minister {speaker} said on Monday. "
        "Russia opposes the deployment of foreign troops in Ukraine, the ministry added.\n\n"
    )
    return json.dumps(
        {
            "url": f"https://tribune.example/{number}",
            "source": "Tribune",
            "title": "Minister speaks",
            "date": "2026-03-09",
            "text": text,
        }
    )


@pytest.fixture
def landed(house, deliver):
    deliver(NIGHT, "a.jsonl", "\n".join(article(number) for number in range(6)) + "\n")
    land.do(house.settings, NIGHT)
    return house


def contents(settings):
    """All that the night's partitions hold, but the moment at which the runs started."""
    return {
        (step, table): [
            {name: value for name, value in row.items() if name != "started_at"}
            for row in pq.read_table(
                lake.find(settings.lake, step, NIGHT).file(table).path
            ).to_pylist()
        ]
        for step, tables in (("extracted", EXTRACTED_TABLES), ("judged", JUDGED_TABLES))
        for table in tables
    }


def extract_and_judge(settings):
    extract.do(settings, NIGHT)
    judge.do(settings, NIGHT)
    return contents(settings)


def drop_results(settings):
    for step in ("extracted", "judged"):
        lake.partition(settings.lake, step, NIGHT).drop()


def test_what_comes_out_depends_neither_on_the_chunks_nor_on_the_number_of_workers(
    landed, monkeypatch
):
    alone = extract_and_judge(replace(landed.settings, workers=1))
    assert len(alone["extracted", "statements"]) >= 6
    assert alone["judged", "stances"]
    drop_results(landed.settings)

    monkeypatch.setattr(chunks, "LEAST_CHARACTERS", 1)
    together = extract_and_judge(replace(landed.settings, workers=2))

    assert together == alone


def test_chunks_hold_all_articles_in_order_and_about_as_many_characters():
    cut = chunks.cut([30_000] * 9 + [200_000, 10, 10], worker_count=2)

    assert [one.first for one in cut] == [0, *(one.last for one in cut[:-1])]
    assert cut[-1].last == 12
    assert [len(one) for one in cut] == [2, 2, 2, 2, 2, 2]


def test_a_large_night_has_larger_chunks_and_not_more_of_them():
    cut = chunks.cut([4_000] * 50_000, worker_count=2)

    assert len(cut) <= 33


def test_an_empty_night_has_no_chunks_and_its_partitions_are_there(house):
    house.settings.dump_folder(NIGHT).mkdir()
    land.do(house.settings, NIGHT)

    results = extract_and_judge(house.settings)

    assert results["extracted", "extraction_runs"][0]["article_count"] == 0
    assert results["judged", "stances"] == []


def test_shares_are_worked_off_one_by_one_and_a_missing_one_is_missed(landed, monkeypatch):
    monkeypatch.setattr(chunks, "LEAST_CHARACTERS", 1)
    settings = replace(landed.settings, workers=2)
    shares = chunks.plan(extract.Extraction, settings, NIGHT)
    assert [len(share) for share in shares] == [3, 3]

    chunks.do_share(extract.Extraction, settings, NIGHT, shares[0])
    with pytest.raises(WrongCallError, match=r"up to article 1 of 6: run `communique extract"):
        chunks.gather(extract.Extraction, settings, NIGHT)
    chunks.do_share(extract.Extraction, settings, NIGHT, shares[1])
    report = chunks.gather(extract.Extraction, settings, NIGHT)

    assert report.counts["articles"] == 6
    assert chunks.plan(extract.Extraction, settings, NIGHT) == []


def test_where_many_machines_work_there_are_more_shares_than_processes_on_one(landed, monkeypatch):
    monkeypatch.setattr(chunks, "LEAST_CHARACTERS", 1)
    told = {"COMMUNIQUE_WORKERS": "1", "COMMUNIQUE_SHARES": "3"}
    settings = replace(landed.settings, workers=1, shares=Settings.from_environment(told).shares)

    shares = chunks.plan(extract.Extraction, settings, NIGHT)

    assert [len(share) for share in shares] == [2, 2, 2]


def test_an_extraction_that_was_cut_off_goes_on_with_the_chunks_that_are_there(landed, monkeypatch):
    monkeypatch.setattr(chunks, "LEAST_CHARACTERS", 1)
    settings = replace(landed.settings, workers=1)
    ((first, *_),) = chunks.plan(extract.Extraction, settings, NIGHT)
    chunks.do_share(extract.Extraction, settings, NIGHT, [first])

    left = chunks.plan(extract.Extraction, settings, NIGHT)

    assert len(left[0]) == 5
    extract.do(settings, NIGHT)
    assert list(Path(settings.lake, "chunks", "extracted").iterdir()) == []


def test_two_schedulers_that_extract_one_night_at_once_make_it_once(landed):
    alone = replace(landed.settings, home=landed.settings.home.with_name("alone"))
    shutil.copytree(landed.settings.home, alone.home)
    extract.do(alone, NIGHT)
    command = [COMMAND, "extract", str(NIGHT)]

    runs = [
        subprocess.Popen(command, env=landed.environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [run.communicate()[1] for run in runs]

    codes = [run.returncode for run in runs]
    assert 0 in codes
    assert all(
        code == 0 or "Another run is working in" in told
        for code, told in zip(codes, said, strict=True)
    )
    assert extracted_statements(landed.settings) == extracted_statements(alone)
    assert list(Path(landed.settings.lake, "chunks", "extracted").iterdir()) == []


def extracted_statements(settings):
    extracted = lake.find(settings.lake, "extracted", NIGHT)
    return pq.read_table(extracted.file("statements").path).to_pylist()

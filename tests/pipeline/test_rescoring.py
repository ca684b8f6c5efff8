"""The codebook is edited, history is judged again, and nothing is extracted again for it."""

import argparse
import csv
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from communique import journal, lake, night_lock
from communique.cli import running
from communique.errors import CheckFailedError, WrongCallError
from communique.report import Report
from communique.stages import audit, extract, judge, land, load, publish, transform
from house import COMMAND, FIRST_NIGHT, LAST_NIGHT, House

NEW = "tighten_sanctions"
NIGHT = date(2026, 3, 9)
ARTICLE = (
    '{{"url": "https://tribune.example/{name}", "source": "Tribune", "date": "2026-03-09", '
    '"title": "Minister speaks", "text": "“The {name} boat will go,” Foreign Minister Dana Roshal '
    'said on Monday."}}\n'
)


def add_proposition(project):
    file = project / "seeds" / "propositions.csv"
    with file.open(encoding="utf8", newline="") as handle:
        columns = csv.DictReader(handle).fieldnames
    row = {
        "proposition_id": NEW,
        "policy_issue_id": "ukraine_war",
        "policy_issue_name": "War in Ukraine",
        "cap_major_topic": "19",
        "proposition_text": "Sanctions against Russia should be tightened",
    }
    with file.open("a", encoding="utf8", newline="") as handle:
        csv.DictWriter(handle, columns, restval="", lineterminator="\n").writerow(row)


def test_a_new_proposition_needs_its_sentence_and_history_is_judged_by_it(copy, tmp_path):
    project = tmp_path / "dbt_project"
    shutil.copytree(copy.settings.dbt_project, project)
    add_proposition(project)
    house = House(replace(copy.settings, dbt_project=project))
    extracted = sorted(Path(house.settings.lake, "extracted").rglob("*.parquet"))
    before = [file.stat().st_mtime_ns for file in extracted]
    statements = house.ask("select statement_id from marts.fct_statements order by all")

    running.rescore(house.settings, argparse.Namespace(first=FIRST_NIGHT, last=LAST_NIGHT))

    found = house.ask(
        "select position from marts.fct_stances where proposition_id = $1 union "
        "select position from marts.doubtful_stances where proposition_id = $1",
        NEW,
    )
    assert ("support",) in found
    versions = house.ask(
        "select codebook_version from marts.fct_stances union "
        "select codebook_version from marts.dim_propositions union "
        "select codebook_version from marts.dim_extraction_runs"
    )
    assert len(versions) == 1
    assert [file.stat().st_mtime_ns for file in extracted] == before
    assert house.ask("select statement_id from marts.fct_statements order by all") == statements


def test_a_range_without_extracted_nights_is_a_wrong_call(copy):
    late = LAST_NIGHT + timedelta(days=99)

    run = copy.call("rescore", late, late)

    assert run.returncode == 2
    assert "communique run DATE" in run.stderr


def test_judging_again_waits_until_a_night_that_runs_has_ended(copy):
    command = [COMMAND, "rescore", str(FIRST_NIGHT), str(FIRST_NIGHT)]

    with night_lock.hold(copy.settings.lock_file):
        run = subprocess.Popen(command, env=copy.environment, stdout=subprocess.PIPE, text=True)
        while_it_runs = run.stdout.readline()
    after_it = run.stdout.readline()
    run.kill()
    run.communicate()

    assert "Another run is working in" in while_it_runs
    assert "waiting until it has ended" in while_it_runs
    assert f"Night of {FIRST_NIGHT}, 1 of 1" in after_it


def test_history_is_extracted_again_while_the_old_results_stay_published(copy, tmp_path):
    project = tmp_path / "dbt_project"
    shutil.copytree(copy.settings.dbt_project, project)
    with (project / "seeds" / "organisations.csv").open("a", encoding="utf8") as file:
        file.write("League of Small Harbours,international_organisation,,IGO,\n")
    later = House(replace(copy.settings, dbt_project=project))
    before = published_extractors(copy)
    release = copy.settings.published_file.readlink()

    # A first call that was cut off in the middle leaves readers what they had; the next goes on.
    extract.do(later.settings, FIRST_NIGHT)
    assert copy.settings.published_file.readlink() == release
    second = FIRST_NIGHT + timedelta(days=1)
    running.reextract(later.settings, argparse.Namespace(first=FIRST_NIGHT, last=second))

    after = published_extractors(copy)
    assert copy.settings.published_file.readlink() != release
    assert {night for night in before if before[night] != after[night]} == {FIRST_NIGHT, second}


def published_extractors(house):
    return dict(house.ask("select dump_date, model_hash from marts.dim_extraction_runs"))


def test_a_night_that_was_extracted_again_is_not_loaded_with_its_old_positions(copy):
    first = lake.find(copy.settings.lake, "judged", FIRST_NIGHT)
    with lake.partition(copy.settings.lake, "judged", LAST_NIGHT).replaced() as edition:
        shutil.copytree(first.folder.path, edition.folder.path, dirs_exist_ok=True)

    run = copy.call("load", LAST_NIGHT)

    assert run.returncode == 2
    assert f"communique judge {LAST_NIGHT}" in run.stderr


def test_a_night_that_was_landed_again_is_not_loaded_before_its_new_articles_are_read(
    house, deliver
):
    for name in ("a", "late"):
        deliver(NIGHT, f"{name}.jsonl", ARTICLE.format(name=name))
        land.do(house.settings, NIGHT)
        if name == "a":
            extract.do(house.settings, NIGHT)
            judge.do(house.settings, NIGHT)

    with pytest.raises(WrongCallError) as told:
        load.do(house.settings, NIGHT)

    assert str(told.value) == (
        f"{NIGHT} was landed again after it was extracted: run `communique extract {NIGHT}` and "
        f"`communique judge {NIGHT}` first."
    )
    extract.do(house.settings, NIGHT)
    judge.do(house.settings, NIGHT)
    assert load.do(house.settings, NIGHT).counts["statements"] == 2


@pytest.fixture
def loaded(monkeypatch):
    """Which nights are loaded, where nothing is loaded or built."""
    nights = []
    done = Report(stage="load", counts={}, seconds=0)
    monkeypatch.setattr(load, "do", lambda _, night: nights.append(night) or done)
    for stage in (transform, audit, publish):
        monkeypatch.setattr(stage, "do", lambda *_: done)
    return nights


@pytest.mark.parametrize("redo", [running.rescore, running.reextract])
def test_a_night_that_failed_its_checks_is_left_out_of_history_and_named(
    house, deliver, loaded, capsys, redo
):
    refused = NIGHT + timedelta(days=1)
    for night in (NIGHT, refused):
        deliver(night, "a.jsonl", ARTICLE.format(name=night))
    deliver(refused, "broken.jsonl", '{"text": ""}\n' * 3)
    for night in (NIGHT, refused):
        for stage in (land, extract, judge):
            stage.do(house.settings, night)

    redo(house.settings, argparse.Namespace(first=NIGHT, last=refused))

    assert loaded == [NIGHT]
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "left out" in line]
    assert f"{refused} is left out: " in line
    assert f"check(s) of {refused} failed" in line
    with pytest.raises(CheckFailedError, match=f"No night .* passes .*communique run {refused}"):
        redo(house.settings, argparse.Namespace(first=refused, last=refused))
    assert loaded == [NIGHT]


@pytest.mark.parametrize(
    ("stage", "is_healed"),
    [
        ("publish_warehouse", True),
        ("validate_positions", True),
        ("judge_positions", True),
        ("extract_statements", False),
        ("land_dumps", False),
    ],
)
def test_status_tells_no_failure_that_judging_again_has_healed(
    house, deliver, loaded, stage, is_healed
):
    deliver(NIGHT, "a.jsonl", ARTICLE.format(name="a"))
    for step in (land, extract, judge):
        step.do(house.settings, NIGHT)
    for night in (NIGHT, NIGHT + timedelta(days=1)):
        journal.note(house.settings, night, stage, "failed", "A lamp fell.")

    running.rescore(house.settings, argparse.Namespace(first=NIGHT, last=NIGHT))

    told = house.read("status").stdout
    assert (f"{NIGHT} failed in {stage}" not in told) == is_healed
    assert f"{NIGHT + timedelta(days=1)} failed in {stage}" in told
    assert loaded == [NIGHT]


def test_a_stance_whose_evidence_is_not_in_its_article_fails_the_night(copy):
    file = lake.find(copy.settings.lake, "judged", FIRST_NIGHT).file("stances").path
    table = pq.read_table(file)
    words = pc.binary_join_element_wise(table["evidence_text"], pa.scalar("never said"), " ")
    at = table.schema.get_field_index("evidence_text")
    pq.write_table(table.set_column(at, table.schema.field(at), words), file)

    run = copy.call("validate", FIRST_NIGHT, "judged")

    assert run.returncode == 3
    assert "The evidence of a stance is not in its article" in run.stderr

"""The marts as a DuckLake: the same rows, whole nights, earlier nights, and several writers."""

import json
import re
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from builds import build_again, invent_build
from communique import warehouse
from communique.cli import workbench
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings
from communique.warehouse import ducklake
from communique.warehouse.ducklake import DuckLake
from communique.warehouse.nights import publications
from ducklakes import attached, difference_of, whole_nights_while
from house import FIRST_NIGHT, LAST_NIGHT, SECRET, House

START = datetime(2026, 3, 2, 5, 0)
UNREACHABLE = "postgres:host=127.0.0.1 port=1 user=reader dbname=lake "


@pytest.fixture
def lake(tmp_path) -> DuckLake:
    """An empty DuckLake with its catalog in a file."""
    return DuckLake(catalog=str(tmp_path / "catalog.sqlite"), data=str(tmp_path / "data"))


@pytest.fixture
def publish(lake, tmp_path):
    """Publish an invented night."""

    def run(night: int, keep: int = 100):
        return replace(lake, grace=timedelta(0)).publish(
            invent_build(tmp_path, night), published_at=START + timedelta(days=night), keep=keep
        )

    return run


def rows_of(run):
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def a_statement(house: House) -> str:
    ((statement,),) = house.ask("select min(statement_id) from marts.fct_statements")
    return statement


def as_ducklake(house: House) -> House:
    return House(replace(house.settings, target="ducklake"))


def test_one_variable_makes_a_ducklake_of_what_was_a_file_and_all_answers_stay(copy, tmp_path):
    house = as_ducklake(copy)
    file, lake = (warehouse.published(one.settings) for one in (copy, house))
    asked = [["ask"], ["ask", "1", "--format", "csv"], ["show", a_statement(copy)]]
    answers = [copy.read(*words).stdout for words in asked]

    run = house.call("publish", LAST_NIGHT)

    assert run.returncode == 0, run.stderr
    assert f"content hash {warehouse.last_publication(file).marts_hash}" in run.stdout
    assert difference_of(file, lake) == []
    assert [house.read(*words).stdout for words in asked] == answers
    assert house.read("backfill", FIRST_NIGHT, LAST_NIGHT).stdout.startswith("7 of 7 night(s) are")
    assert f"Published: {lake.name} (" in house.read("status").stdout
    assert str(LAST_NIGHT) in house.read("status", "--known-as-of", LAST_NIGHT).stdout
    assert house.read("report", LAST_NIGHT, tmp_path / "report.html").returncode == 0
    assert "2026" in (tmp_path / "report.html").read_text("utf8")


def test_what_was_known_on_an_earlier_night_is_asked_of_its_snapshot(week, lake, tmp_path):
    releases = sorted(week.settings.releases.glob("*/warehouse.duckdb"))[::3]
    for number, release in enumerate(releases):
        then = warehouse.last_publication(release).published_at
        lake.publish(build_again(release, tmp_path / str(number)), published_at=then, keep=7)

    for release in releases:
        expected = warehouse.last_publication(release)
        night = expected.last_dump_date
        assert warehouse.last_publication(lake.known_as_of(night)).marts_hash == expected.marts_hash
        assert difference_of(release, lake.known_as_of(night)) == []
    assert lake.known_as_of(date(2026, 3, 7)) == lake.known_as_of(date(2026, 3, 5))
    with pytest.raises(WrongCallError, match="the oldest that is kept is of 2026-03-02"):
        lake.known_as_of(date(2026, 3, 1))


def test_releases_that_are_files_are_asked_for_an_earlier_night_just_so(week):
    then = rows_of(week.read("ask", 2, "--known-as-of", "2026-03-04", "--format", "json"))
    now = rows_of(week.read("ask", 2, "--format", "json"))

    assert {row["changed_on"] for row in then} < {row["changed_on"] for row in now}
    assert week.read("ask", 2, "--known-as-of", "2026-03-01").returncode == 2


def test_who_attaches_it_without_any_option_sees_only_whole_nights(lake, publish, tmp_path):
    publish(1)

    seen = whole_nights_while(lake, tmp_path / "stop", publish, range(2, 5))

    assert seen["torn"] == []
    assert len(seen["nights"]) > 1


def test_who_publishes_while_another_is_about_to_loses_no_place_in_the_order(
    lake, publish, tmp_path, monkeypatch
):
    publish(1)
    append_missing = ducklake.append_missing

    def publish_twice_meanwhile(*words):
        monkeypatch.setattr(ducklake, "append_missing", append_missing)
        for night in (2, 3):
            build = invent_build(tmp_path / "other", night)
            lake.publish(build, published_at=START + timedelta(days=8 + night), keep=100)
        append_missing(*words)

    (tmp_path / "other").mkdir()
    monkeypatch.setattr(ducklake, "append_missing", publish_twice_meanwhile)

    last = publish(4)

    assert last == warehouse.last_publication(lake)
    assert [one.statement_count for one in publications(lake)] == [100, 200, 300, 400]
    with lake.open() as marts:
        assert marts.execute("select distinct night from marts.fct_stances").fetchall() == [(4,)]


def test_files_that_another_who_tidies_removes_first_are_looked_for_again(lake, publish, tmp_path):
    publish(1)
    folder = tmp_path / "data" / "marts" / "fct_stances"
    coming_and_going = subprocess.Popen(
        ["sh", "-c", "for round in $(seq 80); do touch $(seq 100); rm $(seq 100); done"], cwd=folder
    )

    publish(2)

    assert coming_and_going.wait() == 0
    assert [one.statement_count for one in publications(lake)] == [100, 200]


def test_the_last_nights_are_kept_and_the_disk_does_not_fill(lake, publish, tmp_path):
    files = []
    for night in range(1, 6):
        publish(night, keep=2)
        files.append(sum(1 for file in (tmp_path / "data").rglob("*.parquet")))

    with attached(lake) as analyst:
        kept = analyst.execute(
            "select count(*) from lake.snapshots() where author = 'communique'"
        ).fetchone()
    assert kept == (2,)
    assert files[-1] <= files[2]


def test_what_did_not_change_is_neither_compared_row_by_row_nor_written(lake, publish, tmp_path):
    publish(1)
    before = set((tmp_path / "data").rglob("*.parquet"))

    publish(1)

    written = {file.parent.name for file in set((tmp_path / "data").rglob("*.parquet")) - before}
    assert not written & {"fct_statements", "fct_stances"}
    with attached(lake) as analyst:
        noted = analyst.execute(
            "select row_hash_sum from lake.main.contents where table_name = 'marts.fct_stances'"
        ).fetchone()
        found = analyst.execute(
            "select sum(hash(one)::hugeint)::varchar from lake.marts.fct_stances as one"
        ).fetchone()
    assert noted == found


@pytest.mark.parametrize(
    "words", [f"password={SECRET}", f"password='{SECRET}'"], ids=["plain", "quoted"]
)
def test_a_password_is_told_to_nobody_when_the_catalog_cannot_be_reached(copy, words):
    settings = replace(copy.settings, target="ducklake", ducklake_catalog=f"{UNREACHABLE}{words}")

    for run in (House(settings).call("publish", LAST_NIGHT), House(settings).call("ask", "1")):
        assert run.returncode == 1
        assert "DuckLake postgres:host=127.0.0.1 port=1" in run.stderr
        assert SECRET not in run.stdout + run.stderr
    assert SECRET not in repr(settings)


def test_a_password_in_an_address_is_told_to_nobody_and_no_cause_holds_it(tmp_path):
    lake = DuckLake(catalog=f"postgres:postgresql://me:{SECRET}@127.0.0.1:1/lake", data="data")

    with pytest.raises(CommuniqueError) as told:
        lake.exists()

    assert "me:***@127.0.0.1" in str(told.value)
    assert SECRET not in str(told.value) + repr(lake) + lake.name
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_a_target_that_nobody_knows_is_refused(copy):
    run = House(replace(copy.settings, target="oracle")).call("status")

    assert run.returncode == 2
    assert re.search(r"COMMUNIQUE_TARGET is 'oracle': give duckdb, ducklake or spark", run.stderr)


def test_a_ducklake_lies_under_the_home_unless_it_is_said_otherwise(tmp_path):
    here = Settings.from_environment(
        {"COMMUNIQUE_HOME": str(tmp_path), "COMMUNIQUE_TARGET": "ducklake"}
    )
    there = Settings.from_environment(
        {
            "COMMUNIQUE_TARGET": "ducklake",
            "COMMUNIQUE_DUCKLAKE_CATALOG": "postgres:dbname=lake",
            "COMMUNIQUE_DUCKLAKE_DATA": "s3://bucket/lake",
        }
    )

    assert warehouse.published(here).name == f"DuckLake {tmp_path}/ducklake/catalog.sqlite"
    assert warehouse.published(there).data == "s3://bucket/lake"


def test_nothing_that_is_measured_gets_into_a_ducklake(house, monkeypatch):
    measured = []

    def measure(settings, **_):
        measured.append(warehouse.published(settings))
        raise WrongCallError("enough")

    monkeypatch.setattr(workbench.linking, "measure_linking", measure)

    assert as_ducklake(house).read("bench", "--mentions", 10).returncode == 2
    assert measured == [warehouse.published(house.settings)]

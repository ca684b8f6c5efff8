"""The marts as a DuckLake: the same rows, whole nights, earlier nights, and several writers."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from builds import build_again, invent_build
from communique import warehouse
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings
from communique.warehouse.ducklake import DuckLake
from ducklakes import attached, commit_at_once, whole_nights_while
from house import LAST_NIGHT, SECRET, House

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


def as_ducklake(house: House) -> House:
    return House(replace(house.settings, target="ducklake"))


def rows_of(connection, table: str) -> list[tuple]:
    return connection.execute(f"from {table} order by all").fetchall()


def definitions_of(connection) -> list[tuple]:
    return connection.execute(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where schema_name in ('marts', 'ops') order by table_name, column_index"
    ).fetchall()


def test_one_variable_makes_a_ducklake_of_what_was_a_file_and_all_answers_stay(copy, tmp_path):
    asked = {
        words: copy.read(*words).stdout for words in [("ask",), ("ask", "1", "--format", "csv")]
    }
    house = as_ducklake(copy)

    run = house.call("publish", LAST_NIGHT)

    assert run.returncode == 0, run.stderr
    file = warehouse.published(copy.settings)
    ours = warehouse.published(house.settings)
    content = warehouse.last_publication(file).marts_hash
    assert f"content hash {content}" in run.stdout
    with file.open() as expected, ours.open() as found:
        assert definitions_of(found) == definitions_of(expected)
        tables = warehouse.row_counts(file, "marts")
        assert len(tables) > 25
        for table in tables:
            assert rows_of(found, f"marts.{table}") == rows_of(expected, f"marts.{table}"), table
    for words, answer in asked.items():
        assert house.read(*words).stdout == answer
    assert f"Published: {ours.name} (" in house.read("status").stdout
    assert "2026-03-08" in house.read("status", "--known-as-of", LAST_NIGHT).stdout
    assert house.read("backfill", "2026-03-02", "2026-03-08").stdout.startswith("7 of 7 night(s)")
    report = tmp_path / "report.html"
    assert house.read("report", "2026-03-06", report).returncode == 0
    assert content in report.read_text("utf8") or "2026-03-06" in report.read_text("utf8")


def test_an_export_from_a_ducklake_has_the_same_tables_as_one_from_the_file(copy, tmp_path):
    assert as_ducklake(copy).call("publish", LAST_NIGHT).returncode == 0

    for house, name in ((copy, "file"), (as_ducklake(copy), "lake")):
        run = house.read("export", tmp_path / name)
        assert run.returncode == 0, run.stderr

    packages = [
        json.loads((tmp_path / name / "datapackage.json").read_text("utf8"))["resources"]
        for name in ("file", "lake")
    ]
    assert [one["name"] for one in packages[0]] == [one["name"] for one in packages[1]]
    for csv in sorted((tmp_path / "file" / "csv").glob("*.csv")):
        theirs = (tmp_path / "lake" / "csv" / csv.name).read_text("utf8")
        assert sorted(theirs.splitlines()) == sorted(csv.read_text("utf8").splitlines()), csv.name


def test_each_night_says_later_what_its_release_said_and_costs_what_changed(week, lake, tmp_path):
    releases = sorted(week.settings.releases.glob("*/warehouse.duckdb"))
    chosen = [releases[0], releases[3], releases[6]]
    told, files = {}, []
    for number, release in enumerate(chosen):
        expected = warehouse.last_publication(release)
        build_file = build_again(release, tmp_path / str(number))
        publication = lake.publish(build_file, published_at=expected.published_at, keep=7)
        assert publication.marts_hash == expected.marts_hash
        told[expected.last_dump_date] = warehouse.query(release, "from ops.loads order by all")
        files.append(publication)

    assert list(told) == [date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 8)]
    for night, release in zip(told, chosen, strict=True):
        then = lake.known_as_of(night)
        with then.open() as found, warehouse.database.open_to_read(release) as expected:
            for table in warehouse.row_counts(release, "marts"):
                assert rows_of(found, f"marts.{table}") == rows_of(expected, f"marts.{table}"), (
                    table
                )
        assert warehouse.query(then, "from ops.loads order by all") == told[night]
    assert lake.known_as_of(date(2026, 3, 7)) == lake.known_as_of(date(2026, 3, 5))
    with pytest.raises(WrongCallError, match="the oldest that is kept is of 2026-03-02"):
        lake.known_as_of(date(2026, 3, 1))
    with attached(lake) as analyst:
        written = analyst.execute(
            "select count(*) from lake.table_insertions('marts', 'dim_outlets', 4, 1000)"
        )
        del written


def test_who_attaches_it_without_any_option_sees_only_whole_nights(lake, publish, tmp_path):
    publish(1)

    seen = whole_nights_while(lake, tmp_path / "stop", publish, range(2, 5))

    assert seen["torn"] == []
    assert len(seen["nights"]) > 1


def test_two_installations_and_an_analyst_write_at_once_and_nobody_loses_anything(
    lake, publish, tmp_path
):
    publish(1)

    seen = commit_at_once(lake, tmp_path, remarks=20)

    assert sorted(seen["announced"]) == [1, 2, 3, 4, 5]
    assert seen["nights"] == [[night] * 6 for night in seen["announced"]]
    assert seen["remarks"] == 20


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


def test_a_night_that_changes_little_writes_little(lake, publish, tmp_path):
    publish(1)
    before = set((tmp_path / "data").rglob("*.parquet"))

    publish(1)

    written = {file.parent.name for file in set((tmp_path / "data").rglob("*.parquet")) - before}
    assert not written & {"fct_statements", "fct_stances"}


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
    assert re.search(r"COMMUNIQUE_TARGET is 'oracle': give duckdb or ducklake", run.stderr)


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

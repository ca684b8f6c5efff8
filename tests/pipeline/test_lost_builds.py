"""A build that was lost and begun anew takes no night away from readers."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from builds import invent_build_of
from communique.errors import CommuniqueError
from communique.settings import Settings
from communique.stages import publish
from house import House

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)


@pytest.fixture
def house(tmp_path):
    """An installation whose build can be made of any nights."""
    return House(Settings(dumps=tmp_path / "dumps", home=tmp_path / "home"))


def build(house, first, last):
    nights = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    invent_build_of(house.settings.home, nights)
    house.settings.audited_file.touch()


def lose_build(house):
    for file in house.settings.home.glob("build.*"):
        file.unlink()


def nights_of(house):
    return house.ask("select min(dump_date), max(dump_date) from marts.dim_extraction_runs")


def test_a_night_alone_does_not_take_the_place_of_those_that_readers_have(house):
    build(house, FIRST, LAST)
    publish.do(house.settings, LAST)
    lose_build(house)
    build(house, LAST, LAST)

    with pytest.raises(CommuniqueError) as told:
        publish.do(house.settings, LAST)

    assert f"lacks 2 night(s) that readers have, the first of them {FIRST}" in str(told.value)
    assert "`communique rescore` loads all that the lake holds" in str(told.value)
    assert nights_of(house) == [(FIRST, LAST)]


def test_all_nights_are_published_from_a_build_that_was_made_anew(house):
    build(house, FIRST, LAST)
    publish.do(house.settings, LAST)
    lose_build(house)
    build(house, FIRST, LAST + timedelta(days=1))

    publish.do(house.settings, LAST)

    assert nights_of(house) == [(FIRST, LAST + timedelta(days=1))]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            None,
            "build.duckdb is missing: `communique rescore` makes it of all that the lake holds.",
        ),
        (b"no database" * 1000, "build.duckdb is no DuckDB file: move it away"),
    ],
    ids=["missing", "broken"],
)
def test_status_says_what_became_of_the_build_and_shows_the_nights_as_published(
    house, content, told
):
    build(house, FIRST, LAST)
    publish.do(house.settings, LAST)
    lose_build(house)
    if content:
        house.settings.build_file.write_bytes(content)

    shown = house.read("status").stdout

    first, *_, last = shown.splitlines()
    assert told in first
    assert first.endswith("These are the nights as last published.")
    assert last.startswith(f"Published: {house.settings.published_file} (")
    assert f"nights {FIRST} to {LAST}" in last
    assert "running" not in shown and "No night has run" not in shown


def test_status_says_that_a_night_is_running_while_another_process_writes(house):
    build(house, FIRST, LAST)
    publish.do(house.settings, LAST)
    writer = (
        "import sys, duckdb; connection = duckdb.connect(sys.argv[1]); "
        "print('writing', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", writer, house.settings.build_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "writing\n"
        shown = house.read("status").stdout
        process.stdin.close()

    assert shown.startswith("A night is running now; these are the nights as last published.")


def test_who_wants_to_publish_without_earlier_nights_removes_the_link(house):
    build(house, FIRST, LAST)
    publish.do(house.settings, LAST)
    lose_build(house)
    build(house, LAST, LAST)
    house.settings.published_file.unlink()

    publish.do(house.settings, LAST)

    assert nights_of(house) == [(LAST, LAST)]

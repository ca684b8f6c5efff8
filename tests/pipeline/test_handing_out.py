"""Each release goes to another place as well, where one is named; failing there harms none here."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from builds import invent_build_of
from communique import journal, nights
from communique.errors import CommuniqueError
from communique.settings import Settings
from communique.stages import publish
from house import LAST_NIGHT, House


def test_releases_are_handed_out_to_another_folder_and_the_newest_is_named(copy, tmp_path):
    there = tmp_path / "handed" / "out"
    house = House(replace(copy.settings, publish_to=str(there), keep_releases=2))

    for _ in range(3):
        run = house.read("publish", LAST_NIGHT)
        assert run.returncode == 0, run.stderr

    newest = there / (there / "newest").read_text()
    assert f"{newest}, to which {there}/newest points" in run.stdout
    with duckdb.connect(newest, read_only=True) as connection:
        found = connection.execute("select count(*) from marts.fct_statements").fetchall()
    assert found == house.ask("select count(*) from marts.fct_statements")
    here = sorted(folder.name for folder in house.settings.releases.iterdir())
    assert sorted(folder.name for folder in (there / "releases").iterdir()) == here
    assert len(here) == 2


def test_a_backfill_hands_out_what_an_earlier_run_could_not(tmp_path, monkeypatch):
    there = tmp_path / "there"
    house = House(Settings(dumps=tmp_path, home=tmp_path / "home", publish_to=str(there)))
    house.settings.dump_folder(LAST_NIGHT).mkdir()
    invent_build_of(house.settings.home, [LAST_NIGHT])
    house.settings.audited_file.touch()
    there.touch()
    with (
        pytest.raises(CommuniqueError, match="tries again"),
        journal.keep(house.settings, LAST_NIGHT, journal.LAST_STAGE),
    ):
        publish.do(house.settings, LAST_NIGHT)
    monkeypatch.setattr(nights, "is_done", lambda *_: True)

    refused = house.read("backfill", LAST_NIGHT, LAST_NIGHT)
    there.unlink()
    run = house.read("backfill", LAST_NIGHT, LAST_NIGHT)
    again = house.read("backfill", LAST_NIGHT, LAST_NIGHT)

    assert refused.returncode == 1
    assert f"published here, as {house.settings.published_file}, but not in {there}" in (
        refused.stderr
    )
    newest = there / (there / "newest").read_text()
    assert newest.read_bytes() == house.settings.published_file.read_bytes()
    assert f"{newest}, to which {there}/newest points" in run.stdout
    assert again.stdout == "1 of 1 night(s) are done and kept (--again does them again).\n"
    assert journal.unfinished(house.settings) == []


def test_what_cannot_be_handed_out_is_published_here_and_told(copy, tmp_path):
    (tmp_path / "file").touch()
    there = tmp_path / "file" / "folder"
    house = House(replace(copy.settings, publish_to=str(there)))
    before = house.settings.published_file.readlink()

    run = house.read("publish", LAST_NIGHT)

    assert run.returncode == 1
    assert f"published here, as {house.settings.published_file}, but not in {there}" in run.stderr
    assert "tries again" in run.stderr
    assert house.settings.published_file.readlink() != before
    assert Path(tmp_path, "file").read_bytes() == b""

"""A backfill does what is not done yet, and goes on where it was cut off."""

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest

from communique import lake, nights
from communique.stages import land
from house import COMMAND, FIRST_NIGHT, LAST_NIGHT, SAMPLES, House

LATE = (
    '{{"url": "https://tribune.example/late-{0}", "source": "Tribune", "date": "{0}", '
    '"title": "Late", "text": "“We came late,” Finance Minister Ada Blix said on Monday."}}\n'
)


@pytest.fixture
def delivered(copy, tmp_path):
    """The published week with a dump folder of its own, which can be delivered to."""
    dumps = tmp_path / "dumps"
    shutil.copytree(SAMPLES, dumps)
    return House(replace(copy.settings, dumps=dumps))


def is_done(house, night=LAST_NIGHT):
    return nights.is_done(house.settings, night, nights.published_runs(house.settings))


def test_a_week_that_is_published_is_not_run_again(delivered):
    release = delivered.settings.published_file.readlink()

    run = delivered.call("backfill", FIRST_NIGHT, LAST_NIGHT)

    assert run.returncode == 0, run.stderr
    assert run.stdout == "7 of 7 night(s) are done and kept (--again does them again).\n"
    assert delivered.settings.published_file.readlink() == release


def test_a_night_is_not_done_when_a_file_came_late(delivered):
    assert is_done(delivered)

    (delivered.settings.dump_folder(LAST_NIGHT) / "late.jsonl").write_text(LATE.format(LAST_NIGHT))

    assert not is_done(delivered)
    assert is_done(delivered, FIRST_NIGHT)


def test_a_night_is_not_done_when_a_file_was_taken_back(delivered):
    next(delivered.settings.dump_folder(LAST_NIGHT).rglob("*.jsonl")).unlink()

    assert not is_done(delivered)


def test_a_night_is_not_done_when_it_was_cut_off_after_any_step(delivered):
    (delivered.settings.dump_folder(LAST_NIGHT) / "late.jsonl").write_text(LATE.format(LAST_NIGHT))
    land.do(delivered.settings, LAST_NIGHT)
    assert not is_done(delivered)

    for step in ("judged", "extracted", "landed"):
        lake.partition(delivered.settings.lake, step, FIRST_NIGHT).drop()
        assert not is_done(delivered, FIRST_NIGHT)


def test_a_backfill_that_was_killed_between_two_nights_goes_on_with_the_second(delivered):
    last_two = LAST_NIGHT - timedelta(days=1), LAST_NIGHT
    for night in last_two:
        (delivered.settings.dump_folder(night) / "late.jsonl").write_text(LATE.format(night))
    first = subprocess.Popen(
        [COMMAND, "backfill", *map(str, last_two)],
        env=delivered.environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in first.stdout:
        if line.strip().startswith("publish "):
            break
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    first.stdout.close()

    run = delivered.call("backfill", *last_two)

    assert run.returncode == 0, run.stderr
    assert "1 of 2 night(s) are done and kept" in run.stdout
    assert f"Night of {LAST_NIGHT}" in run.stdout
    late = "select count(*) from marts.dim_articles where title = 'Late'"
    assert delivered.ask(late) == [(2,)]

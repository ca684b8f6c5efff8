"""What a person sees when something is wrong: one clear line, the right exit code, no harm done."""

import resource
import shutil
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from communique import lake, night_lock
from house import SECRET, House

NIGHT = date(2026, 3, 9)
ARTICLE = (
    '{"url": "https://tribune.example/1", "source": "Tribune", "title": "Minister speaks", '
    '"date": "2026-03-09", "text": "“We will not go,” Foreign Minister Dana Roshal said."}\n'
)


@pytest.fixture
def published(week, tmp_path):
    """The published week in a home of its own, with an empty dump folder for the next night."""
    home = tmp_path / "published"
    shutil.copytree(week.settings.home, home, symlinks=True)
    dumps = tmp_path / "next"
    dumps.mkdir()
    return House(replace(week.settings, home=home, dumps=dumps))


def state(house):
    """What readers have: which release the link names, and its bytes."""
    file = house.settings.published_file
    return file.readlink(), file.read_bytes()


def the_line(run):
    """The one line that a failed command prints about itself."""
    (line,) = [text for text in run.stderr.splitlines() if text.startswith("communique: ")]
    assert "Traceback" not in run.stderr
    return line


@pytest.mark.parametrize("words", [["run", "2026-02-30"], ["run", "yesterday"], ["land", ""]])
def test_a_date_that_is_no_date_is_a_wrong_call(house, words):
    run = house.call(*words)

    assert run.returncode == 2
    assert "is no date: write one such as 2026-03-02" in the_line(run)


def test_a_missing_dump_folder_is_named(house):
    run = house.call("run", NIGHT)

    assert run.returncode == 2
    assert f"There is no dump folder {house.settings.dump_folder(NIGHT)}" in the_line(run)


def test_a_backfill_without_any_dump_says_so(house):
    run = house.call("backfill", "2026-03-09", "2026-03-12")

    assert run.returncode == 2
    assert "There is no dump folder" in the_line(run)


def test_a_backfill_from_late_to_early_is_a_wrong_call(house):
    run = house.call("backfill", "2026-03-12", "2026-03-09")

    assert run.returncode == 2
    assert "give the oldest date first" in the_line(run)


def test_a_home_that_is_a_file_is_a_wrong_call(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE)
    house.settings.home.write_text("not a folder")

    run = house.call("run", NIGHT)

    assert run.returncode == 2
    assert "point COMMUNIQUE_HOME at one" in the_line(run)


def test_a_stage_before_its_turn_says_what_to_run_first(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE)

    for verb in ("extract", "validate", "load", "transform", "audit", "publish"):
        run = house.call(verb, NIGHT)
        assert run.returncode == 2, verb
        assert f"run `communique {'land' if verb == 'extract' else 'run'} {NIGHT}`" in the_line(run)


def test_nothing_to_ask_before_the_first_night(house):
    assert "Nothing is published" in the_line(house.call("ask"))
    assert "No night has run" in house.call("status").stdout


def test_an_empty_night_publishes_nothing_and_yesterday_stays(published):
    published.settings.dump_folder(NIGHT).mkdir()
    before = state(published)

    run = published.call("run", NIGHT)

    assert run.returncode == 3
    assert f"of {NIGHT} failed and nothing was published" in the_line(run)
    assert "check that the dump was delivered into the folder of its date" in run.stderr
    assert state(published) == before


def test_a_night_of_refused_records_publishes_nothing_and_status_shows_it(published):
    folder = published.settings.dump_folder(NIGHT)
    folder.mkdir()
    (folder / "broken.jsonl").write_text('{"text": ""}\n{"text": null}\n')
    before = state(published)

    run = published.call("run", NIGHT)

    assert run.returncode == 3
    assert state(published) == before
    row, message = [
        line.split() for line in published.call("status").stdout.splitlines() if str(NIGHT) in line
    ]
    assert message[:4] == [str(NIGHT), "failed", "in", "validate_articles"]
    assert row[:6] == [str(NIGHT), "2", "0", "2", "0", "3"]


def test_a_file_that_is_no_news_at_all_is_refused_and_the_rest_of_the_night_goes_on(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE)
    deliver(NIGHT, "b.bin", bytes(range(256)) * 20)

    run = house.call("land", NIGHT)

    assert run.returncode == 0
    assert "2 records read, 1 loaded, 1 rejected" in run.stdout


def test_a_second_run_while_one_is_running_waits_for_nobody_and_harms_nothing(published):
    folder = published.settings.dump_folder(NIGHT)
    folder.mkdir()
    (folder / "a.jsonl").write_text(ARTICLE)
    before = state(published)

    with night_lock.hold(published.settings.lock_file):
        run = published.call("run", NIGHT)

    assert run.returncode == 1
    assert "Another run is working in" in the_line(run)
    assert state(published) == before


def test_a_full_disk_is_one_clear_line_and_leaves_no_half_night(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE.replace("We will", "We will " * 50_000))

    def allow_only_small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    run = house.call("land", NIGHT, preexec_fn=allow_only_small_files)

    assert run.returncode == 1
    assert "The disk is full" in the_line(run)
    assert not [file for file in Path(house.settings.lake, "landed").rglob("*") if file.is_file()]


@pytest.mark.parametrize("address", ["gs://bucket/lake", "s3://", f"s3://key:{SECRET}@bucket"])
def test_a_lake_at_an_address_that_is_none_is_a_wrong_call(house, address):
    run = House(replace(house.settings, lake_at=address)).read("land", NIGHT)

    assert run.returncode == 2
    assert "COMMUNIQUE_LAKE must be a folder or start with s3://bucket" in the_line(run)
    assert SECRET not in run.stderr


@pytest.mark.skipif(find_spec("s3fs") is not None, reason="s3fs is installed")
def test_a_lake_in_object_storage_says_what_to_install(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE)

    run = House(replace(house.settings, lake_at="s3://bucket/lake")).read("land", NIGHT)

    assert run.returncode == 2
    assert "`make distributed` sets up an environment that has it" in the_line(run)


def test_a_lake_of_its_own_is_a_folder_where_none_is_in_the_home(house, deliver, tmp_path):
    deliver(NIGHT, "a.jsonl", ARTICLE)
    elsewhere = tmp_path / "another disk"

    run = House(replace(house.settings, lake_at=str(elsewhere))).read("land", NIGHT)

    assert run.returncode == 0, run.stderr
    assert lake.dump_dates(str(elsewhere), "landed") == [NIGHT]
    assert not (house.settings.home / "lake").exists()

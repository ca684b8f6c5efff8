"""Nights that go wrong from outside: deliveries, clocks, disks; and how people hear of it."""

import os
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from house import COMMAND, FIRST_NIGHT, LAST_NIGHT, SAMPLES, SECRET, House, files_that_tell

NIGHT = date(2026, 3, 9)
ARTICLE = (
    '{"url": "https://tribune.example/1", "source": "Tribune", "title": "Minister speaks", '
    '"date": "2026-03-09", "text": "“We will not go,” Foreign Minister Dana Roshal said."}\n'
)
STANCE = ARTICLE.replace("We will not go", "We must lift the sanctions against Russia")


@pytest.fixture
def next_night(copy, tmp_path):
    """The published week, with one article delivered for the night after it."""
    dumps = tmp_path / "next"
    house = House(replace(copy.settings, dumps=dumps))
    folder = house.settings.dump_folder(NIGHT)
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text(ARTICLE)
    return house


def call(house, *words, **environment):
    return subprocess.run(
        [COMMAND, *map(str, words)],
        env={**house.environment, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_that_is_delivered_twice_counts_once(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE)
    deliver(NIGHT, "again/a.jsonl", ARTICLE)

    run = house.call("land", NIGHT)

    assert "2 files, 2 records read, 1 loaded, 0 rejected, 1 duplicate" in run.stdout


def test_the_dump_of_another_night_adds_nothing_and_is_told(copy, tmp_path):
    dumps = tmp_path / "dumps"
    shutil.copytree(SAMPLES / str(FIRST_NIGHT), dumps / str(NIGHT + timedelta(days=30)))
    content = "select article_id, content_hash, is_current from marts.dim_article_versions "
    content += "order by all"
    before = copy.ask(content)

    run = House(replace(copy.settings, dumps=dumps)).call("run", NIGHT + timedelta(days=30))

    assert run.returncode == 0, run.stderr
    assert f"articles were delivered before, most of them for {FIRST_NIGHT}" in run.stdout
    assert "is the dump in the folder of another date?" in run.stdout
    assert copy.ask(content) == before


def test_a_disk_that_is_full_for_duckdb_leaves_yesterday_and_the_night_is_run_again(next_night):
    release = next_night.settings.published_file.readlink()
    limit = next_night.settings.build_file.stat().st_size // 4

    def allow_a_quarter_of_it():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    run = next_night.call("run", NIGHT, preexec_fn=allow_a_quarter_of_it)

    assert run.returncode == 1
    assert "The disk is full" in run.stderr
    assert "Traceback" not in run.stderr
    assert next_night.settings.published_file.readlink() == release
    assert f"{NIGHT} failed in" in next_night.call("status").stdout
    assert next_night.call("run", NIGHT).returncode == 0
    assert next_night.ask("select max(last_dump_date) from ops.publications") == [(NIGHT,)]
    assert "failed in" not in next_night.call("status").stdout


def test_a_clock_that_went_back_takes_no_new_release_away(copy):
    """The releases that are there say that the last runs were in another year."""
    folders = sorted(copy.settings.releases.iterdir())
    for folder in folders:
        folder.rename(folder.with_name(f"2099{folder.name[4:]}"))
    link = copy.settings.published_file
    newest = f"2099{folders[-1].name[4:]}"
    link.unlink()
    link.symlink_to(f"releases/{newest}/{link.name}")
    for file in (link, copy.settings.build_file):
        with duckdb.connect(file) as connection:
            connection.execute(
                "update ops.publications set published_at = published_at + interval 73 year"
            )

    assert copy.call("publish", LAST_NIGHT).returncode == 0

    assert copy.settings.published_file.resolve().exists()
    assert copy.settings.published_file.resolve().parent.name > newest
    ((newest_first, count),) = copy.ask(
        "select max_by(publication_id, published_at), count(*) from ops.publications"
    )
    assert newest_first in str(copy.settings.published_file.resolve())
    assert count == 8


def test_a_missing_delivery_reaches_people(house, listener):
    run = call(house, "run", NIGHT, COMMUNIQUE_ALERT_URL=listener.address)

    assert run.returncode == 2
    (message,) = listener.messages
    assert message.keys() == {"night", "stage", "message"}
    assert (message["night"], message["stage"]) == (str(NIGHT), "land_dumps")
    assert f"There is no dump folder {house.settings.dump_folder(NIGHT)}" in message["message"]
    shown = house.call("status").stdout
    assert f"{NIGHT} failed in land_dumps" in shown
    assert "There is no dump folder" in shown


def test_an_alert_that_cannot_be_delivered_changes_nothing_and_tells_no_secret(house, listener):
    address = listener.address
    listener.shutdown()
    listener.server_close()

    run = call(house, "run", NIGHT, COMMUNIQUE_ALERT_URL=address)

    assert run.returncode == 2
    assert "was not taken at COMMUNIQUE_ALERT_URL" in run.stderr
    assert SECRET not in run.stdout + run.stderr
    assert (house.settings.journal / f"{NIGHT}.json").exists()
    assert files_that_tell(SECRET, house.settings.home) == []


def test_the_key_of_a_language_model_that_fails_is_told_nowhere(house, deliver, listener):
    deliver(NIGHT, "a.jsonl", STANCE)
    model = {
        "COMMUNIQUE_LLM_URL": listener.address.partition("?")[0],
        "COMMUNIQUE_LLM_MODEL": "some-model",
        "COMMUNIQUE_LLM_KEY": SECRET,
    }

    runs = [call(house, verb, NIGHT, **model) for verb in ("land", "extract", "judge", "load")]

    assert [run.returncode for run in runs] == [0] * 4
    assert listener.messages[0]["model"] == "some-model"
    assert "the last failure was: the reply is no chat completion" in runs[2].stdout
    assert all(SECRET not in run.stdout + run.stderr for run in runs)
    assert files_that_tell(SECRET, house.settings.home) == []


def test_an_alert_address_that_is_none_is_a_wrong_call(house):
    run = call(house, "status", COMMUNIQUE_ALERT_URL="file:///etc/passwd")

    assert run.returncode == 2
    assert "COMMUNIQUE_ALERT_URL must start with http:// or https://" in run.stderr


def test_status_shows_a_night_that_was_cut_off_and_how_to_finish_it(house, deliver):
    deliver(NIGHT, "a.jsonl", ARTICLE * 20_000)
    run = subprocess.Popen(
        [COMMAND, "run", str(NIGHT)],
        env=house.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    note = house.settings.journal / f"{NIGHT}.json"
    deadline = time.monotonic() + 60
    while not note.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert f"{NIGHT} is running land_dumps since" in house.call("status").stdout

    os.killpg(run.pid, signal.SIGKILL)
    run.wait()

    shown = house.call("status").stdout
    assert f"{NIGHT} was cut off in land_dumps" in shown
    assert f"`communique run {NIGHT}` finishes it" in shown

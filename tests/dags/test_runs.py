"""The same nights by three ways: the command line, the DAG in process, the real scheduler."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from communique.bench import scheduler
from communique.settings import CHECKOUT
from communique.stages import land
from house import SAMPLES, SECRET, House, files_that_tell

AIRFLOW = Path(sys.executable).with_name("airflow")
FIRST_NIGHT, SECOND_NIGHT = date(2026, 3, 2), date(2026, 3, 3)


def published_hashes(house):
    return house.ask("select last_dump_date, marts_hash from ops.publications order by 1")


def test_the_dag_run_in_process_publishes_what_the_command_line_publishes(
    week, house, airflow_environment, airflow_home
):
    house = House(replace(house.settings, dumps=SAMPLES))
    environment = {**airflow_environment, **house.environment}
    environment |= {"COMMUNIQUE_LLM_KEY": SECRET, "COMMUNIQUE_ALERT_URL": f"http://{SECRET}"}
    subprocess.run([AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True)

    run = subprocess.run(
        [sys.executable, "dags/news_nightly.py", str(FIRST_NIGHT), str(SECOND_NIGHT)],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert published_hashes(house) == published_hashes(week)[:2]
    assert SECRET not in run.stdout + run.stderr
    assert files_that_tell(SECRET, house.settings.home, airflow_home) == []


def test_a_night_without_a_dump_fails_the_run_and_tells_people_which_folder_is_missing(
    house, airflow_environment, airflow_home, listener
):
    environment = {**airflow_environment, **house.environment}
    environment["COMMUNIQUE_ALERT_URL"] = listener.address
    subprocess.run([AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True)

    run = subprocess.run(
        [sys.executable, "dags/news_nightly.py", "2026-04-01", "2026-04-01"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    missing = f"There is no dump folder {house.settings.dump_folder(date(2026, 4, 1))}"
    assert f"Night of 2026-04-01 failed in land_dumps: {missing}" in run.stdout
    assert [(told["night"], told["stage"]) for told in listener.messages] == [
        ("2026-04-01", "land_dumps")
    ]
    assert missing in listener.messages[0]["message"]
    assert SECRET not in run.stdout + run.stderr
    assert files_that_tell(SECRET, house.settings.home, airflow_home) == []
    assert "2026-04-01 failed in land_dumps" in house.call("status").stdout
    assert not house.settings.published_file.exists()


@pytest.fixture
def two_nights(house):
    """Nights of the sample, and in one an article so often that processes share its landing."""
    for night in (FIRST_NIGHT, SECOND_NIGHT):
        shutil.copytree(SAMPLES / str(night), house.settings.dump_folder(night))
    folder = house.settings.dump_folder(FIRST_NIGHT)
    with (folder / "agency-and-partners.jsonl").open(encoding="utf8") as file:
        article = file.readline()
    again = article * (land.WORTH_WORKERS // len(article) + 1)
    (folder / "sent-again.jsonl").write_text(again, encoding="utf8")
    return House(replace(house.settings, workers=2))


def test_the_real_scheduler_backfills_what_the_command_line_publishes(week, two_nights):
    runs = scheduler.backfill(two_nights.settings, FIRST_NIGHT, SECOND_NIGHT)

    for run in runs.values():
        assert set(run.states.values()) == {"success"}, run.states
    assert published_hashes(two_nights) == published_hashes(week)[:2]
    again = "select records_duplicate from ops.loads where dump_file = 'sent-again.jsonl'"
    ((duplicates,),) = two_nights.ask(again)
    assert duplicates > 1000

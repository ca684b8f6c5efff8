"""The same nights by three ways: the command line, the DAG in process, the real scheduler."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from communique.settings import CHECKOUT

AIRFLOW = Path(sys.executable).with_name("airflow")
FIRST_NIGHT = date(2026, 3, 2)
DAG = "/api/v2/dags/news_nightly"
STALLED, LONGEST = 300, 1800
"""Seconds without a sign of life, and in all, after which Airflow counts as hung."""


def published_hashes(house):
    return house.ask("select last_dump_date, marts_hash from ops.publications order by 1")


def test_the_dag_run_in_process_publishes_what_the_command_line_publishes(
    week, house, airflow_environment
):
    second_night = FIRST_NIGHT + timedelta(days=1)
    environment = {**airflow_environment, "COMMUNIQUE_HOME": str(house.settings.home)}
    environment.pop("COMMUNIQUE_DUMPS", None)
    subprocess.run([AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True)

    run = subprocess.run(
        [sys.executable, "dags/news_nightly.py", str(FIRST_NIGHT), str(second_night)],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert published_hashes(house) == published_hashes(week)[:2]


def test_a_night_without_a_dump_fails_the_run_and_tells_people_which_folder_is_missing(
    house, airflow_environment, listener
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
    assert "a-secret" not in run.stdout + run.stderr
    assert "2026-04-01 failed in land_dumps" in house.call("status").stdout
    assert not house.settings.published_file.exists()


class Airflow:
    """The REST API of a running Airflow, as its admin sees it, and its command line."""

    def __init__(self, port, home, environment, process, log):
        self._base = f"http://127.0.0.1:{port}"
        self._home = home.parent
        self._passwords = home / "simple_auth_manager_passwords.json.generated"
        self._environment = environment
        self._process = process
        self._log = log
        self._token = None

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def wait_until_healthy(self):
        def is_healthy():
            try:
                health = self.call("GET", "/api/v2/monitor/health")
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                return False
            parts = ("metadatabase", "scheduler", "dag_processor")
            return all(health[part]["status"] == "healthy" for part in parts)

        self._wait_for(is_healthy)
        login = {"username": "admin", "password": json.loads(self._passwords.read_text())["admin"]}
        self._token = self.call("POST", "/auth/token", login)["access_token"]

    def backfill(self, first, last):
        """Run a range of nights by Airflow's own command; gives the states of the tasks of each."""
        self._wait_for(self._knows_the_dag)
        self.call("PATCH", DAG, {"is_paused": False})
        create = "backfill create --dag-id news_nightly --max-active-runs 1"
        dates = ["--from-date", str(first), "--to-date", str(last + timedelta(days=1))]
        run = subprocess.run(
            [AIRFLOW, *create.split(), *dates],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        count = (last - first).days + 1

        def runs():
            found = self.call("GET", f"{DAG}/dagRuns?run_type=backfill")["dag_runs"]
            return {run["logical_date"][:10]: run for run in found}

        def have_all_ended():
            states = [run["state"] for run in runs().values()]
            return len(states) == count and set(states) <= {"success", "failed"}

        self._wait_for(have_all_ended)
        return {
            night: {
                (task["task_id"], task["map_index"]): task["state"]
                for task in self.call("GET", f"{DAG}/dagRuns/{run['dag_run_id']}/taskInstances")[
                    "task_instances"
                ]
            }
            for night, run in runs().items()
        }

    def _knows_the_dag(self):
        try:
            return bool(self.call("GET", DAG))
        except urllib.error.HTTPError:
            return False

    def _wait_for(self, condition):
        """Wait while Airflow lives and gets on, however slow the machine is at the moment."""
        started = since = time.monotonic()
        seen = None
        while not condition():
            assert self._process.poll() is None, "Airflow has ended"
            now = self._log.stat().st_size, newest_change(self._home)
            if now != seen:
                seen, since = now, time.monotonic()
            assert time.monotonic() - since < STALLED, f"nothing happened for {STALLED} seconds"
            assert time.monotonic() - started < LONGEST, f"it took more than {LONGEST} seconds"
            time.sleep(1)


def newest_change(home):
    """When a night wrote anything last; Airflow's own heartbeat is no sign of life."""
    changes = []
    for path in home.rglob("*"):
        if path.name != "airflow.db" and not path.name.startswith("airflow.db-"):
            with suppress(OSError):
                changes.append(path.lstat().st_mtime_ns)
    return max(changes, default=0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def make_airflow(environment, log):
    """Start Airflow by the make target that people use; stop it with everything it started."""
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "airflow"],
            cwd=CHECKOUT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def scheduler(house, tmp_path):
    port = free_port()
    home = house.settings.home / "airflow"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "COMMUNIQUE"))
    }
    environment |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
        "COMMUNIQUE_HOME": str(house.settings.home),
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }
    log = tmp_path / "airflow.log"
    with make_airflow(environment, log) as process:
        airflow = Airflow(port, home, environment, process, log)
        try:
            airflow.wait_until_healthy()
            yield airflow
        except AssertionError:
            print(log.read_text()[-5000:])
            raise


def test_the_real_scheduler_backfills_what_the_command_line_publishes(week, house, scheduler):
    second_night = FIRST_NIGHT + timedelta(days=1)

    states = scheduler.backfill(FIRST_NIGHT, second_night)

    assert [set(of_night.values()) for of_night in states.values()] == [{"success"}] * 2, states
    assert published_hashes(house) == published_hashes(week)[:2]

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
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from communique.settings import CHECKOUT

AIRFLOW = Path(sys.executable).with_name("airflow")
FIRST_NIGHT = date(2026, 3, 2)
START_WITHIN, RUN_WITHIN = 240, 420
"""Seconds after which a start or a run of Airflow counts as hung."""


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


def test_a_night_without_a_dump_fails_the_run_and_says_which_folder_is_missing(
    house, airflow_environment
):
    environment = {**airflow_environment, **house.environment}
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
    assert f"There is no dump folder {house.settings.dump_folder(date(2026, 4, 1))}" in (
        run.stdout + run.stderr
    )
    assert not house.settings.published_file.exists()


class Airflow:
    """The REST API of a running Airflow, as its admin sees it."""

    def __init__(self, port, home):
        self._base = f"http://127.0.0.1:{port}"
        self._passwords = home / "simple_auth_manager_passwords.json.generated"
        self._token = None

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def wait_until_healthy(self):
        def is_healthy():
            try:
                health = self.call("GET", "/api/v2/monitor/health")
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                return False
            parts = ("metadatabase", "scheduler", "dag_processor")
            return all(health[part]["status"] == "healthy" for part in parts)

        wait_for(is_healthy, START_WITHIN)
        login = {"username": "admin", "password": json.loads(self._passwords.read_text())["admin"]}
        self._token = self.call("POST", "/auth/token", login)["access_token"]

    def run_night(self, dump_date):
        dag = "/api/v2/dags/news_nightly"
        wait_for(lambda: self._is_known(dag), START_WITHIN)
        self.call("PATCH", dag, {"is_paused": False})
        conf = {"logical_date": None, "conf": {"dump_date": str(dump_date)}}
        run = f"{dag}/dagRuns/{self.call('POST', f'{dag}/dagRuns', conf)['dag_run_id']}"
        wait_for(lambda: self.call("GET", run)["state"] in ("success", "failed"), RUN_WITHIN)
        tasks = self.call("GET", f"{run}/taskInstances")["task_instances"]
        return {task["task_id"]: task["state"] for task in tasks}

    def _is_known(self, dag):
        try:
            return bool(self.call("GET", dag))
        except urllib.error.HTTPError:
            return False


def wait_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {seconds} seconds"
        time.sleep(1)


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
            yield
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
        "COMMUNIQUE_HOME": str(house.settings.home),
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }
    log = tmp_path / "airflow.log"
    with make_airflow(environment, log):
        airflow = Airflow(port, home)
        try:
            airflow.wait_until_healthy()
            yield airflow
        except AssertionError:
            print(log.read_text()[-5000:])
            raise


def test_the_real_scheduler_publishes_what_the_command_line_publishes(week, house, scheduler):
    states = scheduler.run_night(FIRST_NIGHT)

    assert set(states.values()) == {"success"}, states
    assert published_hashes(house) == published_hashes(week)[:1]

"""Airflow as people start it, by `make airflow`, and nights that its scheduler runs."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from communique.errors import CommuniqueError
from communique.settings import CHECKOUT, Settings

LOG = "output.log"
_DAG = "/api/v2/dags/news_nightly"
_STALLED = 300
"""Seconds without a sign of life, after which Airflow counts as hung."""
_SECONDS_TO_STOP = 60
_PARTS = ("metadatabase", "scheduler", "dag_processor")


@dataclass(frozen=True)
class Run:
    """A night that has ended: wall seconds of the DAG run, and the state of each task.

    A task is its id with its place among the mapped ones, or -1. `spans` say when it began and
    ended, in seconds from the start of the run; a task that never began has none.
    """

    seconds: float
    states: Mapping[tuple[str, int], str]
    spans: Mapping[tuple[str, int], tuple[float, float]]


def backfill(settings: Settings, first: date, last: date) -> dict[date, Run]:
    """Run a range of nights by Airflow's own backfill, in an Airflow with a home below theirs.

    Raises CommuniqueError when Airflow ends by itself or hangs.
    """
    home = settings.home / "airflow"
    home.mkdir(parents=True)
    port = free_port()
    environment = environment_of(settings) | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db?timeout=60",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }
    # Before the scheduler is there: making a backfill reads and then writes in one transaction,
    # which SQLite refuses, without waiting, where another process has written in between.
    for words in ("db migrate", "dags reserialize"):
        _call_airflow(environment, words.split())
    create_backfill(environment, first, last)
    with _started(home, environment) as processes:
        airflow = Airflow(processes, home, environment, f"http://127.0.0.1:{port}")
        airflow.wait_until_healthy()
        return airflow.finish_backfill((last - first).days + 1)


def create_backfill(environment: Mapping[str, str], first: date, last: date) -> None:
    """Have Airflow's command line queue a run for each night; its DAG stays paused."""
    words = "backfill create --dag-id news_nightly --max-active-runs 1".split()
    dates = ["--from-date", str(first), "--to-date", str(last + timedelta(days=1))]
    _call_airflow(environment, [*words, *dates])


def _call_airflow(environment: Mapping[str, str], words: Sequence[str]) -> None:
    called = subprocess.run(
        [str(Path(sys.executable).with_name("airflow")), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if called.returncode:
        raise CommuniqueError(f"`airflow {' '.join(words[:2])}` failed: {called.stderr[-2000:]}")


@contextmanager
def _started(home: Path, environment: Mapping[str, str]) -> Iterator[list[subprocess.Popen]]:
    """Call `make airflow` during the block; stop all that it started."""
    with (home / LOG).open("w") as log:
        process = subprocess.Popen(
            ["make", "airflow"],
            cwd=CHECKOUT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield [process]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def environment_of(settings: Settings) -> dict[str, str]:
    """Give what a process of Airflow needs to know of an installation, and nothing of another."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "COMMUNIQUE"))
    }
    return inherited | {
        "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
        "COMMUNIQUE_DUMPS": str(settings.dumps),
        "COMMUNIQUE_HOME": str(settings.home),
        "COMMUNIQUE_WORKERS": str(settings.workers),
    }


class Airflow:
    """The REST API of a running Airflow, as its admin sees it, and its command line.

    It is running while none of `processes` has ended; what they print is in `LOG` in `home`.
    """

    def __init__(
        self,
        processes: Sequence[subprocess.Popen],
        home: Path,
        environment: Mapping[str, str],
        address: str,
    ) -> None:
        self._processes = processes
        self._home = home
        self._environment = environment
        self._address = address
        self._token: str | None = None

    def wait_until_healthy(self) -> None:
        """Wait until the scheduler runs, then log in."""
        self._wait_for(self._is_healthy)
        passwords = self._home / "simple_auth_manager_passwords.json.generated"
        login = {"username": "admin", "password": json.loads(passwords.read_text())["admin"]}
        self._token = self._call("POST", "/auth/token", login)["access_token"]

    def backfill(self, first: date, last: date) -> dict[date, Run]:
        """Run a range of nights by Airflow's own command, and wait until all have ended."""
        self._wait_for(self._knows_the_dag)
        create_backfill(self._environment, first, last)
        return self.finish_backfill((last - first).days + 1)

    def finish_backfill(self, nights: int) -> dict[date, Run]:
        """Unpause the DAG, and wait until all nights that a backfill has queued have ended."""
        self._call("PATCH", _DAG, {"is_paused": False})
        self._wait_for(lambda: self._have_ended(nights))
        return {
            date.fromisoformat(run["logical_date"][:10]): self._ended(run) for run in self._runs()
        }

    def _runs(self) -> list[dict]:
        return self._call("GET", f"{_DAG}/dagRuns?run_type=backfill")["dag_runs"]

    def _ended(self, run: dict) -> Run:
        answer = self._call("GET", f"{_DAG}/dagRuns/{run['dag_run_id']}/taskInstances")
        tasks = {(task["task_id"], task["map_index"]): task for task in answer["task_instances"]}
        begun = _moment(run["start_date"])
        return Run(
            seconds=_moment(run["end_date"]) - begun,
            states={key: task["state"] for key, task in tasks.items()},
            spans={
                key: (_moment(task["start_date"]) - begun, _moment(task["end_date"]) - begun)
                for key, task in tasks.items()
                if task["start_date"]
            },
        )

    def _have_ended(self, count: int) -> bool:
        states = [run["state"] for run in self._runs()]
        return len(states) == count and set(states) <= {"success", "failed"}

    def _is_healthy(self) -> bool:
        try:
            health = self._call("GET", "/api/v2/monitor/health")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return all(health[part]["status"] == "healthy" for part in _PARTS)

    def _knows_the_dag(self) -> bool:
        try:
            return bool(self._call("GET", _DAG))
        except urllib.error.HTTPError:
            return False

    def _call(self, method: str, path: str, body: dict | None = None) -> dict:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait while Airflow lives and gets on, however slow the machine is at the moment."""
        seen, since = None, time.monotonic()
        while not condition():
            if any(process.poll() is not None for process in self._processes):
                raise CommuniqueError(f"Airflow has ended: {self._last_words()}")
            change = _newest_change(self._home.parent)
            if change != seen:
                seen, since = change, time.monotonic()
            if time.monotonic() - since > _STALLED:
                raise CommuniqueError(
                    f"Airflow did nothing for {_STALLED} seconds: {self._last_words()}"
                )
            time.sleep(1)

    def _last_words(self) -> str:
        return (self._home / LOG).read_text(encoding="utf-8", errors="replace")[-5000:]


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _newest_change(home: Path) -> int:
    """When a night wrote anything last; Airflow's own heartbeat is no sign of life."""
    changes = [0]
    for path in home.rglob("*"):
        if path.name != "airflow.db" and not path.name.startswith("airflow.db-"):
            with suppress(OSError):
                changes.append(path.lstat().st_mtime_ns)
    return max(changes)


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

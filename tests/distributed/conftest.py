"""What docs/larger.md sets up: Airflow on two workers with Redis and PostgreSQL, and S3."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from communique.bench import scheduler
from communique.settings import CHECKOUT
from communique.store import Place
from house import SECRET, House

POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), default=None)
AIRFLOW = Path(sys.executable).with_name("airflow")
S3 = Path(sys.executable).with_name("moto_server")
_SECONDS_TO_START, _SECONDS_TO_STOP = 60, 60
_LOCAL_SETTINGS = """
from datetime import timedelta

def task_policy(task):
    task.retry_delay = timedelta(seconds=5)
"""
"""Airflow's own place for what an installation decides about all its tasks."""


@dataclass(frozen=True)
class Worker:
    """A worker with a home of its own, of which only the lake is that of the others."""

    house: House
    process: psutil.Popen

    def chunk_in_hand(self) -> Path | None:
        """The chunk that it is at: where that will lie when it is whole."""
        for member in _family_of(self.process):
            with suppress(psutil.Error):
                for file in member.open_files():
                    if file.path.endswith(".lock") and "/chunks/" in file.path:
                        return Path(file.path).with_suffix("")
        return None

    def kill(self) -> None:
        """End it and all that it has started at once, as when its machine loses power."""
        _kill(_family_of(self.process))


@dataclass(frozen=True)
class Cluster:
    """A running Airflow; its first worker holds the build file, its second only the lake."""

    airflow: scheduler.Airflow
    first: Worker
    second: Worker


@pytest.fixture
def broker() -> Iterator[str]:
    """The address of an empty Redis."""
    assert shutil.which("redis-server"), "these tests start Redis: apt-get install redis-server"
    port = scheduler.free_port()
    with tempfile.TemporaryDirectory(prefix="communique-redis-") as folder:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        with _running(command, Path(folder, "log"), cwd=folder):
            _wait_until(lambda: _answers(port), "Redis does not start")
            yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def metadata_store() -> Iterator[str]:
    """The address of an empty PostgreSQL, which refuses to run as root."""
    assert POSTGRES, "these tests start PostgreSQL: apt-get install postgresql"
    port = scheduler.free_port()
    with tempfile.TemporaryDirectory(prefix="communique-postgres-") as folder:
        options = {"cwd": folder}
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            options |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        data = Path(folder, "data")
        make = [POSTGRES.with_name("initdb"), "--username=airflow", "--auth=trust", "--no-sync"]
        make += ["--encoding=UTF8", "--locale=C", "--pgdata", data]
        subprocess.run(make, check=True, capture_output=True, **options)
        command = [POSTGRES, "-D", data, "-h", "127.0.0.1", "-p", port, "-k", folder, "-F"]
        with _running(command, Path(folder, "log"), signal.SIGINT, **options):
            _wait_until(lambda: _answers(port), "PostgreSQL does not start")
            yield f"postgresql+psycopg2://airflow@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3 of its own; what else this machine knows of AWS does not count."""
    port, folder = scheduler.free_port(), tmp_path_factory.mktemp("s3")
    command = [S3, "--host", "127.0.0.1", "--port", port]
    with pytest.MonkeyPatch.context() as patch:
        for name in [one for one in os.environ if one.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in {
            "AWS_CONFIG_FILE": str(folder / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "communique",
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }.items():
            patch.setenv(name, value)
        with _running(command, folder / "log"):
            _wait_until(lambda: _answers(port), "moto_server does not start")
            yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def bucket(storage: str) -> str:
    """The address of a new bucket."""
    name = f"news-{secrets.token_hex(4)}"
    Place(f"s3://{name}").files.call_s3("create_bucket", Bucket=name)
    return f"s3://{name}"


@pytest.fixture
def cluster(house: House, tmp_path: Path, broker: str, metadata_store: str) -> Iterator[Cluster]:
    """Airflow on two workers, in the house of the test."""
    house = House(replace(house.settings, workers=2))
    elsewhere = House(replace(house.settings, home=tmp_path / "second"))
    for one in (house, elsewhere):
        (one.settings.home / "airflow" / "config").mkdir(parents=True)
        local_settings = one.settings.home / "airflow" / "config" / "airflow_local_settings.py"
        local_settings.write_text(_LOCAL_SETTINGS, encoding="utf-8")
    Path(house.settings.lake).mkdir()
    Path(elsewhere.settings.lake).symlink_to(house.settings.lake)
    port = scheduler.free_port()
    alike = _shared_settings() | {
        "AIRFLOW__CELERY__BROKER_URL": broker,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_store,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": secrets.token_hex(),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
    }
    first, second = (
        scheduler.environment_of(one.settings)
        | alike
        | {
            "AIRFLOW_HOME": str(one.settings.home / "airflow"),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(scheduler.free_port()),
        }
        for one in (house, elsewhere)
    )
    home = house.settings.home / "airflow"
    for words in ("db migrate", "pools set build_file 1 -"):
        subprocess.run([AIRFLOW, *words.split()], env=first, check=True, capture_output=True)
    with ExitStack() as stack:

        def start(words: str, environment: dict[str, str]) -> psutil.Popen:
            command = [AIRFLOW, *words.split()]
            return stack.enter_context(_running(command, home / scheduler.LOG, env=environment))

        processes = [start(words, first) for words in ("api-server", "scheduler", "dag-processor")]
        airflow = scheduler.Airflow(processes, home, first, f"http://127.0.0.1:{port}")
        airflow.wait_until_healthy()
        serving = "celery worker --concurrency 1 --celery-hostname {} --queues {}"
        yield Cluster(
            airflow,
            Worker(house, start(serving.format("first", "default,build_file"), first)),
            Worker(elsewhere, start(serving.format("second", "default"), second)),
        )


def _shared_settings() -> dict[str, str]:
    lines = (CHECKOUT / "include" / "deploy" / "airflow.env").read_text("utf8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@contextmanager
def _running(
    command: list[object], log: Path, end: signal.Signals = signal.SIGTERM, **options: object
) -> Iterator[psutil.Popen]:
    """Run a service during the block; it ends also where the tests are killed."""
    with log.open("a", encoding="utf-8") as output:
        process = psutil.Popen(
            ["setpriv", "--pdeathsig", end.name.removeprefix("SIG"), *map(str, command)],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
    try:
        yield process
    finally:
        family = _family_of(process)
        with suppress(psutil.Error):
            process.send_signal(end)
        psutil.wait_procs(family, timeout=_SECONDS_TO_STOP)
        _kill(family)


def _family_of(process: psutil.Popen) -> list[psutil.Process]:
    """Find a process and all below it, the eldest first."""
    with suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return []


def _kill(family: list[psutil.Process]) -> None:
    for member in family:
        with suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(family, timeout=_SECONDS_TO_STOP)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)

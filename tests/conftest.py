"""What the tests share: places of their own, nights to run, and the published sample week."""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from communique import dbt, lake
from communique.settings import CHECKOUT, Settings
from communique.stages import audit, load, publish, transform
from house import FIRST_NIGHT, LAST_NIGHT, SECRET, House

KEPT_WEEKS = 3
"""So many, since one may be in use by tests of an earlier state of the code."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what reads the sample week: another process does the rest while one makes it.

    First of all comes what runs nights of its own: the end is then of short tests, which the
    processes can share evenly.
    """
    items.sort(
        key=lambda item: (
            "week" not in item.fixturenames,
            not {"copy", "house"}.intersection(item.fixturenames),
        )
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that test processes which run side by side have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def parsed(shared: Path) -> None:
    """dbt's reading of the project, which would take each new home some seconds anew."""
    settings = replace(Settings.from_environment({}), home=shared / "parsed")
    with FileLock(shared / "parsed.lock"):
        if not settings.dbt_target.exists():
            settings.home.mkdir()
            dbt.call(
                "parse",
                project=settings.dbt_project,
                target=settings.dbt_target,
                database=settings.build_file,
            )
    os.environ["DBT_PARTIAL_PARSE_FILE_PATH"] = str(settings.dbt_target / "partial_parse.msgpack")


@pytest.fixture
def house(tmp_path: Path, parsed: None) -> House:
    """An installation without dumps and without a past."""
    (tmp_path / "dumps").mkdir()
    return House(replace(Settings.from_environment({}), dumps=tmp_path / "dumps",
                         home=tmp_path / "home"))  # fmt: skip


@pytest.fixture
def deliver(house: House) -> Callable[..., Path]:
    """Put a file into the dump folder of a date."""

    def put(dump_date: date, name: str, content: str | bytes) -> Path:
        file = house.settings.dump_folder(dump_date) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return put


@pytest.fixture(scope="session")
def week(pytestconfig: pytest.Config, parsed: None) -> House:
    """The bundled sample week, run by `communique backfill` and published; nobody writes in it.

    Test processes that run side by side share one: the first to ask runs it, the others wait. It
    takes minutes, so later runs of the tests have it, too, until something changes that decides
    about it.
    """
    weeks = pytestconfig.cache.mkdir("weeks")
    house = House(replace(Settings.from_environment({}), home=weeks / what_decides_about_a_week()))
    with FileLock(weeks / "lock"):
        kept = sorted(weeks.glob("*/"), key=lambda folder: folder.stat().st_mtime)
        for former in kept[:-KEPT_WEEKS]:
            shutil.rmtree(former)
        run = house.call("backfill", FIRST_NIGHT, LAST_NIGHT)
        assert run.returncode == 0, run.stdout + run.stderr
    return house


def what_decides_about_a_week() -> str:
    """Hash the code, the sample and the versions of all libraries."""
    digest = hashlib.sha256()
    for folder in ("include", "dbt_project", "expectations"):
        for file in sorted((CHECKOUT / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(CHECKOUT)).encode() + file.read_bytes())
    digest.update((CHECKOUT / "requirements.lock").read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture
def copy(week: House, tmp_path: Path) -> House:
    """The published week in a home of its own."""
    home = tmp_path / "home"
    shutil.copytree(week.settings.home, home, symlinks=True)
    return House(replace(week.settings, home=home))


@pytest.fixture
def listener() -> Iterator[ThreadingHTTPServer]:
    """A web address that takes alerts; `messages` are what was posted to it."""
    messages = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.messages = messages
    server.address = f"http://127.0.0.1:{server.server_port}/hook?token={SECRET}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def grow(tmp_path: Path) -> Callable[..., House]:
    """Make a house of the nights of another one's lake, built after each group of them."""

    def run(house: House, *groups: list[date]) -> House:
        home = tmp_path / "grown"
        shutil.copytree(house.settings.lake, home / "lake")
        if house.settings.reviews_file.exists():
            shutil.copy(house.settings.reviews_file, home)
        settings = replace(house.settings, home=home)
        for group in groups or [lake.dump_dates(settings.lake, "judged")]:
            for night in group:
                load.do(settings, night)
            transform.do(settings, night)
        audit.do(settings, night)
        publish.do(settings, night)
        return House(settings)

    return run

"""A browser, and Superset as `make bi` starts it, over the published sample week."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.settings import CHECKOUT
from house import House

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_PATIENCE_SECONDS = 300
_LOADED_MILLISECONDS = 60_000


@dataclass(frozen=True)
class Superset:
    """A running Superset and the house whose published file it reads."""

    house: House
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        file = self.house.settings.home / "superset" / "admin_password"
        return file.read_text(encoding="utf-8").strip()


class Screen:
    """A browser tab of somebody who is logged in; it keeps what the charts asked and were told."""

    def __init__(self, page: "Page", superset: Superset) -> None:
        self.page = page
        self.superset = superset
        self.answers: list[Response] = []
        page.on("response", self._keep)

    def _keep(self, response: "Response") -> None:
        if "/api/v1/chart/data" in response.url:
            self.answers.append(response)

    def log_in(self) -> None:
        self.page.goto(f"{self.superset.url}/login/", wait_until="networkidle")
        self.page.locator("#username").fill("admin")
        self.page.locator("#password").fill(self.superset.password)
        self.page.locator("button[type=submit]").click()
        self.page.wait_for_url("**/superset/welcome/**")

    def open(self, dashboard: str) -> None:
        """Open a dashboard and wait until every one of its charts is drawn."""
        self.answers.clear()
        self.page.goto(f"{self.superset.url}/superset/dashboard/{dashboard}/")
        charts = self.page.locator("[data-test='chart-grid-component']")
        charts.first.wait_for(timeout=_LOADED_MILLISECONDS)
        # A tall window: charts outside of it wait until somebody scrolls.
        self.page.set_viewport_size({"width": 1440, "height": 3200})
        deadline = time.monotonic() + _LOADED_MILLISECONDS / 1000
        while len({answer.url for answer in self.answers}) < charts.count():
            assert time.monotonic() < deadline, "a chart asks for no data"
            self.page.wait_for_timeout(200)
        self.page.wait_for_load_state("networkidle")
        self.page.locator("[data-test='loading-indicator']").first.wait_for(state="detached")

    def chart(self, title: str) -> str:
        """The text of the chart under a title."""
        charts = self.page.locator("[data-test='chart-grid-component']")
        return charts.filter(has_text=re.compile(rf"^\s*{re.escape(title)}")).first.inner_text()


@pytest.fixture(scope="session")
def superset(week: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    home = tmp_path_factory.mktemp("bi") / "home"
    shutil.copytree(week.settings.home, home, symlinks=True)
    dumps = home.parent / "dumps"
    dumps.mkdir()
    house = House(replace(week.settings, home=home, dumps=dumps))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home.parent / "make-bi.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            ["make", "bi", f"BI_PORT={port}"],
            cwd=CHECKOUT,
            env={**os.environ, "COMMUNIQUE_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_healthy(server, port, log)
        yield Superset(house, port)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _wait_until_healthy(server: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(1)
    pytest.fail(f"`make bi` did not come up:\n{log.read_text(encoding='utf-8')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    assert CHROMIUM, "these tests look through Chromium: apt-get install chromium"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screen(superset: Superset, browser: "Browser") -> Screen:
    screen = Screen(browser.new_page(viewport={"width": 1440, "height": 1000}), superset)
    screen.log_in()
    return screen

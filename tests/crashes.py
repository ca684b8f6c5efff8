"""Kills whole nights at random points and sees that the next run finishes them.

`make crash-test KILLS=200 SEED=1` runs it; a part of it is in `tests/faults/test_crashes.py`. Half
of the points are moments, which hit libraries and child processes; the other half are steps on the
file system, which hit what lies between two renames.
"""

import argparse
import collections
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from communique.settings import Settings
from house import COMMAND, House

EVENING_BEFORE, NIGHT = date(2026, 3, 8), date(2026, 3, 9)
_STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "shutil.rmtree", "open")
_UNFINISHED = (
    "lake/*/.*", "lake/chunks/*/*", "releases/.*", ".*", "*.wal", "*.tmp/*", "unfinished/*",
)  # fmt: skip
_TEXTS = (
    "“We must lift the sanctions against Russia,” Foreign Minister Dana Roshal said on Monday.",
    "Russia opposes the deployment of foreign troops in Ukraine, Foreign Minister Olena Hrytsak "
    "said, according to the Levant Monitor.",
    "President Marc Venn met Prime Minister Ida Calder in Geneva on Sunday, an official said.",
)


@dataclass(frozen=True)
class Point:
    """Where a run is killed: so many seconds in, or before its so many'th step in its home.

    For a chosen place: before it renames something to a path that ends so, before the so many'th
    statement of the loader, or so many seconds into dbt.
    """

    seconds: float | None = None
    step: int | None = None
    renames: str | None = None
    statement: int | None = None
    seconds_of_dbt: float | None = None


@dataclass(frozen=True)
class Expected:
    """What an uninterrupted night leaves, and how long its way is."""

    facts: dict
    old_hash: str
    seconds: float
    steps: int


def deliver(dumps: Path, night: date) -> None:
    """Write a tiny dump: some articles and a record that is refused."""
    folder = dumps / str(night)
    folder.mkdir(parents=True)
    with (folder / "tribune.jsonl").open("w", encoding="utf-8") as file:
        for number, text in enumerate(_TEXTS):
            record = {
                "url": f"https://tribune.example/{night}/{number}",
                "source": "Tribune",
                "title": f"{night}, {number}",
                "date": str(night),
                "text": text,
            }
            file.write(json.dumps(record) + "\n")
        file.write('{"text": ""}\n')


def prepare(folder: Path) -> tuple[House, Expected]:
    """Publish one night, and find out what the next one leaves when nobody kills it."""
    dumps = folder / "dumps"
    for night in (EVENING_BEFORE, NIGHT):
        deliver(dumps, night)
    before = House(replace(Settings.from_environment({}), dumps=dumps, home=folder / "before"))
    run = before.call("run", EVENING_BEFORE)
    assert run.returncode == 0, run.stdout + run.stderr
    whole = copy_of(before, folder / "whole")
    started = time.monotonic()
    steps = folder / "steps"
    with start(whole, Point(step=sys.maxsize), steps) as process:
        assert process.wait() == 0
    return before, Expected(
        facts=facts(whole),
        old_hash=newest_hash(before),
        seconds=time.monotonic() - started,
        steps=int(steps.read_text()),
    )


def copy_of(house: House, home: Path) -> House:
    """Copy an installation."""
    shutil.copytree(house.settings.home, home, symlinks=True)
    return House(replace(house.settings, home=home))


def start(house: House, point: Point, steps: Path = Path(os.devnull)) -> subprocess.Popen:
    """Start the night in a process group of its own, which kills itself at a step."""
    command = [COMMAND, "run", str(NIGHT)]
    if point.seconds is None:
        command = [sys.executable, __file__, "--armed", json.dumps(asdict(point)), str(steps)]
    return subprocess.Popen(
        command,
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(house: House, point: Point) -> bool:
    """Run the night and kill it, with all its children, at a point; False where it ended before."""
    with start(house, point) as process:
        try:
            process.wait(point.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def newest_hash(house: House) -> str:
    """Ask as a reader does; fails where a reader would."""
    ((newest,),) = house.ask(
        "select marts_hash from ops.publications order by published_at desc limit 1"
    )
    return newest


def facts(house: House) -> dict:
    """What must be the same whether or not a night was killed on its way."""
    with duckdb.connect(house.settings.build_file, read_only=True) as build:
        tables = build.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name = 'raw' "
            "or table_name in ('loads', 'rejected_records') order by all"
        ).fetchall()
        rows = {
            f"{schema}.{table}": len(build.execute(f'from {schema}."{table}"').fetchall())
            for schema, table in tables
        }
    return {"marts_hash": newest_hash(house), "rows": rows}


def leftovers(house: House) -> list[str]:
    """What a run that has ended must not leave: locks that are held, drafts, chunks, notes."""
    home = house.settings.home
    found = [str(path.relative_to(home)) for pattern in _UNFINISHED for path in home.glob(pattern)]
    for lock in (house.settings.lock_file, *home.glob("lake/locks/*")):
        with lock.open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(f"{lock.name} is held")
    releases = list(house.settings.releases.iterdir())
    if len(releases) > house.settings.keep_releases:
        found.append(f"{len(releases)} releases")
    return found


def stage_of(house: House) -> str:
    """Tell in which stage the run was killed."""
    note = house.settings.journal / f"{NIGHT}.json"
    return json.loads(note.read_text())["stage"] if note.exists() else "outside the stages"


def trial(before: House, expected: Expected, points: list[Point], folder: Path) -> dict:
    """Kill a night at each point in turn, then let it run; tells what was wrong, if anything."""
    house = copy_of(before, folder)
    stages, wrong = [], []
    for point in points:
        if not kill(house, point):
            continue
        stages.append(stage_of(house))
        if newest_hash(house) not in (expected.old_hash, expected.facts["marts_hash"]):
            wrong.append("readers saw another night than the old and the new one")
    run = house.call("run", NIGHT)
    if run.returncode != 0:
        wrong.append((run.stdout + run.stderr)[-2000:])
    else:
        if facts(house) != expected.facts:
            wrong.append(f"{facts(house)} instead of {expected.facts}")
        wrong += [f"left over: {name}" for name in leftovers(house)]
    return {"points": [asdict(point) for point in points], "stages": stages, "wrong": wrong}


def draw(chance: random.Random, expected: Expected) -> list[Point]:
    """Draw where to kill; every fourth night is killed again on its second way."""
    points = []
    for _ in range(2 if chance.random() < 0.25 else 1):
        if chance.random() < 0.5:
            points.append(Point(seconds=chance.uniform(0, expected.seconds)))
        else:
            points.append(Point(step=chance.randint(1, expected.steps)))
    return points


def crash_test(kills: int, seed: int, folder: Path) -> dict:
    """Kill so many times; gives the figures."""
    chance = random.Random(seed)
    started = time.monotonic()
    before, expected = prepare(folder)
    by_stage: collections.Counter[str] = collections.Counter()
    failed, done, nights = [], 0, 0
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        task = progress.add_task("kills", total=kills)
        while done < kills:
            points = draw(chance, expected)[: kills - done]
            outcome = trial(before, expected, points, folder / "trial")
            if outcome["wrong"]:
                failed.append(outcome)
                progress.console.print(json.dumps(outcome), markup=False)
                shutil.copytree(folder / "trial", folder / "failed" / str(done), symlinks=True)
            shutil.rmtree(folder / "trial")
            by_stage.update(outcome["stages"])
            done += len(outcome["stages"])
            nights += 1
            progress.update(task, completed=done)
            if not console.is_terminal:
                print(f"{done} of {kills} kills, {len(failed)} failed", file=sys.stderr, flush=True)
    return {
        "kills": done,
        "nights": nights,
        "nights_finished_as_if_nothing_had_happened": nights - len(failed),
        "seed": seed,
        "kills_by_stage": dict(by_stage.most_common()),
        "seconds_of_a_night": round(expected.seconds, 1),
        "steps_of_a_night": expected.steps,
        "seconds": round(time.monotonic() - started),
        "failed": failed,
    }


def run_armed(point: Point, steps: Path) -> int:
    """Run the night in this process and kill its group at the point."""
    from communique import cli

    home = str(Settings.from_environment().home)
    count = statements = 0
    lock = threading.Lock()

    def end() -> None:
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def watch_calls(frame: types.FrameType, event: str, called: object) -> None:
        nonlocal statements
        if event == "c_call" and frame.f_globals["__name__"] == "communique.warehouse.loader":
            statements += getattr(called, "__name__", "") == "execute"
            if statements == point.statement:
                end()

    def watch(event: str, arguments: tuple) -> None:
        nonlocal count
        if event == "subprocess.Popen" and point.seconds_of_dbt is not None:
            threading.Timer(point.seconds_of_dbt, end).start()
        if event == "os.rename" and point.renames and str(arguments[1]).endswith(point.renames):
            end()
        if event not in _STEPS or home not in str(arguments[0]):
            return
        if event == "open" and "r" in (arguments[1] or "r"):
            return
        with lock:
            count += 1
            if count == point.step:
                end()

    sys.addaudithook(watch)
    if point.statement:
        sys.setprofile(watch_calls)
    code = cli.main(["run", str(NIGHT)])
    passed = count
    if steps != Path(os.devnull):
        steps.write_text(str(passed))
    return code


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--armed", nargs=2, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.armed:
        return run_armed(Point(**json.loads(call.armed[0])), Path(call.armed[1]))
    folder = Path(tempfile.mkdtemp(prefix="crashes-"))
    figures = crash_test(call.kills, call.seed, folder)
    if not figures["failed"]:
        shutil.rmtree(folder)
    text = json.dumps(figures, indent=1)
    print(text)
    if call.json:
        call.json.write_text(text + "\n", encoding="utf-8")
    return 1 if figures["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())

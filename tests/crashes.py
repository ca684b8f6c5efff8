"""Kills whole nights at random points and sees that the next run finishes them.

`make crash-test KILLS=200 SEED=1` runs it; a part of it is in `tests/faults/test_crashes.py`. Half
of the points are moments, which hit libraries and child processes; the other half are steps on the
file system, which hit what lies between two renames. A quarter of the kills, as those for want of
memory, hit one process and not those that it has started.

A night is killed up to forty times on its way, each time in the stage where it was or a later
one, and then run as people run it. So a kill costs seconds.
"""

import argparse
import collections
import fcntl
import importlib
import itertools
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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import psutil
import pyarrow as pa
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from communique import lake
from communique.settings import Settings
from communique.stages import LINE
from communique.stages.load import STEPS
from house import House

EVENING_BEFORE, NIGHT = date(2026, 3, 8), date(2026, 3, 9)
STAGES = list(LINE)
_MOST_KILLS = 40
_ALONE = 0.25
_SECONDS_TO_END = 60
_STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "shutil.rmtree", "open")
_UNFINISHED = (
    "lake/*/.*", "lake/chunks/*/*", "releases/.*", ".*", "*.wal", "*.tmp/*", "unfinished/*",
)  # fmt: skip
_TEXTS = (
    "“We must lift the sanctions against Russia,” Foreign Minister Dana Roshal said on Monday.",
    "Russia opposes the deployment of foreign troops in Ukraine, Foreign Minister Olena Hrytsak "
    "said, according to the Levant Monitor.",
    "President Marc Venn met Prime Minister Ida Calder in Geneva on Sunday, an official said.",
    "Finance Minister Ada Blix rejected the budget, two diplomats told the Tribune.",
    "“The canal should be reopened,” Prime Minister Ida Calder told reporters in Geneva.",
    "The European Union condemned the strikes, a statement said on Sunday.",
)


@dataclass(frozen=True)
class Point:
    """Where a run is killed, or where the named stage ends if the point is not reached.

    So many seconds into the stage, or before its so many'th step in its home; for a chosen place,
    before it renames something to a path that ends so, before the so many'th statement of the
    loader, or so many seconds into dbt. `alone` is without the processes that it has started. No
    stage means that nothing is killed.
    """

    stage: str | None = None
    seconds: float | None = None
    step: int | None = None
    renames: str | None = None
    statement: int | None = None
    seconds_of_dbt: float | None = None
    alone: bool = False


@dataclass(frozen=True)
class Way:
    """How long an uninterrupted night with so many workers is: seconds and steps of each stage."""

    workers: int
    seconds: dict[str, float]
    steps: dict[str, int]


@dataclass(frozen=True)
class Expected:
    """What an uninterrupted night leaves, and its way with one worker and with two."""

    facts: dict
    old_hash: str
    ways: tuple[Way, ...]


class Nursery:
    """A process that has imported all that a night needs, and forks nights off."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def run(self, house: House, point: Point, since: str = STAGES[0], way: Path | None = None):
        """Run the night from a stage on, in a process group of its own, until it ends or dies.

        Gives the group and the exit code, which is negative for a signal; writes its `way`.
        """
        told = {
            "environment": house.environment,
            "point": asdict(point),
            "since": since,
            "way": str(way or os.devnull),
        }
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """Start the process and stop it."""
    command = [sys.executable, __file__, "--nursery"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Nursery(process)
        process.stdin.close()


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


def prepare(nursery: Nursery, folder: Path) -> tuple[House, Expected]:
    """Publish one night, and find out what the next one leaves when nobody kills it."""
    dumps = folder / "dumps"
    for night in (EVENING_BEFORE, NIGHT):
        deliver(dumps, night)
    before = House(replace(Settings.from_environment({}), dumps=dumps, home=folder / "before"))
    run = before.call("run", EVENING_BEFORE)
    assert run.returncode == 0, run.stdout + run.stderr
    found, ways = [], []
    for workers in (1, 2):
        whole = copy_of(before, folder / f"whole-{workers}", workers)
        file = folder / "way.json"
        _, code = nursery.run(whole, Point(), way=file)
        assert code == 0
        found.append(facts(whole))
        ways.append(Way(workers, **json.loads(file.read_text())))
    assert found[0] == found[1]
    return before, Expected(found[0], newest_hash(before), tuple(ways))


def copy_of(house: House, home: Path, workers: int | None = None) -> House:
    """Copy an installation."""
    shutil.copytree(house.settings.home, home, symlinks=True)
    workers = workers or house.settings.workers
    return House(replace(house.settings, home=home, workers=workers))


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
    for step, tables in STEPS.items():
        partition = lake.partition(house.settings.lake, step, NIGHT)
        current = partition.current().folder.name
        editions = {name: lake.Edition(partition.place / name) for name in partition.place.names()}
        # A night that was done twice keeps what its readers may still have open.
        before = {name: one for name, one in editions.items() if name != current}
        if len(before) > 1 or not all(is_whole(one, tables) for one in before.values()):
            found.append(f"{step}: {', '.join(before)}")
    releases = list(house.settings.releases.iterdir())
    if len(releases) > house.settings.keep_releases:
        found.append(f"{len(releases)} releases")
    return found


def is_whole(edition: lake.Edition, tables: Mapping[str, type]) -> bool:
    """Tell whether every table of an edition can be read."""
    try:
        return all(list(lake.read_records(edition, *table)) is not None for table in tables.items())
    except (OSError, pa.ArrowException):
        return False


def outlived_by(group: int) -> list[str]:
    """List what lives on of a process group, after some time to notice that it is alone."""
    deadline = time.monotonic() + _SECONDS_TO_END
    while members := [
        process.info["cmdline"]
        for process in psutil.process_iter(["pid", "status", "cmdline"])
        if _group_of(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE
    ]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    return [" ".join(words or []) for words in members]


def _group_of(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


def trial(
    nursery: Nursery, before: House, expected: Expected, way: Way, points: list[Point], home: Path
) -> dict:
    """Kill a night at each point in turn, then let it run; tells what was wrong, if anything."""
    house = copy_of(before, home, way.workers)
    wrong, since = [], STAGES[0]
    for point in points:
        group, code = nursery.run(house, point, since)
        since = point.stage
        if code != -signal.SIGKILL:
            wrong.append(f"exit code {code} instead of a kill at {point}")
        for command in outlived_by(group):
            wrong.append(f"{command} lives on after {point}")
        if newest_hash(house) not in (expected.old_hash, expected.facts["marts_hash"]):
            wrong.append("readers saw another night than the old and the new one")
    run = house.call("run", NIGHT)
    if run.returncode != 0:
        wrong.append((run.stdout + run.stderr)[-2000:])
    else:
        if facts(house) != expected.facts:
            wrong.append(f"{facts(house)} instead of {expected.facts}")
        wrong += [f"left over: {name}" for name in leftovers(house)]
    return {"workers": way.workers, "points": [asdict(point) for point in points], "wrong": wrong}


def draw(chance: random.Random, way: Way) -> list[Point]:
    """Draw where to kill one night, in the order of its way."""
    points = []
    for _ in range(chance.randint(1, _MOST_KILLS)):
        stage = chance.choice(STAGES)
        alone = chance.random() < _ALONE
        if chance.random() < 0.5:
            seconds = chance.uniform(0, way.seconds[stage])
            points.append(Point(stage, seconds=seconds, alone=alone))
        else:
            points.append(
                Point(stage, step=chance.randint(1, way.steps.get(stage, 1)), alone=alone)
            )
    return sorted(points, key=lambda point: STAGES.index(point.stage))


def crash_test(kills: int, seed: int, folder: Path, tell: Callable[[dict], None]) -> dict:
    """Kill so many times; gives the figures, and tells those that are there after each night."""
    chance = random.Random(seed)
    started = time.monotonic()
    by_stage: collections.Counter[str] = collections.Counter()
    failed: list[dict] = []
    figures = {}
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    console = Console(stderr=True)
    with (
        open_nursery() as nursery,
        Progress(*columns, TimeRemainingColumn(), console=console) as progress,
    ):
        before, expected = prepare(nursery, folder)
        task = progress.add_task("kills", total=kills)
        for nights in itertools.count(1):
            way = chance.choice(expected.ways)
            points = draw(chance, way)[: kills - by_stage.total()]
            outcome = trial(nursery, before, expected, way, points, folder / "trial")
            if outcome["wrong"]:
                failed.append(outcome)
                progress.console.print(json.dumps(outcome), markup=False)
                shutil.copytree(folder / "trial", folder / "failed" / str(nights), symlinks=True)
            shutil.rmtree(folder / "trial")
            by_stage.update(point.stage for point in points)
            figures = {
                "kills": by_stage.total(),
                "nights": nights,
                "nights_finished_as_if_nothing_had_happened": nights - len(failed),
                "seed": seed,
                "kills_by_stage": {stage: by_stage[stage] for stage in STAGES},
                "seconds_of_a_night": round(sum(expected.ways[0].seconds.values()), 1),
                "steps_of_a_night": sum(expected.ways[0].steps.values()),
                "seconds": round(time.monotonic() - started),
                "failed": failed,
            }
            tell(figures)
            progress.update(task, completed=by_stage.total())
            if not console.is_terminal:
                done = f"{by_stage.total()} of {kills} kills, {nights} nights, {len(failed)} failed"
                print(done, file=sys.stderr, flush=True)
            if by_stage.total() >= kills:
                return figures
    return figures


def keep_nursery() -> None:
    """Fork nights off, one at a time, as standard input says."""
    # The stages import these when they need them, which takes longer than most of them run.
    for name in ("great_expectations", "onnxruntime", "communique.cli.running"):
        importlib.import_module(name)
    for line in sys.stdin:
        told = json.loads(line)
        process = os.fork()
        if process == 0:
            os.setsid()
            with Path(os.devnull).open("r+") as nothing:
                for stream in range(3):
                    os.dup2(nothing.fileno(), stream)
            os.environ.update(told["environment"])
            os._exit(run_armed(Point(**told["point"]), told["since"], Path(told["way"])))
        _, status = os.waitpid(process, 0)
        print(json.dumps([process, os.waitstatus_to_exitcode(status)]), flush=True)


def run_armed(point: Point, since: str, way: Path) -> int:
    """Run the night from a stage on, in this process, and kill it at the point."""
    from communique import chunks, cli
    from communique.cli import running
    from communique.stages import land

    home = str(Settings.from_environment().home)
    stage: str | None = None
    began, statements = time.monotonic(), 0
    steps: collections.Counter[str] = collections.Counter()
    seconds: dict[str, float] = {}
    lock = threading.Lock()

    def end() -> None:
        if point.alone:
            os.kill(os.getpid(), signal.SIGKILL)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def enter(following: str | None) -> None:
        nonlocal stage, began
        if stage is not None:
            seconds[stage] = time.monotonic() - began
            if stage == point.stage:
                end()
        stage, began = following, time.monotonic()
        if following == point.stage and point.seconds is not None:
            clock = threading.Timer(point.seconds, end)
            clock.daemon = True
            clock.start()

    def watch_calls(frame: types.FrameType, event: str, called: object) -> None:
        nonlocal statements
        if event == "c_call" and frame.f_globals["__name__"] == "communique.warehouse.loader":
            statements += getattr(called, "__name__", "") == "execute"
            if statements == point.statement:
                end()

    def watch(event: str, arguments: tuple) -> None:
        if event == "subprocess.Popen" and point.seconds_of_dbt is not None:
            threading.Timer(point.seconds_of_dbt, end).start()
        if event == "os.rename" and point.renames and str(arguments[1]).endswith(point.renames):
            end()
        if event not in _STEPS or home not in str(arguments[0]):
            return
        if event == "open" and "r" in (arguments[1] or "r"):
            return
        with lock:
            steps[stage or STAGES[0]] += 1
            if stage and stage == point.stage and steps[stage] == point.step:
                end()

    def armed(name: str) -> Callable:
        def do(*night: object):
            enter(name)
            return LINE[name](*night)

        return do

    # A tiny night is cut into chunks and shared out as a large one is.
    chunks.LEAST_CHARACTERS = land.WORTH_WORKERS = 1
    running.LINE = {name: armed(name) for name in STAGES[STAGES.index(since) :]}
    sys.addaudithook(watch)
    if point.statement:
        sys.setprofile(watch_calls)
    code = cli.main(["run", str(NIGHT)])
    enter(None)
    way.write_text(json.dumps({"seconds": seconds, "steps": steps}))
    return code


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--nursery", action="store_true", help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.nursery:
        keep_nursery()
        return 0

    def tell(figures: dict) -> None:
        if call.json:
            call.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")

    folder = Path(tempfile.mkdtemp(prefix="crashes-"))
    figures = crash_test(call.kills, call.seed, folder, tell)
    if not figures["failed"]:
        shutil.rmtree(folder)
    print(json.dumps(figures, indent=1))
    return 1 if figures["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())

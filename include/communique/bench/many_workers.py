"""How long many workers take to extract and judge a night, simulated from what one takes."""

import dataclasses
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import mean

from communique import chunks, lake
from communique.bench import scheduler
from communique.bench.copied_nights import read_templates, write_night
from communique.bench.invented_articles import NIGHT, write_articles
from communique.chunks import Chunk, Work
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings
from communique.stages import IN_CHUNKS

SIMULATED = (1, 2, 4, 16, 64, 256)
"""Numbers of workers."""
NIGHTS = (10_000, 100_000, 1_000_000)
"""Articles."""

_CHUNKS = 8
_TASKS_AT_ONCE = 4
"""As many as `make airflow` starts side by side."""
_ARTICLES_SCHEDULED = 80
"""Enough for as many chunks as tasks."""
_TASK = """
import datetime, sys
from communique import chunks
from communique.settings import Settings
from communique.stages import IN_CHUNKS
night = datetime.date.fromisoformat(sys.argv[2])
chunks.do_share(IN_CHUNKS[sys.argv[1]], Settings.from_environment(), night, [])
"""


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Seconds that one stage takes on one core, measured on a large night.

    `a_task` is to start a process and load the networks. `a_character` are the rates of chunks that
    were worked off, with finding their articles. What hangs on the size of the night is given an
    article of it: `planning`, `looking`, which each chunk does to find its articles, and
    `gathering`; a chunk adds `joining` to the last.
    """

    a_task: float
    a_character: Sequence[float]
    planning: float
    looking: float
    joining: float
    gathering: float


@dataclass(frozen=True, kw_only=True)
class Scheduling:
    """Seconds from the end of a task to the start of the next, and between starts side by side."""

    a_hop: float
    between_starts: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What so many workers took for a night: seconds of extracting and judging together.

    `efficiency` is how many times as fast as one worker they were, divided by their number.
    """

    article_count: int
    workers: int
    seconds: float
    efficiency: float


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What was measured, on a night of `article_count` articles, and what follows from it."""

    article_count: int
    costs: Mapping[str, Costs]
    scheduling: Scheduling
    outcomes: Sequence[Outcome]

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def simulate_workers(
    settings: Settings, *, article_count: int, tell: Callable[[str], None] = print
) -> Simulation:
    """Measure what a night costs one worker, and Airflow; then simulate nights and workers.

    The night is made of the articles of the lake. Raises WrongCallError when none was judged, or
    the night is too small to take chunks of.
    """
    templates = read_templates(settings.lake)
    with tempfile.TemporaryDirectory() as folder:
        tell(f"Writing a night of {article_count:,} articles ...")
        place = settings.apart(Path(folder, "home"), workers=1, shares=max(SIMULATED))
        write_night(place.lake, templates, NIGHT, number=0, article_count=article_count)
        costs = {}
        for stage in IN_CHUNKS:
            tell(f"Timing {stage} ...")
            costs[stage] = _measure_stage(stage, place, article_count)
        tell(f"Airflow starts {_TASKS_AT_ONCE} tasks side by side ...")
        scheduling = _measure_airflow(settings, Path(folder, "scheduled"))
    lengths = [len(one.article.body_text) for one in templates]
    nights = [list(islice(cycle(lengths), count)) for count in NIGHTS]
    return Simulation(
        article_count=article_count,
        costs=costs,
        scheduling=scheduling,
        outcomes=[
            outcome for night in nights for outcome in simulate(costs.values(), scheduling, night)
        ],
    )


def simulate(
    costs: Sequence[Costs], scheduling: Scheduling, lengths: Sequence[int]
) -> list[Outcome]:
    """Say how long a night of articles of so many characters takes by number of workers."""
    seconds = {
        workers: sum(_seconds_of(one, scheduling, lengths, workers) for one in costs)
        for workers in SIMULATED
    }
    return [
        Outcome(
            article_count=len(lengths),
            workers=workers,
            seconds=taken,
            efficiency=seconds[1] / taken / workers,
        )
        for workers, taken in seconds.items()
    ]


def _seconds_of(
    costs: Costs, scheduling: Scheduling, lengths: Sequence[int], workers: int
) -> float:
    """Simulate one stage: a plan, one share a worker, and what gathers the chunks."""
    chosen = random.Random(0)
    count = len(lengths)
    cut = chunks.cut(lengths, workers)
    ends = []
    for number, share in enumerate(chunks.deal(cut, workers)):
        work = sum(
            costs.looking * count + sum(lengths[first:last]) * chosen.choice(costs.a_character)
            for first, last in share
        )
        ends.append(number * scheduling.between_starts + costs.a_task + work)
    planned = costs.a_task + costs.planning * count
    gathered = costs.a_task + costs.gathering * count + costs.joining * len(cut)
    return planned + max(ends) + gathered + 2 * scheduling.a_hop


def _measure_stage(stage: str, place: Settings, article_count: int) -> Costs:
    kind = IN_CHUNKS[stage]
    work = kind(place, NIGHT)
    chosen: list[Chunk] = []
    planned = _time(lambda: chosen.extend(work.begin()))
    if len(chosen) < _CHUNKS:
        raise WrongCallError(
            f"A night of {article_count:,} articles has {len(chosen)} chunks: give more --articles."
        )
    chosen = chosen[:: len(chosen) // _CHUNKS][:_CHUNKS]
    lengths = lake.read_text_lengths(work.landed)
    looked = mean(_time(lambda chunk=chunk: _look(work, chunk.first)) for chunk in chosen)
    worked = [
        _time(lambda chunk=chunk: work.do_chunk(chunk)) / sum(lengths[chunk.first : chunk.last])
        for chunk in chosen
    ]
    made = [work.chunk_partition(chunk).current() for chunk in chosen]
    whole = lake.find(place.lake, work.step, NIGHT)
    gathered = _time(lambda: _gather(work, [whole], place)) / article_count
    joined = _time(lambda: _gather(work, made, place)) - gathered * sum(map(len, chosen))
    return Costs(
        a_task=_time(lambda: _start_task(stage, place)),
        a_character=worked,
        planning=planned / article_count,
        looking=looked / article_count,
        joining=max(joined, 0) / len(chosen),
        gathering=gathered,
    )


def _look(work: Work, place: int) -> None:
    """Find one article, of which reading it is the smaller part."""
    (article,) = lake.read_articles(work.landed, place, place + 1)
    versions = {article.article_version_id}
    lake.read_blocks(work.landed, versions)
    if work.step == "judged":
        extracted = lake.find(work.settings.lake, "extracted", work.dump_date)
        lake.read_extractions(extracted, versions)


def _gather(work: Work, editions: Sequence[lake.Edition], place: Settings) -> None:
    """Copy partitions into one, as a stage does at its end."""
    scratch = lake.partition(place.lake, "gathered", work.dump_date)
    with lake.replace_partition(scratch, work.tables) as partition:
        work.copy(editions, partition)
    scratch.drop()


def _start_task(stage: str, place: Settings) -> None:
    """Do a share of nothing in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", _TASK, stage, str(NIGHT)],
        env=scheduler.environment_of(place),
        check=True,
    )


def _measure_airflow(settings: Settings, home: Path) -> Scheduling:
    """Look at when Airflow starts the tasks of a night that is shared among several."""
    place = settings.apart(home / "home", dumps=home / "dumps", workers=_TASKS_AT_ONCE, shares=0)
    write_articles(settings, place, article_count=_ARTICLES_SCHEDULED)
    (run,) = scheduler.backfill(place, NIGHT, NIGHT).values()
    hops, gaps = [], []
    for stage in IN_CHUNKS:
        starts = sorted(
            begun for (task, _), (begun, _) in run.spans.items() if task == f"{stage}.do_share"
        )
        if len(starts) < 2:
            raise CommuniqueError(f"The night failed under Airflow: {run.states}")
        hops.append(starts[0] - run.spans[f"{stage}.share_out", -1][1])
        gaps.append((starts[-1] - starts[0]) / (len(starts) - 1))
    return Scheduling(a_hop=mean(hops), between_starts=mean(gaps))


def _time(do: Callable[[], object]) -> float:
    started = time.monotonic()
    do()
    return time.monotonic() - started

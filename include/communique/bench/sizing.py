"""What a night of any size takes, as nights of some sizes took it."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from communique.bench.night import Measurement, measure_night
from communique.errors import WrongCallError
from communique.settings import Settings

SHARED_OUT = ("extract_statements", "judge_positions")
"""The stages that any number of machines share; all others are of the one that has DuckDB."""
ASKED = (10_000, 1_000_000, 10_000_000)
"""Nights that people ask about, in articles."""
NIGHT_HOURS = 6.0
"""From the last delivery to the morning."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What something takes of a night: so much of any night, and so much more an article."""

    fixed: float
    an_article: float

    def at(self, article_count: int) -> float:
        """Give what it takes of a night of that size."""
        return self.fixed + self.an_article * article_count


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a night of `article_count` articles needs.

    `shared_core_hours` are spread over as many cores as there are, `shared_cores` of them to be
    done in NIGHT_HOURS less the rest; None where the rest alone takes longer. `single_hours` are
    those of the machine that has DuckDB. Memory is that of the largest process; gigabytes are 2**30
    bytes.
    """

    article_count: int
    shared_core_hours: float
    shared_cores: int | None
    single_hours: float
    memory_gb: float
    lake_gb: float
    build_gb: float
    published_gb: float


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """Lines through nights that were measured, and what they say of other nights.

    `seconds` is by stage: processor seconds for what is shared out, wall seconds for the rest.
    `foretold` is, by stage, what the smaller nights say of the largest one against what it took.
    """

    measured: Sequence[Measurement]
    seconds: dict[str, Line]
    foretold: dict[str, float]
    needs: Sequence[Needs]

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure_sizes(
    settings: Settings, sizes: Sequence[int], tell: Callable[[str], None] = print
) -> Sizing:
    """Time nights of several sizes, and say what nights of other sizes need.

    Raises WrongCallError when there are fewer than three sizes to draw lines through and to check.
    """
    if len(set(sizes)) < 3 or min(sizes) < 1:
        raise WrongCallError(
            "Give three sizes or more: two make a line, and the largest checks it."
        )
    tell("A first night, which pays for what Python imports ...")
    measure_night(settings, article_count=1)
    measured = []
    for size in sorted(set(sizes)):
        tell(f"A night of {size:,} articles ...")
        measured.append(measure_night(settings, article_count=size))
    return size_up(measured)


def size_up(measured: Sequence[Measurement]) -> Sizing:
    """Draw the lines through nights of at least three sizes, the smallest first."""
    *smaller, largest = measured
    seconds, before = _lines(measured), _lines(smaller)
    taken = _seconds_of(largest)
    return Sizing(
        measured=measured,
        seconds=seconds,
        foretold={
            stage: line.at(largest.article_count) / taken[stage] for stage, line in before.items()
        },
        needs=[_needs(measured, seconds, count) for count in ASKED],
    )


def _seconds_of(night: Measurement) -> dict[str, float]:
    return {
        stage: night.cpu_seconds[stage] if stage in SHARED_OUT else seconds
        for stage, seconds in night.seconds.items()
    }


def _lines(measured: Sequence[Measurement]) -> dict[str, Line]:
    return {
        stage: _line(measured, lambda night, stage=stage: _seconds_of(night)[stage])
        for stage in measured[0].seconds
    }


def _line(measured: Sequence[Measurement], taken: Callable[[Measurement], float]) -> Line:
    """Fit a line that does not begin below nothing, so that no night is foretold to be free."""
    counts = np.array([night.article_count for night in measured], float)
    values = np.array([taken(night) for night in measured])
    an_article, fixed = np.polyfit(counts, values, 1)
    if fixed < 0:
        fixed, an_article = 0.0, (counts @ values) / (counts @ counts)
    return Line(fixed=float(fixed), an_article=max(float(an_article), 0.0))


def _needs(measured: Sequence[Measurement], seconds: dict[str, Line], count: int) -> Needs:
    shared = sum(seconds[stage].at(count) for stage in SHARED_OUT) / 3600
    single = (
        sum(line.at(count) for stage, line in seconds.items() if stage not in SHARED_OUT) / 3600
    )

    def gigabytes(taken: Callable[[Measurement], float]) -> float:
        return _line(measured, taken).at(count) / 1024

    left = NIGHT_HOURS - single
    return Needs(
        article_count=count,
        shared_core_hours=shared,
        shared_cores=max(1, int(np.ceil(shared / left))) if left > 0 else None,
        single_hours=single,
        memory_gb=gigabytes(lambda night: night.largest_process_mb),
        lake_gb=gigabytes(lambda night: night.lake_mb),
        build_gb=gigabytes(lambda night: night.build_mb),
        published_gb=gigabytes(lambda night: night.published_mb),
    )

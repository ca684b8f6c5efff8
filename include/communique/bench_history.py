"""Timing a night late in a history against one early in it, and the questions to that history."""

import dataclasses
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from communique import warehouse
from communique.bench_nights import Template, read_templates, write_night
from communique.errors import WrongCallError
from communique.settings import Settings
from communique.stages import audit, load, publish, transform

EARLY_NIGHT = 7
"""The night that the last one is compared with: a week of history is a small one."""

_FIRST_DATE = date(2025, 1, 1)
_TIMES_ASKED = 3
_STAGES = {one.__name__.rsplit(".", 1)[-1]: one.do for one in (load, transform, audit, publish)}
_SCAN = "select bit_xor(hash(statements)) from marts.fct_statements as statements"


@dataclass(frozen=True, kw_only=True)
class HistoryMeasurement:
    """The last of many nights beside an early one, and each question as a multiple of one scan.

    Seconds by stage from load to publish, what comes before sees nothing but its night. `questions`
    has the seconds of the fastest of three times; `scan_seconds` is reading each column of all
    statements once.
    """

    night_count: int
    articles_a_night: int
    statement_count: int
    published_mb: float
    early_night_seconds: dict[str, float]
    last_night_seconds: dict[str, float]
    last_to_early: float
    whole_build_seconds: float
    scan_seconds: float
    questions: dict[str, float]

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure_history(
    settings: Settings,
    *,
    night_count: int,
    articles_a_night: int,
    tell: Callable[[str], None] = print,
) -> HistoryMeasurement:
    """Make a history of what the lake's nights say, build all of it but the last, then that one.

    Raises WrongCallError when there are too few nights to compare, or nothing to repeat.
    """
    if night_count <= EARLY_NIGHT or articles_a_night < 1:
        raise WrongCallError(f"A history needs more than {EARLY_NIGHT} nights, with articles.")
    templates = read_templates(settings.lake)
    with tempfile.TemporaryDirectory() as folder:
        early = dataclasses.replace(settings, home=Path(folder, "early"))
        _, early_seconds = _time_last_night(early, templates, EARLY_NIGHT, articles_a_night, tell)
        years = dataclasses.replace(settings, home=Path(folder, "years"))
        whole, seconds = _time_last_night(years, templates, night_count, articles_a_night, tell)
        published = warehouse.last_publication(years.published_file)
        return HistoryMeasurement(
            night_count=night_count,
            articles_a_night=articles_a_night,
            statement_count=published.statement_count,
            published_mb=round(years.published_file.stat().st_size / 2**20, 1),
            early_night_seconds=early_seconds,
            last_night_seconds=seconds,
            last_to_early=round(sum(seconds.values()) / sum(early_seconds.values()), 2),
            whole_build_seconds=whole,
            scan_seconds=_ask(years.published_file, _SCAN),
            questions={
                file.stem: _ask(years.published_file, file.read_text(encoding="utf-8"))
                for file in sorted(settings.cookbook.glob("*.sql"))
            },
        )


def _time_last_night(
    place: Settings,
    templates: list[Template],
    night_count: int,
    articles_a_night: int,
    tell: Callable[[str], None],
) -> tuple[float, dict[str, float]]:
    """Build a history without its last night whole, then add that; the seconds of both."""
    tell(f"Writing and loading {night_count:,} nights of {articles_a_night:,} articles ...")
    nights = [_FIRST_DATE + timedelta(days=number) for number in range(night_count)]
    for number, night in enumerate(nights):
        write_night(place.lake, templates, night, number=number, article_count=articles_a_night)
        if night != nights[-1]:
            load.do(place, night)
    tell("Building all of them but the last ...")
    whole = transform.do(place, nights[-2]).seconds
    tell("Adding the last ...")
    seconds = {name: round(do(place, nights[-1]).seconds, 2) for name, do in _STAGES.items()}
    return round(whole, 2), seconds


def _ask(published_file: Path, sql: str) -> float:
    """Give the seconds of a query, the file opened anew each time; the fastest of three."""
    took = []
    for _ in range(_TIMES_ASKED):
        started = time.perf_counter()
        warehouse.query(published_file, sql)
        took.append(time.perf_counter() - started)
    return round(min(took), 4)

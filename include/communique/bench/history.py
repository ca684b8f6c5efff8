"""Timing a night late in a history against one early in it, and the questions to that history."""

import dataclasses
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from communique import warehouse
from communique.bench.copied_nights import Template, read_templates, write_night
from communique.bench.invented_articles import NIGHT, write_articles
from communique.bench.processes import cpu_seconds_so_far
from communique.bench.questions import time_questions
from communique.errors import WrongCallError
from communique.settings import Settings
from communique.stages import LINE, audit, land, load, transform

EARLY_NIGHT = 7
"""The night that the last one is compared with: a week of history is a small one."""

_FIRST_DATE = date(2025, 1, 1)
_READING = ("extract_statements", "judge_positions")
"""Stages in which networks read the texts of their night, whatever came before."""


@dataclass(frozen=True, kw_only=True)
class HistoryMeasurement:
    """The last of many nights beside an early one, and each question as a multiple of one scan.

    Seconds by stage of all but extracting and judging, which see nothing but their night. Nights
    are copied into the lake, so what is landed are as many invented articles of 600 words.
    Processor seconds, of dbt's process too, tell more than the wall clock where others work on the
    machine. `questions` and `scan_seconds` are as in `Answers`.
    """

    night_count: int
    articles_a_night: int
    statement_count: int
    published_mb: float
    early_night_seconds: dict[str, float]
    last_night_seconds: dict[str, float]
    early_night_cpu_seconds: float
    last_night_cpu_seconds: float
    last_to_early: float
    last_to_early_cpu: float
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
        early = settings.apart(Path(folder, "early"))
        first = _time_last_night(early, templates, EARLY_NIGHT, articles_a_night, tell)
        years = settings.apart(Path(folder, "years"))
        last = _time_last_night(years, templates, night_count, articles_a_night, tell)
        published = warehouse.last_publication(years.published_file)
        answers = time_questions(years.published_file, settings.cookbook)
        return HistoryMeasurement(
            night_count=night_count,
            articles_a_night=articles_a_night,
            statement_count=published.statement_count,
            published_mb=round(years.published_file.stat().st_size / 2**20, 1),
            early_night_seconds=first.seconds,
            last_night_seconds=last.seconds,
            early_night_cpu_seconds=first.cpu_seconds,
            last_night_cpu_seconds=last.cpu_seconds,
            last_to_early=round(sum(last.seconds.values()) / sum(first.seconds.values()), 2),
            last_to_early_cpu=round(last.cpu_seconds / first.cpu_seconds, 2),
            whole_build_seconds=last.whole_build_seconds,
            scan_seconds=answers.scan_seconds,
            questions=answers.questions,
        )


@dataclass(frozen=True, kw_only=True)
class _Night:
    seconds: dict[str, float]
    cpu_seconds: float
    whole_build_seconds: float


def _time_last_night(
    place: Settings,
    templates: list[Template],
    night_count: int,
    articles_a_night: int,
    tell: Callable[[str], None],
) -> _Night:
    """Build a history without its last night whole, then add that."""
    tell(f"Writing and loading {night_count:,} nights of {articles_a_night:,} articles ...")
    nights = [_FIRST_DATE + timedelta(days=number) for number in range(night_count)]
    for number, night in enumerate(nights):
        write_night(place.lake, templates, night, number=number, article_count=articles_a_night)
        if night != nights[-1]:
            load.do(place, night)
    tell("Building all of them but the last ...")
    whole = transform.do(place, nights[-2]).seconds
    # The first audit of a process imports Great Expectations, which is no part of a night's work.
    audit.do(place, nights[-2])
    tell("Adding the last ...")
    before = cpu_seconds_so_far()
    seconds = {"land_dumps": _time_landing(place, articles_a_night)}
    for name, do in LINE.items():
        if name not in (*_READING, *seconds):
            seconds[name] = do(place, nights[-1]).seconds
    return _Night(
        seconds={name: round(number, 2) for name, number in seconds.items()},
        cpu_seconds=round(cpu_seconds_so_far() - before, 2),
        whole_build_seconds=round(whole, 2),
    )


def _time_landing(place: Settings, article_count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = place.apart(Path(folder, "home"), dumps=Path(folder, "dumps"))
        write_articles(place, elsewhere, article_count=article_count)
        return land.do(elsewhere, NIGHT).seconds

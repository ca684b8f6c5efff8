"""Timing the line: a night of invented articles, and the same night under Airflow."""

import dataclasses
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from communique.bench import scheduler
from communique.bench.invented_articles import NIGHT, write_articles
from communique.bench.processes import watch
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings
from communique.stages import LINE


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One night of `article_count` articles: wall seconds per stage, memory of the largest process.

    `extraction_share` is that of the wall time in which articles are read by the networks, which
    extract and judge. `extract_words_per_cpu_second` counts the words of the articles against the
    processor time of the whole extract stage, over all its processes. `dag_seconds` is the same
    night under Airflow, from the start of its first task to the end of its last; `dag_ratio` is
    that against the stages without it. Both are None where Airflow was not asked for.
    """

    article_count: int
    word_count: int
    statement_count: int
    workers: int
    seconds: dict[str, float]
    extract_share: float
    extraction_share: float
    extract_words_per_cpu_second: float
    largest_process_mb: float
    dag_seconds: float | None
    dag_ratio: float | None

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure_night(
    settings: Settings, *, article_count: int, with_airflow: bool = False
) -> Measurement:
    """Run a whole night of that many invented articles in an empty home and time each stage.

    With Airflow, its scheduler runs the same night after that in another empty home.
    """
    if article_count < 1:
        raise WrongCallError("A benchmark needs at least one article.")
    with tempfile.TemporaryDirectory() as folder:
        place = dataclasses.replace(
            settings, dumps=Path(folder, "dumps"), home=Path(folder, "home")
        )
        written = write_articles(settings, place, article_count=article_count)
        reports, cpu_seconds = {}, {}
        with watch(os.getpid()) as watched:
            for name, do in LINE.items():
                before = watched.cpu_seconds_of_all()
                reports[name] = do(place, NIGHT)
                cpu_seconds[name] = watched.cpu_seconds_of_all() - before
            dag_seconds = None
            if with_airflow:
                shutil.rmtree(place.home)
                with scheduler.start(place) as airflow:
                    (run,) = airflow.backfill(NIGHT, NIGHT).values()
                if set(run.states.values()) != {"success"}:
                    raise CommuniqueError(f"The night failed under Airflow: {run.states}")
                dag_seconds = run.seconds
    seconds = {name: report.seconds for name, report in reports.items()}
    total = sum(seconds.values())
    return Measurement(
        article_count=article_count,
        word_count=written.word_count,
        statement_count=reports["extract_statements"].counts["statements"],
        workers=settings.workers,
        seconds=seconds,
        extract_share=seconds["extract_statements"] / total,
        extraction_share=(seconds["extract_statements"] + seconds["judge_positions"]) / total,
        extract_words_per_cpu_second=round(
            written.word_count / max(cpu_seconds["extract_statements"], 1)
        ),
        largest_process_mb=round(watched.largest_mb),
        dag_seconds=dag_seconds,
        dag_ratio=dag_seconds / total if dag_seconds else None,
    )

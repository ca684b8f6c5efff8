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
    that against the stages without it. Both are None where Airflow was not asked for. Processor
    seconds are those of all processes of a stage; megabytes (2**20 bytes) are what the night left.
    """

    article_count: int
    word_count: int
    statement_count: int
    workers: int
    seconds: dict[str, float]
    cpu_seconds: dict[str, float]
    lake_mb: float
    build_mb: float
    published_mb: float
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
        place = settings.apart(Path(folder, "home"), dumps=Path(folder, "dumps"))
        written = write_articles(settings, place, article_count=article_count)
        reports, cpu_seconds = {}, {}
        with watch(os.getpid()) as watched:
            for name, do in LINE.items():
                before = watched.cpu_seconds_of_all()
                reports[name] = do(place, NIGHT)
                cpu_seconds[name] = watched.cpu_seconds_of_all() - before
            lake_mb = _megabytes(Path(place.lake))
            build_mb = sum(map(_megabytes, place.home.glob("build*.duckdb")))
            published_mb = _megabytes(place.published_file)
            dag_seconds = None
            if with_airflow:
                shutil.rmtree(place.home)
                (run,) = scheduler.backfill(place, NIGHT, NIGHT).values()
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
        cpu_seconds=cpu_seconds,
        lake_mb=lake_mb,
        build_mb=build_mb,
        published_mb=published_mb,
        extract_share=seconds["extract_statements"] / total,
        extraction_share=(seconds["extract_statements"] + seconds["judge_positions"]) / total,
        extract_words_per_cpu_second=round(
            written.word_count / max(cpu_seconds["extract_statements"], 1)
        ),
        largest_process_mb=round(watched.largest_mb),
        dag_seconds=dag_seconds,
        dag_ratio=dag_seconds / total if dag_seconds else None,
    )


def _megabytes(place: Path) -> float:
    """Count what a file holds, or all files in a folder."""
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
    return sum(file.stat().st_size for file in files) / 2**20

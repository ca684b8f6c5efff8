"""Timing the landing of invented articles: seconds, articles a second, peak memory."""

import dataclasses
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from communique.bench.invented_articles import NIGHT, write_articles
from communique.bench.processes import Watched, watch
from communique.bench.scheduler import environment_of
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings


@dataclass(frozen=True, kw_only=True)
class LandingMeasurement:
    """One JSON Lines file landed by `communique land`, in processes of its own.

    `cpu_seconds` is the work of all processes, which tells more than the wall clock where others
    work, too; `peak_memory_mb` what they took together at any moment, shared pages counted once.
    Both are None where it was over before anybody looked.
    """

    article_count: int
    megabytes: float
    workers: int
    seconds: float
    articles_per_second: float
    megabytes_per_second: float
    cpu_seconds: float | None
    peak_memory_mb: float | None

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure_landing(
    settings: Settings, *, article_count: int | None = None, megabytes: int | None = None
) -> LandingMeasurement:
    """Land that many invented articles, or as many as fill a file of that size."""
    if (article_count or megabytes or 0) < 1:
        raise WrongCallError("Landing needs at least one article or megabyte.")
    with tempfile.TemporaryDirectory() as folder:
        place = settings.apart(Path(folder, "home"), dumps=Path(folder, "dumps"))
        written = write_articles(settings, place, article_count=article_count, megabytes=megabytes)
        started = monotonic()
        watched = _land(place)
        seconds = monotonic() - started
    return LandingMeasurement(
        article_count=written.article_count,
        megabytes=round(written.megabytes, 1),
        workers=settings.workers,
        seconds=round(seconds, 2),
        articles_per_second=round(written.article_count / seconds, 1),
        megabytes_per_second=round(written.megabytes / seconds, 2),
        cpu_seconds=round(watched.cpu_seconds_of_all(), 1) or None,
        peak_memory_mb=round(watched.peak_memory_mb, 1) or None,
    )


def _land(place: Settings) -> Watched:
    """Land the night as a user does, and watch it."""
    command = [sys.executable, "-m", "communique.cli", "land", str(NIGHT)]
    with (
        subprocess.Popen(command, env=environment_of(place), stdout=subprocess.DEVNULL) as process,
        watch(process.pid) as watched,
    ):
        code = process.wait()
    if code:
        raise CommuniqueError(f"The landing failed with exit code {code}.")
    return watched

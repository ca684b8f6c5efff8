"""Timing the landing of invented articles: seconds, articles a second, peak memory."""

import dataclasses
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from time import monotonic

import psutil

from communique import dumps
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings

NIGHT = date(2026, 3, 9)
_WORDS = 600
"""Words of an article, which is about what those of newspapers have."""
_OUTLETS = 40
_SAMPLED_EVERY = 0.5
"""Seconds."""
_FIELDS = {
    "authors": ["Aino Kallela"],
    "language": "en",
    "image_url": "https://bench.example/1.jpg",
}


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
        place = dataclasses.replace(
            settings, dumps=Path(folder, "dumps"), home=Path(folder, "home")
        )
        file = place.dump_folder(NIGHT) / "bench.jsonl"
        file.parent.mkdir(parents=True)
        written = _write(settings, file, article_count, megabytes)
        size = file.stat().st_size / 2**20
        started = monotonic()
        watched = _land(place)
        seconds = monotonic() - started
    return LandingMeasurement(
        article_count=written,
        megabytes=round(size, 1),
        workers=settings.workers,
        seconds=round(seconds, 2),
        articles_per_second=round(written / seconds, 1),
        megabytes_per_second=round(size / seconds, 2),
        cpu_seconds=round(sum(watched.cpu_seconds.values()), 1) or None,
        peak_memory_mb=round(watched.peak_memory_mb, 1) or None,
    )


def _write(settings: Settings, file: Path, article_count: int | None, megabytes: int | None) -> int:
    """Write the articles; gives how many there are."""
    sentences = _sentences_of(settings.dumps)
    limit = megabytes * 2**20 if megabytes else None
    with file.open("w", encoding="utf-8") as written:
        for number in count():
            if number == article_count or (limit and written.tell() >= limit):
                return number
            written.write(json.dumps(_article(number, sentences), ensure_ascii=False) + "\n")
    return number


def _article(number: int, sentences: list[str]) -> dict[str, object]:
    chosen = random.Random(number)
    paragraphs: list[str] = []
    words = 0
    while words < _WORDS:
        paragraph = f"{chosen.choice(sentences)} It was number {chosen.randrange(10**6)}."
        paragraphs.append(paragraph)
        words += len(paragraph.split())
    outlet = number % _OUTLETS
    return {
        "url": f"https://outlet{outlet}.bench.example/2026/03/09/{number}?utm_source=bench",
        "source_name": f"Outlet {outlet}",
        "title": f"{chosen.choice(sentences)[:80]} ({number})",
        "description": chosen.choice(sentences),
        "maintext": "\n\n".join(paragraphs),
        "date_publish": f"2026-03-09 {number % 24:02}:{number % 60:02}:00",
        **_FIELDS,
    }


def _sentences_of(folder: Path) -> list[str]:
    """Take the sentences of the sample, of which articles are put together."""
    texts = [
        article.body_text
        for night in sorted(path for path in folder.iterdir() if path.is_dir())
        for name in dumps.list_files(night)
        for article in dumps.read_file(night, name, dump_date=NIGHT).articles
    ]
    sentences = [
        sentence
        for text in texts
        for sentence in re.split(r"(?<=[.!?”])\s+", text)
        if len(sentence) > 20
    ]
    if not sentences:
        raise WrongCallError(f"There are no articles in {folder} to take sentences from.")
    return sentences


@dataclass(slots=True)
class _Watched:
    """What was seen of a process and all below it: the peak of their memory, the time of each."""

    peak_memory_mb: float = 0
    cpu_seconds: dict[int, float] = field(default_factory=dict)


def _land(place: Settings) -> _Watched:
    """Land the night as a user does, and watch it."""
    environment = {
        **os.environ,
        "COMMUNIQUE_DUMPS": str(place.dumps),
        "COMMUNIQUE_HOME": str(place.home),
        "COMMUNIQUE_WORKERS": str(place.workers),
    }
    command = [sys.executable, "-m", "communique.cli", "land", str(NIGHT)]
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process,
        _watch(process.pid) as watched,
    ):
        code = process.wait()
    if code:
        raise CommuniqueError(f"The landing failed with exit code {code}.")
    return watched


@contextmanager
def _watch(process: int) -> Iterator[_Watched]:
    """Look at the memory and the time of a process and all below it, again and again."""
    watched, stop = _Watched(), threading.Event()

    def look() -> None:
        while not stop.wait(_SAMPLED_EVERY):
            memory = sum(_look_at(member, watched) for member in _family_of(process))
            watched.peak_memory_mb = max(watched.peak_memory_mb, memory)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield watched
    finally:
        stop.set()
        watcher.join()


def _family_of(process: int) -> list[psutil.Process]:
    """Find a process and all below it."""
    try:
        first = psutil.Process(process)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _look_at(member: psutil.Process, watched: _Watched) -> float:
    """Note how long a process has worked, and give the memory that it takes in MiB."""
    try:
        times = member.cpu_times()
        watched.cpu_seconds[member.pid] = times.user + times.system
        memory = member.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(memory, "pss", memory.uss) / 2**20

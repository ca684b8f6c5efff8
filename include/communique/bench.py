"""Timing the line: the sample's articles, repeated under new addresses up to a size."""

import dataclasses
import json
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from communique import dumps
from communique.errors import WrongCallError
from communique.settings import Settings
from communique.stages import LINE

BENCH_DATE = date(2026, 3, 9)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One night of `article_count` articles: wall seconds per stage, peak memory of the process.

    `extract_words_per_cpu_second` counts the words of the articles against the processor time of
    the whole extract stage, on one core: reading, extraction and writing.
    """

    article_count: int
    word_count: int
    statement_count: int
    seconds: dict[str, float]
    extract_words_per_cpu_second: float
    peak_memory_mb: float

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure(settings: Settings, *, article_count: int) -> Measurement:
    """Run a whole night of that many articles in an empty home and time each stage."""
    if article_count < 1:
        raise WrongCallError("A benchmark needs at least one article.")
    with tempfile.TemporaryDirectory() as folder:
        place = dataclasses.replace(
            settings, dumps=Path(folder, "dumps"), home=Path(folder, "home")
        )
        word_count = _write_dump(settings, place.dump_folder(BENCH_DATE), article_count)
        reports, cpu_seconds = {}, {}
        for name, do in LINE.items():
            before = time.process_time()
            reports[name] = do(place, BENCH_DATE)
            cpu_seconds[name] = time.process_time() - before
    return Measurement(
        article_count=article_count,
        word_count=word_count,
        statement_count=reports["extract_statements"].counts["statements"],
        seconds={name: report.seconds for name, report in reports.items()},
        extract_words_per_cpu_second=round(word_count / cpu_seconds["extract_statements"]),
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _write_dump(settings: Settings, folder: Path, article_count: int) -> int:
    """Write the dump; gives the number of words in it."""
    articles = [
        article
        for night in sorted(path for path in settings.dumps.iterdir() if path.is_dir())
        for name in dumps.list_files(night)
        for article in dumps.read_file(night, name, dump_date=BENCH_DATE).articles
    ]
    if not articles:
        raise WrongCallError(f"There are no articles in {settings.dumps} to repeat.")
    folder.mkdir(parents=True)
    word_count = 0
    with (folder / "bench.jsonl").open("w", encoding="utf-8") as file:
        for number, article in enumerate(islice(cycle(articles), article_count)):
            record = {
                "url": f"https://bench.example/{number}",
                "source": article.outlet_name,
                "title": article.title,
                "text": f"{article.body_text}\n\nArticle {number}.",
            }
            word_count += len(record["text"].split())
            file.write(json.dumps(record) + "\n")
    return word_count

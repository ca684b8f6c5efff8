"""Timing the line: the sample's articles, repeated under new addresses up to a size."""

import dataclasses
import json
import resource
import tempfile
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
    """One night of `article_count` articles: wall seconds per stage, peak memory of the process."""

    article_count: int
    statement_count: int
    seconds: dict[str, float]
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
        _write_dump(settings, place.dump_folder(BENCH_DATE), article_count)
        reports = {name: do(place, BENCH_DATE) for name, do in LINE.items()}
    return Measurement(
        article_count=article_count,
        statement_count=reports["extract_statements"].counts["statements"],
        seconds={name: report.seconds for name, report in reports.items()},
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _write_dump(settings: Settings, folder: Path, article_count: int) -> None:
    articles = [
        article
        for night in sorted(path for path in settings.dumps.iterdir() if path.is_dir())
        for name in dumps.list_files(night)
        for article in dumps.read_file(night, name, dump_date=BENCH_DATE).articles
    ]
    if not articles:
        raise WrongCallError(f"There are no articles in {settings.dumps} to repeat.")
    folder.mkdir(parents=True)
    with (folder / "bench.jsonl").open("w", encoding="utf-8") as file:
        for number, article in enumerate(islice(cycle(articles), article_count)):
            record = {
                "url": f"https://bench.example/{number}",
                "source": article.outlet_name,
                "title": article.title,
                "text": f"{article.body_text}\n\nArticle {number}.",
            }
            file.write(json.dumps(record) + "\n")

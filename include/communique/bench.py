"""Timing the line: the sample's articles, repeated up to a size, and the linking of names."""

import dataclasses
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from communique import dumps, lake, warehouse
from communique.errors import WrongCallError
from communique.records import (
    EXTRACTED_TABLES,
    JUDGED_TABLES,
    LANDED_TABLES,
    Article,
    Entity,
    Mention,
    make_id,
)
from communique.settings import Settings
from communique.stages import LINE, load, transform

BENCH_DATE = date(2026, 3, 9)
_NAMES_PER_ARTICLE = 20


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


@dataclass(frozen=True, kw_only=True)
class LinkingMeasurement:
    """The names of one night linked to actors of the nights before: wall seconds of the build.

    `transform_seconds` counts all models and tests; `actor_count` is what `dim_actors` holds then.
    """

    mention_count: int
    actor_count: int
    load_seconds: float
    transform_seconds: float

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def measure_linking(
    settings: Settings, *, mention_count: int, actor_count: int
) -> LinkingMeasurement:
    """Link a night of that many mentions to that many people, known from the night before.

    Every tenth mention has a middle initial, every twentieth another spelling.
    """
    if mention_count < 1 or actor_count < 1:
        raise WrongCallError("Linking needs at least one mention and one actor.")
    with tempfile.TemporaryDirectory() as folder:
        place = dataclasses.replace(settings, home=Path(folder, "home"))
        nights = {BENCH_DATE - timedelta(days=1): actor_count, BENCH_DATE: mention_count}
        seconds = 0.0
        for night, count in nights.items():
            names = (
                _spelled(number, actor_count, is_known=night < BENCH_DATE)
                for number in range(count)
            )
            _write_named_night(place, night, names)
            seconds = load.do(place, night).seconds
        report = transform.do(place, BENCH_DATE)
        ((found,),) = warehouse.query(
            place.build_file, "select count(*) from marts.dim_actors where origin = 'observed'"
        )[1]
    return LinkingMeasurement(
        mention_count=mention_count,
        actor_count=found,
        load_seconds=seconds,
        transform_seconds=report.seconds,
    )


def _spelled(number: int, actor_count: int, *, is_known: bool) -> str:
    """Give the name of the invented person that a mention is of."""
    person = number % actor_count
    first, last = _word(person % 251), _word(person // 251 + 300)
    if is_known:
        return f"{first} {last}"
    if number % 20 == 1:
        return f"{first} {last}".replace("i", "y")
    return f"{first} {'Q. ' if number % 10 == 0 else ''}{last}"


def _word(number: int) -> str:
    """Give an invented name for a number; different numbers have different ones."""
    syllables = ("bo", "da", "fe", "gu", "ka", "li", "mo", "nu", "pa", "ri", "so", "tu", "ve")
    word = ""
    while number or not word:
        number, place = divmod(number, len(syllables))
        word += syllables[place]
    return f"{word}n".capitalize()


def _write_named_night(place: Settings, night: date, names: Iterator[str]) -> None:
    landed = lake.partition(place.lake, "landed", night)
    extracted = lake.partition(place.lake, "extracted", night)
    judged = lake.partition(place.lake, "judged", night)
    with (
        lake.replace_partition(landed, LANDED_TABLES) as articles,
        lake.replace_partition(extracted, EXTRACTED_TABLES) as found,
        lake.replace_partition(judged, JUDGED_TABLES),
    ):
        groups = iter(lambda: list(islice(names, _NAMES_PER_ARTICLE)), [])
        for number, group in enumerate(groups):
            version = make_id(night, number)
            articles.append([_article(night, number, version, " ".join(group))])
            start = 0
            for position, name in enumerate(group):
                found.append(_named(night, version, position, name, start))
                start += len(name) + 1


def _article(night: date, number: int, version: str, text: str) -> Article:
    return Article(
        article_version_id=version,
        article_id=version,
        dump_date=night,
        dump_file="bench.jsonl",
        dump_record=number + 1,
        byte_offset=None,
        dump_format="generic",
        url=None,
        canonical_url=f"https://bench.example/{night}/{number}",
        outlet_name="Bench",
        outlet_domain="bench.example",
        title=None,
        standfirst=None,
        author=None,
        body_text=text,
        content_hash=version,
        language_code="en",
        published_text=None,
        published_at=None,
        published_precision="unknown",
        published_reason=None,
        wire_credit=None,
        extra=None,
    )


def _named(
    night: date, version: str, position: int, name: str, start: int
) -> tuple[Entity, Mention]:
    entity = Entity(
        article_version_id=version,
        dump_date=night,
        entity_number=position,
        entity_name=name,
        entity_type="person",
        country_text=None,
    )
    mention = Mention(
        mention_id=make_id(version, position),
        article_version_id=version,
        dump_date=night,
        entity_number=position,
        surface=name,
        char_start=start,
        char_end=start + len(name),
        link_method="full_name",
        link_confidence=0.9,
    )
    return entity, mention


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

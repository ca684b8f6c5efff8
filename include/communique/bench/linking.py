"""Timing the linking of names: one night of many names against many known people."""

import dataclasses
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from communique import lake, warehouse
from communique.bench.invented_articles import NIGHT
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
from communique.stages import load, transform

_NAMES_PER_ARTICLE = 20


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
        place = settings.apart(Path(folder, "home"))
        nights = {NIGHT - timedelta(days=1): actor_count, NIGHT: mention_count}
        seconds = 0.0
        for night, count in nights.items():
            names = (
                _spelled(number, actor_count, is_known=night < NIGHT) for number in range(count)
            )
            _write_named_night(place, night, names)
            seconds = load.do(place, night).seconds
        report = transform.do(place, NIGHT)
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

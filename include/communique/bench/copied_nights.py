"""Years of invented nights, made of articles that were really extracted.

A night of any date and size repeats the articles of a lake's nights. Each repetition has ids,
addresses, days and some words of its own, and partly people of its own; what was found in an
article stays where it is, so that every offset goes on to reproduce its words. Equal calls give
equal nights.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from communique import lake
from communique.errors import WrongCallError
from communique.records import (
    EXTRACTED_TABLES,
    JUDGED_TABLES,
    LANDED_TABLES,
    Article,
    ArticleSignature,
    Block,
    Entity,
    Extraction,
    ExtractionRun,
    Interaction,
    JudgingRun,
    Load,
    Mention,
    Record,
    Stance,
    Statement,
    StatementSpan,
    columns_of,
    make_id,
)

_IDS = (
    "article_version_id",
    "article_id",
    "content_hash",
    "band_hash",
    "statement_id",
    "mention_id",
    "stance_id",
    "interaction_id",
)
_QUOTE_CONTEXT = 32
_PLAIN_WORD = re.compile(r"\b[a-z]{4,}\b")
_LONGER_WORD = 5
"""Letters of the words that are replaced; a statement without such a word gives a shorter one."""

_KEPT_WORDS = 4
"""One word in so many becomes a word of the repetition, so that no two say the same."""

_DAYS_OF_A_NIGHT = 3
"""A dump holds the articles of so many days."""

_CORRECTED_SHARE = 50
"""One article in so many is delivered again the next night, with other words."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """One article of the lake with all that is known of it, and where its words may change."""

    article: Article
    blocks: tuple[Block, ...]
    signatures: tuple[ArticleSignature, ...]
    extraction: Extraction
    stances: tuple[Stance, ...]
    slots: tuple[tuple[int, int], ...]


def read_templates(lake_at: str) -> list[Template]:
    """Read all articles of the nights that were landed, extracted and judged.

    Raises WrongCallError when there is none.
    """
    templates = []
    for night in lake.dump_dates(lake_at, "judged"):
        landed, extracted, judged = (
            lake.find(lake_at, step, night) for step in ("landed", "extracted", "judged")
        )
        articles = list(lake.read_records(landed, "articles", Article))
        version_ids = {article.article_version_id for article in articles}
        blocks = lake.read_blocks(landed, version_ids)
        extractions = lake.read_extractions(extracted, version_ids)
        signatures, stances = defaultdict(list), defaultdict(list)
        for one in lake.read_records(landed, "article_signatures", ArticleSignature):
            signatures[one.article_version_id].append(one)
        for one in lake.read_records(judged, "stances", Stance):
            stances[one.article_version_id].append(one)
        for article in articles:
            version = article.article_version_id
            templates.append(
                Template(
                    article=article,
                    blocks=tuple(blocks[version]),
                    signatures=tuple(signatures[version]),
                    extraction=extractions[version],
                    stances=tuple(stances[version]),
                    slots=_slots(article.body_text, extractions[version]),
                )
            )
    if not templates:
        raise WrongCallError(
            f"No night is judged in {lake_at}, so there is nothing to make a history of: start "
            "with `communique run DATE`."
        )
    return templates


def write_night(
    lake_at: str, templates: list[Template], night: date, *, number: int, article_count: int
) -> int:
    """Write all partitions of the `number`-th night (from 0) of a history; gives its statements."""
    landed, extracted, judged = (
        lake.partition(lake_at, step, night) for step in ("landed", "extracted", "judged")
    )
    run_id = make_id("bench", night)
    statement_count = stance_count = 0
    started_at = datetime.combine(night, time())
    with (
        lake.replace_partition(extracted, EXTRACTED_TABLES) as found,
        lake.replace_partition(judged, JUDGED_TABLES) as positions,
    ):
        with lake.replace_partition(landed, LANDED_TABLES) as articles:
            for record, (template, repetition, edition) in enumerate(
                _deliveries(templates, number, article_count), start=1
            ):
                copy = _Copy(template, repetition, edition, night, record)
                articles.append([copy.article])
                articles.append(copy.rows(template.blocks))
                articles.append(copy.rows(template.signatures))
                for table in EXTRACTED_TABLES.keys() - {"extraction_runs"}:
                    found.append(copy.rows(getattr(template.extraction, table)))
                positions.append(copy.rows(template.stances))
                statement_count += len(template.extraction.statements)
                stance_count += len(template.stances)
            articles.append(
                [
                    Load(
                        load_id=make_id(night, "bench.jsonl"),
                        dump_date=night,
                        dump_file="bench.jsonl",
                        content_hash=None,
                        dump_format="generic",
                        records_read=article_count,
                        records_loaded=article_count,
                        records_rejected=0,
                        records_duplicate=0,
                        started_at=started_at,
                        seconds=0.0,
                    )
                ]
            )
        found.append(
            [
                ExtractionRun(
                    extraction_run_id=run_id,
                    extractor_version="bench",
                    model_hash="bench",
                    dump_date=night,
                    input_hash=lake.input_hash(landed.current()),
                    started_at=started_at,
                    article_count=article_count,
                    statement_count=statement_count,
                )
            ]
        )
        positions.append(
            [
                JudgingRun(
                    judging_run_id=make_id(run_id, "judged"),
                    extraction_run_id=run_id,
                    judge_version="bench",
                    codebook_version="bench",
                    dump_date=night,
                    started_at=started_at,
                    stance_count=stance_count,
                )
            ]
        )
    return statement_count


def _deliveries(
    templates: list[Template], number: int, article_count: int
) -> Iterator[tuple[Template, int, int]]:
    """Tell which template comes for which time, in which edition: corrections of last night first.

    A template and its repetition are one article; the second edition is the same with other words.
    """
    first = number * article_count
    corrected = range(first - article_count, first, _CORRECTED_SHARE) if number else range(0)
    for place in corrected:
        yield templates[place % len(templates)], place // len(templates), 1
    for place in range(first, first + article_count - len(corrected)):
        yield templates[place % len(templates)], place // len(templates), 0


class _Copy:
    """One repetition of a template: the same records with words, ids and days of its own."""

    def __init__(
        self, template: Template, repetition: int, edition: int, night: date, record: int
    ) -> None:
        self._repetition = repetition
        self._night = night
        published = template.article.published_at
        written_on = published.date() if published else template.article.dump_date
        self._days = night - timedelta(days=repetition % _DAYS_OF_A_NIGHT) - written_on
        self._ids: dict[str, str] = {}
        self._version_key = f"{repetition}.{edition}"
        self._body = _reworded(
            template.article.body_text, template.slots, _word(repetition * 2 + edition)
        )
        spans = defaultdict(list)
        for span in template.extraction.statement_spans:
            spans[span.statement_id].append(self._body[span.char_start : span.char_end])
        self._contents = {key: " [...] ".join(parts) for key, parts in spans.items()}
        address = template.article.canonical_url or "https://bench.example/"
        self.article = self._row(template.article)
        self.article = _with(
            self.article,
            article_id=self._id(template.article.article_id, str(repetition)),
            canonical_url=f"{address}/{repetition}",
            url=f"{address}/{repetition}",
            title=f"{template.article.title or ''} {_word(repetition).capitalize()}".lstrip(),
            body_text=self._body,
            dump_file="bench.jsonl",
            dump_record=record,
        )

    def rows(self, records: tuple[Record, ...]) -> Iterator[Record]:
        return map(self._row, records)

    def _row(self, record: Record) -> Record:
        kind = type(record)
        values = {name: getattr(record, name) for name in _names(kind)}
        for name in _ids_of(kind):
            if values[name] is not None:
                values[name] = self._id(values[name], self._version_key)
        for name in _days_of(kind):
            if values[name] is not None:
                values[name] += self._days
        values["dump_date"] = self._night
        if kind is Entity:
            values["entity_name"] = self._named(record)
        elif kind is Statement:
            start, end = record.char_start, record.char_end
            values["content_text"] = self._contents[record.statement_id]
            values["quote_prefix"] = self._body[max(start - _QUOTE_CONTEXT, 0) : start]
            values["quote_suffix"] = self._body[end : end + _QUOTE_CONTEXT]
        elif (cited := _CITED.get(kind)) is not None:
            values[cited] = self._body[record.char_start : record.char_end]
        return kind(**values)

    def _id(self, old: str, key: str) -> str:
        return self._ids.get(old) or self._ids.setdefault(old, make_id(old, key))

    def _named(self, entity: Entity) -> str:
        """Give half of the people another name: one in five of those a name that is new."""
        if entity.entity_type != "person":
            return entity.entity_name
        chance = int(make_id(entity.entity_name, self._repetition)[:6], 16)
        if chance % 2:
            return entity.entity_name
        person = self._repetition if chance % 10 == 0 else chance % (self._repetition + 1) // 5 * 5
        return (
            f"{entity.entity_name} {_word(person).capitalize()}" if person else entity.entity_name
        )


_CITED = {
    StatementSpan: "span_text",
    Mention: "surface",
    Stance: "evidence_text",
    Interaction: "evidence_text",
}


def _with(record: Record, **values: object) -> Record:
    return type(record)(**{name: getattr(record, name) for name in _names(type(record))} | values)


def _slots(body: str, extraction: Extraction) -> tuple[tuple[int, int], ...]:
    """Find the words that a repetition replaces: plain ones that are no part of a mention.

    Every statement has one where it can, or else it would be said again in every repetition.
    """
    named = [False] * (len(body) + 1)
    for mention in extraction.mentions:
        for place in range(mention.char_start, mention.char_end):
            named[place] = True
    plain = [
        match.span()
        for match in _PLAIN_WORD.finditer(body)
        if not any(named[match.start() : match.end()])
    ]
    longer = [(start, end) for start, end in plain if end - start >= _LONGER_WORD]
    chosen = set(longer[::_KEPT_WORDS])
    for span in extraction.statement_spans:
        chosen.update(_first_within(span, longer) or _first_within(span, plain))
    return tuple(sorted(chosen))


def _first_within(span: StatementSpan, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the first of the words that lies in a span, in a list that is empty where none does."""
    first = bisect.bisect_left(words, (span.char_start, 0))
    return [word for word in words[first : first + 1] if word[1] <= span.char_end]


def _reworded(body: str, slots: tuple[tuple[int, int], ...], word: str) -> str:
    """Put a word into the slots, cut or stretched to their lengths."""
    parts, end_of_last = [], 0
    for start, end in slots:
        parts += body[end_of_last:start], word.ljust(end - start, "o")[: end - start]
        end_of_last = end
    return "".join([*parts, body[end_of_last:]])


@cache
def _word(number: int) -> str:
    """Give a word of six letters; the first 274,625 numbers have different ones."""
    consonants, vowels = "bdfghklmnprst", "aeiou"
    word = ""
    for _ in range(3):
        number, place = divmod(number, len(consonants) * len(vowels))
        word += consonants[place // len(vowels)] + vowels[place % len(vowels)]
    return word


@cache
def _names(kind: type[Record]) -> tuple[str, ...]:
    return tuple(column.name for column in columns_of(kind))


@cache
def _ids_of(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in _names(kind) if name in _IDS)


@cache
def _days_of(kind: type[Record]) -> tuple[str, ...]:
    """Name the columns that hold days or times of the news; the dump date is set by itself."""
    return tuple(
        column.name
        for column in columns_of(kind)
        if issubclass(column.python_type, date) and column.name != "dump_date"
    )

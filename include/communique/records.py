"""The records that cross a wall between two rooms of the house.

Every table that a night writes is one frozen dataclass here; the Parquet schema of the lake and
the columns of `raw` and `ops` follow from its fields, so a column is added in one place.

Conventions that hold for every record:

- ids are short hashes of a natural key (`make_id`), the same on every run;
- unknown is None, never an empty string;
- times are UTC without a zone (`datetime`), days are `date`;
- `char_start`/`char_end` count Unicode code points in the article's `body_text`, end exclusive,
  and `body_text[char_start:char_end]` is exactly the text that the record holds beside them;
- countries and actors stay as the text wrote them (`country_text`, `entity_name`): dbt links them.
"""

import dataclasses
import hashlib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

ID_LENGTH = 16
_SEPARATOR = "\x1f"


def make_id(*parts: object) -> str:
    """Hash a natural key into the short id used everywhere: 16 hexadecimal digits of MD5.

    None counts as the empty string, as in the dbt macro of the same name, which gives equal ids.
    """
    key = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.md5(key.encode("utf-8"), usedforsecurity=False).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One dump file in one night; read = loaded + rejected + duplicate."""

    load_id: str
    dump_date: date
    dump_file: str
    content_hash: str | None
    dump_format: str
    records_read: int
    records_loaded: int
    records_rejected: int
    records_duplicate: int
    started_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRecord:
    """One record (or whole file) that could not be used, with the reason.

    `record_number` counts from 1 within the file and is None for a file refused as a whole;
    `byte_offset` counts in the decompressed file and is None where the format has none.
    """

    load_id: str
    dump_date: date
    dump_file: str
    record_number: int | None
    byte_offset: int | None
    reason_code: str
    reason: str
    raw_excerpt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as delivered by one record of a dump file.

    `article_id` hashes the canonical URL, or outlet and the record's own lasting id, or outlet and
    content where there is neither;
    `article_version_id` hashes article, night and content; `published_reason` says why a delivered
    time was left out; `extra` is a JSON object of the
    delivered fields that no column holds.
    """

    article_version_id: str
    article_id: str
    dump_date: date
    dump_file: str
    dump_record: int
    byte_offset: int | None
    dump_format: str
    url: str | None
    canonical_url: str | None
    outlet_name: str | None
    outlet_domain: str | None
    title: str | None
    standfirst: str | None
    author: str | None
    body_text: str
    content_hash: str
    language_code: str | None
    published_text: str | None
    published_at: datetime | None
    published_precision: str
    published_reason: str | None
    wire_credit: str | None
    extra: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch of an article's `body_text` with one function; blocks never overlap.

    `block_type` is headline, standfirst, body, caption, credit, byline, dateline, navigation,
    promotion or cross_heading.
    """

    article_version_id: str
    dump_date: date
    block_number: int
    block_type: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSignature:
    """One band of the MinHash signature of an article's text: nearly equal texts share some."""

    article_version_id: str
    dump_date: date
    band_number: int
    band_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One actor as one article names it: all its mentions, under its fullest name.

    `entity_type` is person, government, ministry, party, organisation, international_organisation,
    armed_force, outlet or group.

    A government that an article calls "Israel", "Jerusalem" and "the Netanyahu government" is one
    entity, named by its country ("Israel"). `country_text` is the word that shows the country
    ("Israeli", "Kyiv"), None where the text gives none.
    """

    article_version_id: str
    dump_date: date
    entity_number: int
    entity_name: str
    entity_type: str
    country_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an article mentions an entity.

    `link_method` says how the place was tied to the entity: full_name, surname, acronym, metonym,
    demonym, title or pronoun.
    """

    mention_id: str
    article_version_id: str
    dump_date: date
    entity_number: int
    surface: str
    char_start: int
    char_end: int
    link_method: str
    link_confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRole:
    """One place where an article gives a person a role ("Israeli Defense Minister Yoav Gallant").

    `role_title` is the title without country ("Defense Minister"); `organisation_text` the body it
    is held in where the text names one.
    """

    article_version_id: str
    dump_date: date
    entity_number: int
    role_title: str
    country_text: str | None
    organisation_text: str | None
    is_former: bool
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One referent that an article quotes or passes through, numbered within the article.

    Source 0 is always the publishing outlet. `source_type` is person, group, organisation,
    document, outlet, poll or post; `descriptor_rank` senior, official, spokesperson, former or
    ordinary. `entity_number` is the actor behind the source ("An Israel statement" is a document
    behind which stands Israel) and is None for unnamed sources.
    `descriptor` is what the text calls it ("unnamed Israeli official", "Israel statement");
    None for a source that is simply a named actor. `sector_code` is a PLOVER sector (GOV, MIL,
    ...) where the wording shows one.
    """

    article_version_id: str
    dump_date: date
    source_number: int
    source_type: str
    is_named: bool
    is_plural: bool
    source_name: str | None
    descriptor: str | None
    descriptor_rank: str | None
    country_text: str | None
    sector_code: str | None
    entity_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One content that an article attributes to one speaker.

    `content_text` joins the spans with " [...] "; `char_start`/`char_end` run from the first span
    to the last. `quote_prefix`/`quote_suffix` are up to 32 characters around it (W3C text quote
    selector). `quote_type` is direct, indirect or mixed; `modality` asserted, denied, hypothetical,
    future or conditional. `said_from`..`said_to` is when it was said, with `said_precision` day,
    week, month or unknown (then both are None). `confidence` is 0..1.
    """

    statement_id: str
    article_version_id: str
    dump_date: date
    source_number: int
    addressee_entity_number: int | None
    on_behalf_of_entity_number: int | None
    quote_type: str
    cue: str | None
    channel: str | None
    modality: str
    content_text: str
    char_start: int
    char_end: int
    quote_prefix: str
    quote_suffix: str
    sentence_number: int
    said_from: date | None
    said_to: date | None
    said_precision: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSpan:
    """One contiguous stretch of a statement's content, numbered from 1."""

    statement_id: str
    dump_date: date
    span_number: int
    char_start: int
    char_end: int
    span_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHop:
    """One hop of a statement's chain of attribution: 1 = publishing outlet, last = the origin.

    Offsets show where the text names the hop; None for the publisher and for an implicit hop
    (inherited from a sentence before, `is_implicit`).
    """

    statement_id: str
    article_version_id: str
    dump_date: date
    hop_number: int
    source_number: int
    cue: str | None
    char_start: int | None
    char_end: int | None
    is_implicit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """The position of a holder on a proposition, as one statement or the narration gives it.

    `statement_id` is None for narration; `position_score` is -1..1; `expression` is self, reported,
    imputed or authorial.
    """

    stance_id: str
    statement_id: str | None
    article_version_id: str
    dump_date: date
    holder_entity_number: int
    on_behalf_of_entity_number: int | None
    proposition_id: str
    codebook_version: str
    position: str
    position_score: float
    expression: str
    condition_text: str | None
    evidence_text: str
    char_start: int
    char_end: int
    held_from: date | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One meeting, call, visit, agreement or clash between two actors that an article reports."""

    interaction_id: str
    statement_id: str | None
    article_version_id: str
    dump_date: date
    interaction_type: str
    mode: str
    initiator_entity_number: int
    recipient_entity_number: int
    requested_by_entity_number: int | None
    place: str | None
    evidence_text: str
    char_start: int
    char_end: int
    happened_from: date | None
    happened_to: date | None
    happened_precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionRun:
    """One extractor version over one dump date.

    `input_hash` is the content hash of the landed articles, so that an unchanged night under an
    unchanged extractor is the same run.
    """

    extraction_run_id: str
    extractor_version: str
    model_hash: str
    dump_date: date
    input_hash: str
    started_at: datetime
    article_count: int
    statement_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingRun:
    """One judge with one codebook over one extraction run; it is the same run while they are."""

    judging_run_id: str
    extraction_run_id: str
    judge_version: str
    codebook_version: str
    dump_date: date
    started_at: datetime
    stance_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One human decision on a row; it lives in the user's `reviews.csv` and survives rebuilds.

    `value` is what the decision needs: the actor_id of which an actor becomes part, a name, a day.
    """

    review_id: str
    target_table: str
    target_id: str
    decision: str
    reviewer: str
    reviewed_at: datetime
    note: str | None
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationResult:
    """One expectation in one run."""

    run_id: str
    dump_date: date
    suite_name: str
    expectation_type: str
    column_name: str | None
    severity: str
    is_success: bool
    observed_value: str | None
    unexpected_count: int | None
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NightFigure:
    """One figure of one night, for one outlet or all of them, that later nights are compared with.

    `step` is landed or extracted; `figure` articles, refused_share, language_share_ and a language
    code, statements_per_article or unresolved_share.
    """

    dump_date: date
    step: str
    outlet_name: str
    figure: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtResult:
    """One dbt node in one run; `row_count` is None for anything but a built table."""

    run_id: str
    dump_date: date
    node_name: str
    resource_type: str
    status: str
    seconds: float
    row_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One published build."""

    publication_id: str
    published_at: datetime
    first_dump_date: date | None
    last_dump_date: date | None
    marts_hash: str
    statement_count: int
    stance_count: int


Record = (
    Load
    | RejectedRecord
    | Article
    | Block
    | ArticleSignature
    | Entity
    | Mention
    | EntityRole
    | Source
    | Statement
    | StatementSpan
    | StatementHop
    | Stance
    | Interaction
    | ExtractionRun
    | JudgingRun
    | Review
    | ValidationResult
    | NightFigure
    | DbtResult
    | Publication
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that one article's text yields; the fields carry the names of their tables."""

    entities: tuple[Entity, ...] = ()
    entity_roles: tuple[EntityRole, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    statement_spans: tuple[StatementSpan, ...] = ()
    statement_hops: tuple[StatementHop, ...] = ()
    interactions: tuple[Interaction, ...] = ()


LANDED_TABLES: Mapping[str, type] = types.MappingProxyType(
    {
        "loads": Load,
        "rejected_records": RejectedRecord,
        "articles": Article,
        "article_blocks": Block,
        "article_signatures": ArticleSignature,
    }
)
"""What `land` writes for a night, by table name."""

EXTRACTED_TABLES: Mapping[str, type] = types.MappingProxyType(
    {
        "extraction_runs": ExtractionRun,
        "entities": Entity,
        "entity_roles": EntityRole,
        "mentions": Mention,
        "sources": Source,
        "statements": Statement,
        "statement_spans": StatementSpan,
        "statement_hops": StatementHop,
        "interactions": Interaction,
    }
)
"""What `extract` writes for a night, by table name."""

JUDGED_TABLES: Mapping[str, type] = types.MappingProxyType(
    {"judging_runs": JudgingRun, "stances": Stance}
)
"""What `judge` writes for a night, by table name."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record: its name, its Python type, and whether it may be None."""

    name: str
    python_type: type
    is_nullable: bool


@cache
def columns_of(record_type: type) -> tuple[Column, ...]:
    """List the columns of a record type in the order of its fields."""
    hints = typing.get_type_hints(record_type)
    columns = []
    for field in dataclasses.fields(record_type):
        options = typing.get_args(hints[field.name]) or (hints[field.name],)
        python_type = next(option for option in options if option is not type(None))
        columns.append(Column(field.name, python_type, type(None) in options))
    return tuple(columns)

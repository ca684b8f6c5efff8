"""Statements in their articles: who said it, through whom it came, and where the words stand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from communique.errors import WrongCallError
from communique.tables import day_in_words
from communique.warehouse import Release

_STATEMENTS = """
    select
        statements.statement_id,
        statements.article_version_id,
        statements.statement_cluster_id,
        coalesce(speakers.actor_name, sources.descriptor) as speaker_name,
        roles.role_title as speaker_role,
        represented.actor_name as on_behalf_of_name,
        addressees.actor_name as addressee_name,
        statements.content_text,
        statements.quote_type,
        statements.modality,
        statements.said_from,
        statements.said_precision,
        statements.confidence,
        statements.is_origin_named,
        statements.is_current,
    from marts.fct_statements as statements
    inner join marts.dim_sources as sources
        on statements.speaker_source_id = sources.source_id
    left join marts.dim_actors as speakers
        on statements.speaker_actor_id = speakers.actor_id
    left join marts.dim_actor_roles as roles
        on statements.speaker_role_id = roles.actor_role_id
    left join marts.dim_actors as represented
        on statements.on_behalf_of_actor_id = represented.actor_id
    left join marts.dim_actors as addressees
        on statements.addressee_actor_id = addressees.actor_id
    where statements.statement_id in (select unnest(?::varchar[]))
    """

_SPANS = """
    select statement_id, char_start, char_end,
    from marts.statement_spans
    where statement_id in (select unnest(?::varchar[]))
    order by statement_id, span_number
    """

_HOPS = """
    select
        hops.statement_id,
        coalesce(outlets.outlet_name, sources.descriptor, actors.actor_name) as name,
        sources.source_type,
        hops.cue,
        sources.is_named,
        hops.is_implicit,
    from marts.fct_statement_hops as hops
    inner join marts.dim_sources as sources on hops.source_id = sources.source_id
    left join marts.dim_outlets as outlets on sources.outlet_id = outlets.outlet_id
    left join marts.dim_actors as actors on sources.actor_id = actors.actor_id
    where hops.statement_id in (select unnest(?::varchar[]))
    order by hops.statement_id, hops.hop_number
    """

_OTHER_REPORTS = """
    select
        asked.statement_id as of_statement_id,
        others.statement_id,
        outlets.outlet_name,
        articles.title,
        articles.article_date,
        articles.canonical_url,
        articles.duplicate_cluster_id = own_articles.duplicate_cluster_id as is_copy,
        others.is_current,
    from marts.fct_statements as asked
    inner join marts.dim_articles as own_articles
        on asked.article_id = own_articles.article_id
    inner join marts.fct_statements as others
        on
            asked.statement_cluster_id = others.statement_cluster_id
            and asked.statement_id <> others.statement_id
    inner join marts.dim_articles as articles on others.article_id = articles.article_id
    left join marts.dim_outlets as outlets on others.outlet_id = outlets.outlet_id
    where asked.statement_id in (select unnest(?::varchar[]))
    order by of_statement_id, articles.article_date, outlets.outlet_name, others.statement_id
    """

_POSITIONS = """
    select distinct
        stances.statement_id,
        holders.actor_name as holder_name,
        propositions.proposition_text,
        stances.position,
        stances.expression,
    from marts.fct_stances as stances
    inner join marts.dim_actors as holders on stances.holder_actor_id = holders.actor_id
    inner join marts.dim_propositions as propositions
        on stances.proposition_id = propositions.proposition_id
    where
        stances.statement_id in (select unnest(?::varchar[]))
        and stances.review_status <> 'rejected'
    order by stances.statement_id, holder_name, propositions.proposition_text
    """

_ARTICLES = """
    select
        versions.article_version_id,
        outlets.outlet_name,
        versions.title,
        versions.body_text,
        articles.canonical_url,
        articles.language_code,
        articles.author,
        articles.wire_credit,
        versions.change_type,
        versions.version_number,
        articles.version_count,
        versions.is_current,
        articles.article_date,
        articles.published_at,
        versions.dump_date,
        versions.dump_file,
        versions.dump_record,
    from marts.dim_article_versions as versions
    inner join marts.dim_articles as articles on versions.article_id = articles.article_id
    left join marts.dim_outlets as outlets on articles.outlet_id = outlets.outlet_id
    where versions.article_version_id in (select unnest(?::varchar[]))
    """

_FURNITURE = """
    select article_version_id, char_start, char_end,
    from marts.dim_article_blocks
    where
        article_version_id in (select unnest(?::varchar[]))
        and block_type in ('navigation', 'promotion', 'credit', 'byline')
    order by article_version_id, char_start
    """

_FEW = 3


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One step of a chain of attribution, by its name or by what the text calls it."""

    name: str
    source_type: str
    cue: str | None
    is_named: bool
    is_implicit: bool

    @property
    def label(self) -> str:
        """The name, or what the text calls an unnamed source, which then is called so."""
        if self.is_named or self.name.lower().startswith("unnamed"):
            return self.name
        return f"{self.name} (unnamed)"


@dataclass(frozen=True, kw_only=True)
class OtherReport:
    """The same statement elsewhere; a copy is the same text in another place."""

    statement_id: str
    outlet_name: str | None
    title: str | None
    article_date: date | None
    canonical_url: str | None
    is_copy: bool
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class ShownPosition:
    """A position that a statement shows."""

    holder_name: str
    proposition_text: str
    position: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one article version says that one speaker said, with all that is known about it.

    `spans` are code points of the article's text; `chain` starts with the outlet.
    """

    statement_id: str
    article_version_id: str
    statement_cluster_id: str
    speaker_name: str | None
    speaker_role: str | None
    on_behalf_of_name: str | None
    addressee_name: str | None
    content_text: str
    quote_type: str
    modality: str
    said_from: date | None
    said_precision: str
    confidence: float
    is_origin_named: bool
    is_current: bool
    spans: tuple[tuple[int, int], ...]
    chain: tuple[Hop, ...]
    other_reports: tuple[OtherReport, ...]
    positions: tuple[ShownPosition, ...]

    @property
    def speaker(self) -> str:
        """The speaker with the role of that day."""
        name = self.speaker_name or "somebody"
        return f"{name}, {self.speaker_role}" if self.speaker_role else name

    @property
    def said_on(self) -> str | None:
        """The day, week or month of saying, as exactly as the text gives it."""
        if self.said_from is None:
            return None
        if self.said_precision == "month":
            return f"{self.said_from:%B %Y}"
        day = day_in_words(self.said_from)
        return f"the week of {day}" if self.said_precision == "week" else day

    @property
    def chain_text(self) -> str:
        """The chain as one line, read from the right."""
        return " < ".join(hop.name for hop in self.chain)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of a paragraph in which the same statements are made, or none.

    `begins` names the statements whose first word is here.
    """

    text: str
    statement_ids: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A line of an article's text; furniture is no part of the story."""

    segments: tuple[Segment, ...]
    is_furniture: bool


@dataclass(frozen=True, kw_only=True)
class Article:
    """One delivered text of an article. `furniture` are code points of it."""

    article_version_id: str
    outlet_name: str | None
    title: str | None
    body_text: str
    canonical_url: str | None
    language_code: str | None
    author: str | None
    wire_credit: str | None
    change_type: str
    version_number: int
    version_count: int
    is_current: bool
    article_date: date | None
    published_at: datetime | None
    dump_date: date
    dump_file: str
    dump_record: int | None
    furniture: tuple[tuple[int, int], ...]

    def paragraphs(self, statements: Iterable[Statement]) -> list[Paragraph]:
        """Cut the text into paragraphs and these where a statement starts or ends."""
        spans = [(start, end, one.statement_id) for one in statements for start, end in one.spans]
        first = {}
        for start, _, statement_id in sorted(spans):
            first.setdefault(statement_id, start)
        paragraphs = []
        line_start = 0
        for line in self.body_text.split("\n"):
            line_end = line_start + len(line)
            if line.strip():
                inside = [span for span in spans if span[0] < line_end and span[1] > line_start]
                paragraphs.append(
                    Paragraph(
                        segments=self._segments(line_start, line_end, inside, first),
                        is_furniture=any(
                            start <= line_start and line_end <= end for start, end in self.furniture
                        ),
                    )
                )
            line_start = line_end + 1
        return paragraphs

    def _segments(
        self,
        line_start: int,
        line_end: int,
        spans: list[tuple[int, int, str]],
        first: Mapping[str, int],
    ) -> tuple[Segment, ...]:
        cuts = {line_start, line_end}
        for start, end, _ in spans:
            cuts |= {max(start, line_start), min(end, line_end)}
        places = sorted(cuts)
        segments = []
        for start, end in pairwise(places):
            here = {one: None for s, e, one in sorted(spans) if s <= start and end <= e}
            segments.append(
                Segment(
                    text=self.body_text[start:end],
                    statement_ids=tuple(here),
                    begins=tuple(one for one in here if first[one] == start),
                )
            )
        return tuple(segments)


def find_statement(release: Release, wanted: str) -> str:
    """Find the id of a statement by the id or its beginning.

    Raises WrongCallError when no statement or more than one starts so.
    """
    found = release.ask(
        "select statement_id from marts.fct_statements where starts_with(statement_id, ?) "
        "order by statement_id limit ?",
        [wanted.lower(), _FEW + 1],
    ).rows
    ids = [statement_id for (statement_id,) in found]
    if not wanted or not ids:
        raise WrongCallError(
            f"There is no statement {wanted!r}: ids are those of the column statement_id, such as "
            "in marts.statement_provenance."
        )
    if len(ids) > 1:
        more = ", ..." if len(ids) > _FEW else ""
        raise WrongCallError(
            f"More than one statement starts with {wanted!r}: {', '.join(ids[:_FEW])}{more}"
        )
    return ids[0]


def read_statements(release: Release, statement_ids: Iterable[str]) -> dict[str, Statement]:
    """Read statements, of old versions too, by their ids."""
    ids = sorted(set(statement_ids))
    spans = _grouped(release, _SPANS, ids, lambda row: (row["char_start"], row["char_end"]))
    chains = _grouped(release, _HOPS, ids, lambda row: Hop(**row))
    reports = _grouped(release, _OTHER_REPORTS, ids, lambda row: OtherReport(**row))
    positions = _grouped(release, _POSITIONS, ids, lambda row: ShownPosition(**row))
    return {
        row["statement_id"]: Statement(
            **row,
            spans=spans[row["statement_id"]],
            chain=chains[row["statement_id"]],
            other_reports=reports[row["statement_id"]],
            positions=positions[row["statement_id"]],
        )
        for row in release.ask(_STATEMENTS, [ids]).records()
    }


def read_articles(release: Release, article_version_ids: Iterable[str]) -> dict[str, Article]:
    """Read delivered texts by the ids of their versions."""
    ids = sorted(set(article_version_ids))
    furniture = _grouped(release, _FURNITURE, ids, lambda row: (row["char_start"], row["char_end"]))
    return {
        row["article_version_id"]: Article(**row, furniture=furniture[row["article_version_id"]])
        for row in release.ask(_ARTICLES, [ids]).records()
    }


def _grouped(
    release: Release, sql: str, ids: list[str], make: Callable[[dict], object]
) -> Mapping[str, tuple]:
    """Collect rows by their first column; `make` gets the others."""
    columns, rows = release.ask(sql, [ids])
    found = defaultdict(list)
    for row in rows:
        found[row[0]].append(make(dict(zip(columns[1:], row[1:], strict=True))))
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})

"""One article read and judged, with the questions that tests ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from communique.records import (
    Article,
    Entity,
    Extraction,
    Interaction,
    Source,
    Stance,
    Statement,
    StatementHop,
)

OUTLET = "Harbour Tribune"


@dataclass(frozen=True)
class Reading:
    """What the extractor makes of one article, and the judge of that."""

    article: Article
    extraction: Extraction
    judged: Sequence[Stance] = ()

    @property
    def statement(self) -> Statement:
        """The only statement of the text."""
        (statement,) = self.extraction.statements
        return statement

    @property
    def interaction(self) -> Interaction:
        """The only interaction of the text."""
        (interaction,) = self.extraction.interactions
        return interaction

    @property
    def stance(self) -> Stance:
        """The only stance of the text."""
        (stance,) = self.judged
        return stance

    @property
    def contents(self) -> list[str]:
        return [statement.content_text for statement in self.extraction.statements]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, statement by statement, as a chain words it."""
        return [_word(self.source_of(statement)) for statement in self.extraction.statements]

    @property
    def actors(self) -> set[str]:
        return {entity.entity_name for entity in self.extraction.entities}

    @property
    def stances(self) -> set[tuple[str | None, str, str, str]]:
        return {
            (
                self.actor(stance.holder_entity_number),
                stance.proposition_id,
                stance.position,
                stance.expression,
            )
            for stance in self.judged
        }

    def said(self, words: str) -> Statement:
        """The only statement whose content contains some words."""
        (statement,) = [one for one in self.extraction.statements if words in one.content_text]
        return statement

    def source_of(self, statement: Statement) -> Source:
        return self._source(statement.source_number)

    def speaker(self, words: str) -> str:
        return _word(self.source_of(self.said(words)))

    def entity(self, name: str) -> Entity:
        (entity,) = [one for one in self.extraction.entities if one.entity_name == name]
        return entity

    def actor(self, number: int | None) -> str | None:
        named = {one.entity_number: one.entity_name for one in self.extraction.entities}
        return None if number is None else named[number]

    def hops(self, statement: Statement) -> list[StatementHop]:
        return [
            hop
            for hop in self.extraction.statement_hops
            if hop.statement_id == statement.statement_id
        ]

    def chain(self, words: str) -> str:
        """The chain of the statement with some words: publisher first, origin last."""
        return " < ".join(
            _word(self._source(hop.source_number)) for hop in self.hops(self.said(words))
        )

    def spans(self, statement: Statement) -> list[str]:
        return [
            span.span_text
            for span in self.extraction.statement_spans
            if span.statement_id == statement.statement_id
        ]

    def _source(self, number: int) -> Source:
        (source,) = [one for one in self.extraction.sources if one.source_number == number]
        return source


def _word(source: Source) -> str:
    return source.descriptor or source.source_name or source.source_type


def build_article(
    text: str,
    *,
    outlet: str | None = OUTLET,
    published_on: date | None = None,
    title: str | None = None,
    language: str | None = "en",
) -> Article:
    """An article with a text, as `land` would deliver it."""
    published_at = None
    if published_on:
        published_at = datetime(published_on.year, published_on.month, published_on.day)
    return Article(
        article_version_id="a" * 16,
        article_id="b" * 16,
        dump_date=date(2026, 3, 2),
        dump_file="test.txt",
        dump_record=1,
        byte_offset=None,
        dump_format="jsonl",
        url=None,
        canonical_url=None,
        outlet_name=outlet,
        outlet_domain=None,
        title=title,
        standfirst=None,
        author=None,
        body_text=text,
        content_hash="c" * 16,
        language_code=language,
        published_text=None,
        published_at=published_at,
        published_precision="day" if published_on else "unknown",
        published_reason=None,
        wire_credit=None,
        extra=None,
    )

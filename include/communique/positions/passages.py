"""An article as a judge reads it: its sentences, with who is named and who speaks in each."""

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.extraction.sentences import split_sentences
from communique.positions.questions import Question
from communique.records import Article, Block, Entity, Extraction, Source, Statement

_READ_BLOCKS = ("body", "standfirst", "caption")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or headline.

    `start` and `end` are its characters in the article's `body_text`. `statement` is the one that
    covers most of it, `speaker` what its speaker is called; both None in narration. `holders` are
    the actors who may hold a position in it: those who speak and those who are named, in order.
    """

    start: int
    end: int
    text: str
    title: str | None
    before: str | None
    statement: Statement | None
    speaker: str | None
    holders: tuple[Entity, ...]

    def ask(self, proposition: str, holder: str | None = None) -> Question:
        """Ask where a holder, or anybody, stands on a proposition by this passage."""
        return Question(proposition, holder, self.speaker, self.title, self.before, self.text)


def read_passages(
    article: Article, blocks: Sequence[Block], extraction: Extraction
) -> list[Passage]:
    """Give the headline and the sentences of an article, in the order of the text."""
    text = article.body_text
    stretches: list[tuple[int, int, str | None]] = []
    for block in blocks:
        if block.block_type == "headline":
            stretches.append((block.char_start, block.char_end, None))
        elif block.block_type in _READ_BLOCKS:
            sentences = split_sentences(text, block.char_start, block.char_end)
            for before, one in pairwise([None, *sentences]):
                previous = text[before.start : before.end] if before else None
                stretches.append((one.start, one.end, previous))
    named = _Named(extraction)
    return [
        Passage(
            start,
            end,
            text[start:end],
            None if text[start:end] == article.title else article.title,
            before,
            named.statement(start, end),
            named.speaker(start, end),
            named.holders(start, end),
        )
        for start, end, before in stretches
    ]


class _Named:
    """Who speaks and who is named where."""

    def __init__(self, extraction: Extraction) -> None:
        self._entities: Mapping[int, Entity] = {
            one.entity_number: one for one in extraction.entities
        }
        self._sources: Mapping[int, Source] = {one.source_number: one for one in extraction.sources}
        self._statements: Mapping[str, Statement] = {
            one.statement_id: one for one in extraction.statements
        }
        self._spans = sorted(
            (span.char_start, span.char_end, span.statement_id)
            for span in extraction.statement_spans
        )
        self._mentions = sorted(
            (one.char_start, one.char_end, one.entity_number) for one in extraction.mentions
        )

    def _overlaps(self, start: int, end: int) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for first, last, statement_id in self._spans:
            if first >= end:
                break
            if last > start:
                found[statement_id] += min(last, end) - max(first, start)
        return found

    def statement(self, start: int, end: int) -> Statement | None:
        found = self._overlaps(start, end)
        return self._statements[max(found, key=found.get)] if found else None

    def speaker(self, start: int, end: int) -> str | None:
        statement = self.statement(start, end)
        if statement is None:
            return None
        source = self._sources[statement.source_number]
        entity = self._entities.get(source.entity_number)
        return entity.entity_name if entity else source.source_name or source.descriptor

    def holders(self, start: int, end: int) -> tuple[Entity, ...]:
        speaking = [
            self._sources[self._statements[statement_id].source_number].entity_number
            for statement_id in self._overlaps(start, end)
        ]
        first = bisect.bisect_left(self._mentions, (start,))
        named = []
        for begin, last, number in self._mentions[first:]:
            if begin >= end:
                break
            if last <= end:
                named.append(number)
        numbers = dict.fromkeys(n for n in (*speaking, *named) if n in self._entities)
        return tuple(self._entities[number] for number in numbers)

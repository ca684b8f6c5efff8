"""Spans to attributions: which content has which source and which cue."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.extraction.model.decoding import TagSpan
from communique.extraction.model.network import Reading
from communique.extraction.sentences import LONGEST_SENTENCE

Span = tuple[int, int]

_EDGES = frozenset(", \n\r\t\u00a0\u2028")
_MARKS = ("“", "”", '"')
_ENDS = re.compile(r"(?: on \w+)?[.\n]|$")
_BEGINS = re.compile(r"[.!?][”\"’)]*\s+|\n\s*")
_QUOTED = re.compile(r"[“”\"]")
_JOINED = re.compile(r"\s*(?:,|and|or|,\s*and|as well as|,\s*or)\s*")
_BELONGS = re.compile(r"\s*(?:by|from|in)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution as spans of the text; several content spans are one split quotation.

    `source` is None where the words beside the content name nobody. `outer` is the attribution in
    whose content this one stands. `span_chance` and `link_chance` (0..1) are what the network
    gives the content and its source.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    span_chance: float
    link_chance: float
    outer: "Attribution | None" = None


def link(text: str, readings: Sequence[Reading]) -> list[Attribution]:
    """Put the spans of each window together, in the order of the text."""
    found: list[Attribution] = []
    for reading in readings:
        outermost, *inner = reading.levels
        here = _statements(text, reading, outermost)
        for level in inner:
            here += [
                _inside(one, here)
                for one in _statements(text, reading, level)
                if not any(_repeats(one, other) for other in here)
            ]
        found += here
        found += _trailing(text, reading, here)
    return sorted(found, key=lambda one: one.content[0])


def _trailing(text: str, reading: Reading, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give a sentence to "..., two officials said." that nothing else is ascribed to.

    Where the sentence itself ascribes words to somebody, the network may miss who tells of it.
    """
    linked = {one.cue for one in known if one.source}
    spans = [span for span in reading.levels[0] if span.role != "content"]
    for first, second in pairwise(spans):
        if {first.role, second.role} != {"source", "cue"} or second.first != first.last + 1:
            continue
        start, end = reading.offsets(first)[0], reading.offsets(second)[1]
        source, cue = (first, second) if first.role == "source" else (second, first)
        if reading.offsets(cue) in linked or not _ENDS.match(text, end):
            continue
        reach = max(0, start - LONGEST_SENTENCE)
        begins = [found.end() for found in _BEGINS.finditer(text, reach, start)]
        sentence = begins[-1] if begins else reach
        content = _trim(text, (sentence, start))
        if content and text[content[1]] == "," and not _QUOTED.search(text, *content):
            yield Attribution(
                source=reading.offsets(source),
                cue=reading.offsets(cue),
                content=(content,),
                span_chance=min(source.confidence, cue.confidence),
                link_chance=0.5,
            )


def _repeats(one: Attribution, other: Attribution) -> bool:
    """Tell whether both levels found the same words of the same speaker."""
    (start, end), (first, last) = one.content[0], other.content[0]
    return one.cue == other.cue and one.source == other.source and start < last and first < end


def _inside(inner: Attribution, candidates: Sequence[Attribution]) -> Attribution:
    start, end = inner.content[0]
    for outer in candidates:
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b in outer.content):
            return replace(inner, outer=outer)
    return inner


def _statements(text: str, reading: Reading, spans: Sequence[TagSpan]) -> list[Attribution]:
    groups: list[list[TagSpan]] = []
    for span in spans:
        if span.role != "content":
            continue
        if span.joins and groups:
            groups[-1].append(span)
        else:
            groups.append([span])
    everywhere = [span for level in reading.levels for span in level]
    sources = [span for span in everywhere if span.role == "source"]
    cues = [span for span in everywhere if span.role == "cue"]
    built = []
    for group in groups:
        content = tuple(
            trimmed for span in group if (trimmed := _trim(text, reading.offsets(span)))
        )
        if not content:
            continue
        source, chance = _pointed(reading, "source", group, sources)
        cue, _ = _pointed(reading, "cue", group, cues)
        built.append(
            Attribution(
                source=_whole_source(text, reading, source, sources),
                cue=reading.offsets(cue) if cue else None,
                content=content,
                span_chance=min(span.confidence for span in group),
                link_chance=chance,
            )
        )
    return built


def _pointed(
    reading: Reading, role: str, group: Sequence[TagSpan], candidates: Sequence[TagSpan]
) -> tuple[TagSpan | None, float]:
    """Find the span that a statement's parts point to together, and how surely."""
    outside = [
        one
        for one in candidates
        if not any(one.first <= part.last and part.first <= one.last for part in group)
    ]
    firsts = [one.first for one in outside]
    chances = sum(reading.point(role, part.first, firsts) for part in group) / len(group)
    best = int(chances.argmax())
    return (outside[best] if best < len(outside) else None), float(chances[best])


def _whole_source(
    text: str, reading: Reading, source: TagSpan | None, sources: Sequence[TagSpan]
) -> Span | None:
    """Widen a source over those that "and" joins to it: several speakers of one statement."""
    if source is None:
        return None
    start, end = reading.offsets(source)
    for other in sorted(sources, key=lambda one: one.first):
        first, last = reading.offsets(other)
        if first > end and (
            _JOINED.fullmatch(text, end, first) or _BELONGS.fullmatch(text, end, first)
        ):
            end = last
    for other in sorted(sources, key=lambda one: -one.first):
        first, last = reading.offsets(other)
        if last < start and _JOINED.fullmatch(text, last, start):
            start = first
    return start, end


def _trim(text: str, span: Span) -> Span | None:
    """Cut blanks and commas off, and the quotation marks that have no partner inside."""
    start, end = span
    while True:
        before = start, end
        while start < end and text[start] in _EDGES:
            start += 1
        while start < end and text[end - 1] in _EDGES:
            end -= 1
        words = text[start:end]
        if words[:1] in _MARKS and _closing(words) in (-1, len(words) - 1):
            start += 1
        elif words[-1:] in _MARKS and _is_left_over(words):
            end -= 1
        if (start, end) == before:
            return (start, end) if start < end else None


def _closing(words: str) -> int:
    """Give where the quotation that some words open with is closed; -1 where it is not."""
    return min((at for mark in '”"' if (at := words.find(mark, 1)) > 0), default=-1)


def _is_left_over(words: str) -> bool:
    """Tell whether a mark at the end closes nothing that was opened in the words."""
    if words[-1] == '"':
        return words.count('"') % 2 == 1
    return words.count("“") != words.count("”")

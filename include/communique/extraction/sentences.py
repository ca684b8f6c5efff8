"""Sentences and quotations of a stretch of text, by offsets."""

import re
from dataclasses import dataclass

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Reps|Sens|Gov|Gen|Lt|Col|Maj|Brig|Adm|Capt|Sgt|St|Jr|Sr|No"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|vs|Inc|Ltd|Co|Corp|Rev|Hon|approx|etc)"
    r"|\b[A-Z]|\b[ap]\.m|\b(?:[A-Z]\.)+[A-Z])\.$"
)
_BOUNDARY = re.compile(
    r"(?<![.!?…])[.!?…]+[\"”’)\]]*(?=\s+(?:[-–—]\s+)?[\"“‘(\[]?[A-Z0-9“\"‘])|\n\s*\n|\n(?=\s*\S)"
)
_QUOTATION = re.compile(
    r"“((?:[^“”\"]|(?<![,.!?…])\"|\"(?=\w)){1,6000}+)(?:”|\"|$)|(?<![^\s(\[—–\-:‘’'“”…])\"([^\"]{1,6000}+)(?:\"|$)"
)
LONGEST_SENTENCE = 1500
"""Characters: what has no end until then is no prose, and is not searched any further."""
_ENDS_SENTENCE = re.compile(r"[.!?…]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `start`..`end` with its marks, `inner_start`..`inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the quotations that start in it; a quotation is never cut in two."""

    number: int
    start: int
    end: int
    quotations: tuple[Quotation, ...]


def split_sentences(text: str, start: int, end: int, first_number: int = 1) -> list[Sentence]:
    """Split `text[start:end]` (one block) into sentences, numbered from `first_number`."""
    quotations = _quotations(text, start, end)
    masked = _mask(text, start, end, quotations)
    sentences: list[Sentence] = []
    begin = start
    for boundary in [*_boundaries(masked, start), end]:
        stripped = text[begin:boundary].strip().lstrip("-–— ")
        if stripped:
            last = begin + len(text[begin:boundary].rstrip())
            first = last - len(stripped)
            inside = tuple(q for q in quotations if first <= q.start < last)
            sentences.append(Sentence(first_number + len(sentences), first, last, inside))
        begin = boundary
    return sentences


def _quotations(text: str, start: int, end: int) -> list[Quotation]:
    found = []
    for match in _QUOTATION.finditer(text, start, end):
        group = 1 if match[1] is not None else 2
        first, last = match.span(group)
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            found.append(Quotation(match.start(), match.end(), first, last))
    return found


def _mask(text: str, start: int, end: int, quotations: list[Quotation]) -> str:
    """Blank the inside of quotations; one that ends a sentence keeps its full stop."""
    parts, position = [], start
    for quotation in quotations:
        parts.append(text[position : quotation.inner_start])
        inner = text[quotation.inner_start : quotation.inner_end]
        keeps = _ENDS_SENTENCE.search(inner) is not None
        parts.append("x" * (len(inner) - keeps) + (inner[-1] if keeps else ""))
        position = quotation.inner_end
    parts.append(text[position:end])
    return "".join(parts)


def _boundaries(masked: str, start: int) -> list[int]:
    return [
        start + boundary.end()
        for boundary in _BOUNDARY.finditer(masked)
        if not _ABBREVIATION.search(masked, max(0, boundary.start() - 12), boundary.start() + 1)
    ]

"""Documents to training examples: a window and what the network should say of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from communique.extraction.model.encoding import WINDOW, Encoder, Window
from communique.extraction.model.labels import GUIDELINES, LEVELS, LINKS, MENTIONS, TAGS
from communique.training.corpora import Attribution, Document, Span

_TAG = {tag: number for number, tag in enumerate(TAGS)}
_MENTION = {tag: number for number, tag in enumerate(MENTIONS)}
ELSEWHERE = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its answers.

    `tags` is int64 (LEVELS, words); `mentions` int64 (words,), -1 where the corpus has none;
    `links` lists (link, from word, to word), to word 0 for "elsewhere". Where `is_annotated` is
    false all of them are empty.
    """

    window: Window
    guideline: int
    tags: np.ndarray
    mentions: np.ndarray
    links: tuple[tuple[int, int, int], ...]
    is_annotated: bool


def examples(document: Document, encoder: Encoder, chance: random.Random | None) -> list[Example]:
    """Cut a document into examples; with `chance`, its windows begin elsewhere each time."""
    first = chance.randint(WINDOW // 3, WINDOW) if chance else None
    return [
        _example(document, window)
        for window in encoder.windows(document.text, document.stretches, first=first)
    ]


class _Words:
    """The words of a window by the characters they stand on."""

    def __init__(self, window: Window) -> None:
        self.starts = np.array(window.starts)
        self.ends = np.array(window.ends)

    def inside(self, span: Span) -> range:
        """Give the words that a span touches."""
        first = int(np.searchsorted(self.ends, span[0], side="right"))
        last = int(np.searchsorted(self.starts, span[1], side="left"))
        return range(max(first, 1), max(last, first, 1))


def _example(document: Document, window: Window) -> Example:
    words = _Words(window)
    tags = np.zeros((LEVELS, len(window.starts)), np.int64)
    links: dict[tuple[int, int], int] = {}
    ordered = sorted(
        document.attributions or (), key=lambda one: (one.content[0][0], -one.content[-1][1])
    )
    for attribution in ordered:
        _put(attribution, words, tags, links)
    mentions = np.full(len(window.starts), -1, np.int64)
    if document.mentions is not None:
        mentions[:] = 0
        for span, kind in document.mentions:
            _fill(mentions, words.inside(span), _MENTION[f"B-{kind}"], _MENTION[f"I-{kind}"])
    antecedent = LINKS.index("antecedent")
    for start, target in document.antecedents:
        here = words.inside((start, start + 1))
        if here:
            there = words.inside((target, target + 1)) if target is not None else ()
            links[antecedent, here[0]] = there[0] if there else ELSEWHERE
    return Example(
        window,
        GUIDELINES.index(document.guideline),
        tags,
        mentions,
        tuple((link, here, there) for (link, here), there in links.items()),
        document.attributions is not None,
    )


def _put(
    attribution: Attribution, words: _Words, tags: np.ndarray, links: dict[tuple[int, int], int]
) -> None:
    contents = [found for span in attribution.content if (found := words.inside(span))]
    sources = [found for span in attribution.source if (found := words.inside(span))]
    cues = [found for span in attribution.cue if (found := words.inside(span))]
    level = next(
        (n for n in range(LEVELS) if not any(tags[n, found].any() for found in contents)), None
    )
    if level is None:
        return
    for number, found in enumerate(contents):
        start = "J-content" if number else "B-content"
        _fill(tags[level], found, _TAG[start], _TAG["I-content"])
        for link, ends in (("source", sources), ("cue", cues)):
            target = min(
                (end[0] for end in ends),
                key=lambda place, found=found: min(abs(place - found[0]), abs(place - found[-1])),
                default=ELSEWHERE,
            )
            links.setdefault((LINKS.index(link), found[0]), target)
    for role, ends in (("source", sources), ("cue", cues)):
        for found in ends:
            _place(tags, level, found, role)


def _place(tags: np.ndarray, level: int, found: range, role: str) -> None:
    """Tag a source or cue on the level of its content, or on the other where that is taken."""
    first, rest = _TAG[f"B-{role}"], _TAG[f"I-{role}"]
    for n in (level, *(n for n in range(LEVELS) if n != level)):
        there = tags[n, found]
        if not there.any():
            _fill(tags[n], found, first, rest)
            return
        if there[0] == first and (there[1:] == rest).all():
            return


def _fill(row: np.ndarray, words: Sequence[int], first: int, rest: int) -> None:
    for number, word in enumerate(words):
        row[word] = rest if number else first

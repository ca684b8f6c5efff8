"""Who is said to say what: the network's attributions, each in its sentence."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.extraction.linking import Attribution, Span, link
from communique.extraction.model.network import Network, Reading
from communique.extraction.sentences import Sentence

_REPORT = re.compile(r"\breport(?:s|ed|ing)?\b|\breveal(?:s|ed|ing)?\b|\baccording to\b", re.I)
"""Cues of outlets and documents, which often report nothing but what somebody said."""
_FEW_WORDS = 6
"""Words around an inner attribution that carry no content of the outer: "that", "on Monday"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One attribution with the sentence that says who speaks.

    `source` is None for content whose speaker is named elsewhere. `outer` is the attribution that
    this one stands in ("Axios reported that X said ..."); `only_relays` marks such an outer one
    that says no more than that.
    """

    sentence: Sentence
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    span_chance: float
    link_chance: float
    outer: "Tagged | None" = None
    only_relays: bool = False


def find_attributions(network: Network, text: str) -> list[Attribution]:
    """Find who says what in a plain text, line by line, without knowing its article."""
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
        start += len(line) + 1
    found, relays = _attributions(network, text, network.read(text, lines))
    return [one for one in found if id(one) not in relays]


def _attributions(
    network: Network, text: str, readings: Sequence[Reading]
) -> tuple[list[Attribution], set[int]]:
    """Find attributions, and which of them (by `id`) report nothing but what another says."""
    found = link(text, readings)
    relays = {
        id(one.outer): one.outer for one in found if one.outer and _is_report(text, one.outer)
    }
    for one in found:
        if id(one) not in relays and one.outer is None and _is_report(text, one):
            inner = [
                replace(other, outer=one)
                for other in link(text, network.read(text, one.content))
                if _fills(text, other, one)
            ]
            if inner:
                found = [*found, *inner]
                relays[id(one)] = one
    told = {
        id(one.outer)
        for one in found
        if one.outer and id(one.outer) in relays and _fills(text, one, one.outer)
    }
    return sorted(found, key=lambda one: one.content[0]), told


def _is_report(text: str, one: Attribution) -> bool:
    is_cue = one.cue is not None and _REPORT.search(text, *one.cue)
    return bool(is_cue) and len(one.content) == 1


def _fills(text: str, inner: Attribution, outer: Attribution) -> bool:
    """Tell whether all that an attribution says is that somebody else says something."""
    if inner.source is None or inner.cue is None:
        return False
    start, end = outer.content[0]
    spans = (inner.source, inner.cue, *inner.content)
    if not all(start <= a and b <= end for a, b in spans):
        return False
    covered = sum(len(text[a:b].split()) for a, b in spans)
    return len(text[start:end].split()) - covered <= _FEW_WORDS


def tag(
    network: Network, text: str, readings: Sequence[Reading], sentences: Sequence[Sentence]
) -> list[Tagged]:
    """Find the attributions of a text that the network has read, in their order."""
    starts = [sentence.start for sentence in sentences]
    known: dict[int, Tagged] = {}
    found, relays = _attributions(network, text, readings)

    def place(one: Attribution) -> Tagged:
        if id(one) not in known:
            anchor = one.cue or one.source or one.content[0]
            known[id(one)] = Tagged(
                sentence=sentences[max(0, bisect.bisect_right(starts, anchor[0]) - 1)],
                source=one.source,
                cue=one.cue,
                content=one.content,
                span_chance=one.span_chance,
                link_chance=one.link_chance,
                outer=place(one.outer) if one.outer else None,
                only_relays=id(one) in relays,
            )
        return known[id(one)]

    return [place(one) for one in found]

"""Found attributions against annotated ones: exact spans of each role, and whole attributions.

The measures are those of PolNeAR's literature: an attribution is found when its content shares at
least half of the words of either (intersection over union), in a one-to-one matching.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.extraction.linking import Attribution as Found
from communique.training.corpora import Attribution, Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ROLES = ("source", "cue", "content")
_ENOUGH = 0.5


@dataclass(slots=True)
class Tally:
    """What was right of what was found and of what was there."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, right: int, found: int, there: int) -> None:
        """Count one text more."""
        self.right += right
        self.found += found
        self.there += there

    def figures(self) -> dict[str, float]:
        """Give precision, recall and F1, each 0..1, rounded to three places."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.there if self.there else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return {
            name: round(value, 3)
            for name, value in (("precision", precision), ("recall", recall), ("f1", f1))
        }


class SpanScore:
    """Adds up texts; `figures()` tells."""

    def __init__(self) -> None:
        self._exact = {role: Tally() for role in _ROLES}
        self._content = Tally()
        self._with_source = Tally()

    def add(self, text: str, gold: Sequence[Attribution], found: Sequence[Found]) -> None:
        """Count one text."""
        words = [match.span() for match in _WORD.finditer(text)]

        def on(spans: Iterable[Span]) -> frozenset[int]:
            return frozenset(
                i for a, b in spans for i, (start, end) in enumerate(words) if start < b and a < end
            )

        wanted = [{role: tuple(getattr(one, role)) for role in _ROLES} for one in gold]
        given = [
            {
                "source": (one.source,) if one.source else (),
                "cue": (one.cue,) if one.cue else (),
                "content": one.content,
            }
            for one in found
        ]
        for role, tally in self._exact.items():
            there = {on([span]) for one in wanted for span in one[role]} - {frozenset()}
            here = {on([span]) for one in given for span in one[role]} - {frozenset()}
            tally.add(len(there & here), len(here), len(there))
        contents = [on(one["content"]) for one in wanted], [on(one["content"]) for one in given]
        pairs = match(*contents)
        with_source = sum(
            overlap(on(wanted[i]["source"]), on(given[j]["source"])) >= _ENOUGH for i, j in pairs
        )
        self._content.add(len(pairs), len(given), len(wanted))
        self._with_source.add(with_source, len(given), len(wanted))

    def figures(self) -> dict[str, dict[str, float]]:
        """Give the figures by measure."""
        exact = {f"exact {role}": tally.figures() for role, tally in self._exact.items()}
        return exact | {
            "attribution content": self._content.figures(),
            "attribution content and source": self._with_source.figures(),
        }


def overlap(one: frozenset, other: frozenset) -> float:
    """Give intersection over union; two empty sets agree."""
    return len(one & other) / len(one | other) if one | other else 1.0


def match(gold: Sequence[frozenset], found: Sequence[frozenset]) -> list[tuple[int, int]]:
    """Pair what shares at least half, best first, one to one."""
    shares = sorted(
        (
            (share, i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one and other and (share := overlap(one, other)) >= _ENOUGH
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in shares:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs

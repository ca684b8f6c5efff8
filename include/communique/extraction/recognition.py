"""What the network sees of actors in an article: who is named where, and which places act."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction.model.heads import Heads
from communique.extraction.model.network import Reading


@dataclass(frozen=True, slots=True)
class Name:
    """A name by its offsets; `kind` is person, organisation, party, place or other."""

    start: int
    end: int
    kind: str


class Recognition:
    """The names of one article, and whether a place acts, asked by offsets."""

    def __init__(self, heads: Heads, readings: Sequence[Reading]) -> None:
        self._heads = heads
        self._readings = sorted(readings, key=_first_word)
        self._begins = [_first_word(one) for one in self._readings]
        self._names = [
            Name(*reading.offsets(span), span.role)
            for reading in self._readings
            for span in heads.names(reading.vectors)
        ]
        self._starts = [name.start for name in self._names]

    def names(self, start: int, end: int) -> list[Name]:
        """List the names that start in a stretch."""
        first = bisect.bisect_left(self._starts, start)
        return self._names[first : bisect.bisect_left(self._starts, end)]

    def starts_of(self, *kinds: str) -> frozenset[int]:
        """Give where the names of some kinds start."""
        return frozenset(name.start for name in self._names if name.kind in kinds)

    def acting(self, start: int, end: int) -> float:
        """Say how likely the place named at `start..end` stands for who acts there."""
        reading = self._readings[max(0, bisect.bisect_right(self._begins, start) - 1)]
        words = reading.window.starts
        last = bisect.bisect_left(words, end) - 1
        first = min(bisect.bisect_right(words, start) - 1, last)
        return self._heads.acting(reading.vectors, first, last)


def _first_word(reading: Reading) -> int:
    return reading.window.starts[1] if len(reading.window.starts) > 1 else -1

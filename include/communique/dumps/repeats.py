"""Furniture that only shows across articles: the lines an outlet starts or ends its texts with."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from communique.records import Article

HEAD, TAIL = 5, 8
"""Lines at the start and at the end of a text among which furniture is looked for."""
_FEWEST = 4
_SHARE = 0.1
"""A line is furniture from so many articles of an outlet on, and from such a share of them."""
_LONGEST = 600
_MOST = 400_000
"""Lines that are kept in mind: when there are more, the rarest are forgotten."""


def outlet_of(article: Article) -> str:
    """Name the outlet whose habits an article follows; empty where it is unknown."""
    return article.outlet_domain or article.outlet_name or ""


def outer_lines(article: Article) -> frozenset[int]:
    """Give the keys of the first and last lines of an article."""
    lines = article.body_text.split("\n")
    return frozenset(
        key_of(line) for line in (*lines[:HEAD], *lines[-TAIL:]) if 0 < len(line) <= _LONGEST
    )


def key_of(line: str) -> int:
    """Give a number for the words of a line, in which the space between them does not count."""
    words = " ".join(line.split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


class Repeats:
    """Counts the first and last lines of the articles of each outlet, in bounded memory.

    All articles are noted before the first outlet is asked about.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lines: dict[str, Counter[int]] = defaultdict(Counter)
        self._articles: Counter[str] = Counter()
        self._found: dict[str, frozenset[int]] = {}
        self._kept = 0

    def note(self, outlet: str, lines: Iterable[int]) -> None:
        """Count the lines of one article of an outlet."""
        if not outlet:
            return
        counted = self._lines[outlet]
        before = len(counted)
        counted.update(lines)
        self._articles[outlet] += 1
        self._kept += len(counted) - before
        if self._kept > self._most:
            self._forget()

    def of(self, outlet: str) -> frozenset[int]:
        """Give the keys of the lines that are furniture in the articles of an outlet."""
        if outlet not in self._found:
            fewest = max(_FEWEST, _SHARE * self._articles[outlet])
            lines = self._lines.get(outlet, {})
            self._found[outlet] = frozenset(
                line for line, count in lines.items() if count >= fewest
            )
        return self._found[outlet]

    def _forget(self) -> None:
        """Forget the rarest lines, until half of the room is free."""
        rarest = 0
        while self._kept > self._most // 2:
            rarest += 1
            for outlet, counted in list(self._lines.items()):
                kept = Counter({line: count for line, count in counted.items() if count > rarest})
                self._lines[outlet] = kept
                if not kept:
                    del self._lines[outlet]
            self._kept = sum(map(len, self._lines.values()))

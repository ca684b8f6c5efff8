"""Furniture that only shows across articles of an outlet.

These are the lines that many of its texts start or end with, and whole texts that stand under
several titles: what a page shows in the place of an article, such as its latest news.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from communique.dumps.text import first_sentences, last_sentences
from communique.records import Article

HEAD, TAIL = 5, 8
"""Lines at the start and at the end of a text among which furniture is looked for."""
_FEWEST = 4
_SHARE = 0.1
"""A line is furniture from so many texts of an outlet on, and from such a share of them."""
_TITLES = 3
"""A text is furniture from so many titles of one outlet on that it stands under."""
_LONGEST = 600
_MOST = 200_000
"""Lines and titles that are kept in mind: when there are more, the rarest are forgotten."""


def outlet_of(article: Article) -> str:
    """Name the outlet whose habits an article follows; empty where it is unknown."""
    return article.outlet_domain or article.outlet_name or ""


@dataclass(frozen=True, slots=True)
class Traits:
    """The keys of what may show as furniture: outer lines, a text, and a text with its title."""

    outlet: str
    lines: frozenset[int]
    text: int
    titled_text: int


def traits_of(article: Article) -> Traits:
    """Take the traits of an article."""
    lines = article.body_text.split("\n")
    return Traits(
        outlet=outlet_of(article),
        lines=frozenset(
            key_of(line)
            for line in (*_outer(lines[:HEAD]), *_outer(lines[-TAIL:]))
            if 0 < len(line) <= _LONGEST
        ),
        text=key_of(article.content_hash),
        titled_text=key_of(f"{article.content_hash} {article.title or ''}"),
    )


def key_of(line: str) -> int:
    """Give a number for the words of a line, in which the space between them does not count."""
    words = " ".join(line.split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def _outer(lines: list[str]) -> Iterator[str]:
    """Give lines, and of the long ones, which may have lost their ends, the outer sentences."""
    for line in lines:
        if len(line) <= _LONGEST:
            yield line
        else:
            yield from (one[0] for one in islice(first_sentences(line), HEAD))
            yield from (one[0] for one in last_sentences(line, 0, len(line))[:TAIL])


@dataclass(slots=True)
class _Outlet:
    """What is counted of an outlet: its different texts, texts by line, titles by text."""

    texts: int = 0
    lines: Counter[int] = field(default_factory=Counter)
    titles: Counter[int] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.lines) + len(self.titles)


class Repeats:
    """Counts the traits of the articles of each outlet, in bounded memory.

    All articles are noted before the first outlet is asked about.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._outlets: dict[str, _Outlet] = defaultdict(_Outlet)
        self._found: dict[str, frozenset[int]] = {}
        self._kept = 0

    def note(self, traits: Traits) -> None:
        """Count the traits of one article."""
        if not traits.outlet:
            return
        outlet = self._outlets[traits.outlet]
        before = len(outlet)
        if traits.text not in outlet.titles:
            outlet.texts += 1
            outlet.lines.update(traits.lines)
        outlet.lines[traits.titled_text] += 1
        if outlet.lines[traits.titled_text] == 1:
            outlet.titles[traits.text] += 1
        self._kept += len(outlet) - before
        if self._kept > self._most:
            self._forget()

    def of(self, name: str) -> frozenset[int]:
        """Give the keys of the lines and texts that are furniture with an outlet."""
        if name not in self._found:
            outlet = self._outlets.get(name, _Outlet())
            fewest = max(_FEWEST, _SHARE * outlet.texts)
            lines = {line for line, count in outlet.lines.items() if count >= fewest}
            texts = {text for text, count in outlet.titles.items() if count >= _TITLES}
            self._found[name] = frozenset(lines | texts)
        return self._found[name]

    def _forget(self) -> None:
        """Forget what is rarest, until half of the room is free."""
        rarest = 0
        while self._kept > self._most // 2:
            rarest += 1
            for outlet in self._outlets.values():
                outlet.lines = _above(rarest, outlet.lines)
                outlet.titles = _above(rarest, outlet.titles)
            self._kept = sum(map(len, self._outlets.values()))


def _above(rarest: int, counted: Counter[int]) -> Counter[int]:
    return Counter({key: count for key, count in counted.items() if count > rarest})

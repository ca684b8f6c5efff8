"""Furniture that only shows across articles: the lines an outlet starts or ends its texts with."""

from collections import Counter, defaultdict

from communique.records import Article

HEAD, TAIL = 5, 8
"""Lines at the start and at the end of a text among which furniture is looked for."""
_FEWEST = 4
_SHARE = 0.1
"""A line is furniture from so many articles of an outlet on, and from such a share of them."""
_LONGEST = 600


class Repeats:
    """Counts the first and last lines of the articles of each outlet.

    All articles are noted before the first is asked about.
    """

    def __init__(self) -> None:
        self._lines: dict[str, Counter[str]] = defaultdict(Counter)
        self._articles: Counter[str] = Counter()
        self._found: dict[str, frozenset[str]] = {}

    def note(self, article: Article) -> None:
        """Count the lines of one article."""
        outlet = _outlet_of(article)
        if outlet:
            lines = article.body_text.split("\n")
            plain = [" ".join(line.split()) for line in (*lines[:HEAD], *lines[-TAIL:])]
            self._lines[outlet].update({line for line in plain if 0 < len(line) <= _LONGEST})
            self._articles[outlet] += 1

    def of(self, article: Article) -> frozenset[str]:
        """Give the lines that are furniture in articles of its outlet, with single spaces."""
        outlet = _outlet_of(article)
        if outlet not in self._found:
            fewest = max(_FEWEST, _SHARE * self._articles[outlet])
            lines = self._lines.get(outlet, {})
            self._found[outlet] = frozenset(
                line for line, count in lines.items() if count >= fewest
            )
        return self._found[outlet]


def _outlet_of(article: Article) -> str:
    return article.outlet_domain or article.outlet_name or ""

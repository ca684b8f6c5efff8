"""The names we know before we read: states, organisations, outlets and office-holders."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from communique.records import make_id

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*")

_FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK"})
_HYPHENATED_GIVEN_NAME = re.compile(r"[A-Z][a-z]+-[a-z]+")

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """Something a name stands for.

    `kind` is country, organisation, outlet or person; `name` the registry's name (for a country
    its own name); `alias_type` is filled for countries.
    """

    kind: str
    name: str
    entity_type: str
    country_code: str | None
    alias_type: str = "name"
    role_title: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text, with its offsets."""

    start: int
    end: int
    known: Known


def family_name(name: str, country_code: str | None) -> str:
    """Give the word that a person is called by: the last one, or the first in East Asia."""
    words = name.split()
    is_first = country_code in _FAMILY_NAME_FIRST or _HYPHENATED_GIVEN_NAME.fullmatch(words[-1])
    return words[0] if is_first else words[-1]


class Gazetteer:
    """Finds known names in a text, longest first, case-sensitive.

    `version` changes with any name, and so with what articles may yield.
    """

    def __init__(self, names: Mapping[str, Known], countries: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        self._by_alias = dict(names)
        self.country_names = dict(countries)
        self.version = make_id(*sorted((alias, *astuple(known)) for alias, known in names.items()))
        self.adjectives = {
            known.country_code: alias
            for alias, known in reversed(names.items())
            if known.alias_type == "adjective"
        }
        self._holders: dict[str, set[str]] = {}
        for alias, known in names.items():
            tokens = tuple(TOKEN.findall(alias))
            if tokens:
                self._by_first.setdefault(tokens[0], []).append((tokens, known))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

        self._by_office: dict[tuple[str, str | None], set[str]] = {}
        for known in names.values():
            if known.kind == "person":
                office = (known.role_title or "").lower(), known.country_code
                self._by_office.setdefault(office, set()).add(known.name)
                surname = family_name(known.name, known.country_code)
                self._holders.setdefault(surname, set()).add(known.name)

    @classmethod
    def from_rows(
        cls,
        *,
        states: Rows,
        country_aliases: Rows,
        organisations: Rows,
        outlets: Rows,
        office_holders: Rows,
    ) -> "Gazetteer":
        """Build it from the rows of the registry's seeds, by their column names."""
        countries = {row["country_code"]: row["country_name"] for row in states}
        names: dict[str, Known] = {}
        for row in country_aliases:
            code = row["country_code"]
            names[row["alias"]] = Known(
                "country", countries[code], "government", code, row["alias_type"]
            )
        for row in outlets:
            known = Known("outlet", row["outlet_name"], "outlet", row["country_code"] or None)
            for alias in (row["outlet_name"], *_split(row["aliases"])):
                names.setdefault(alias, known)
        for row in organisations:
            known = Known(
                "organisation", row["actor_name"], row["actor_type"], row["country_code"] or None
            )
            for alias in (row["actor_name"], *_split(row["aliases"])):
                names.setdefault(alias, known)
        for row in office_holders:
            known = Known(
                "person",
                row["actor_name"],
                "person",
                row["country_code"] or None,
                role_title=row["role_title"],
            )
            for alias in (row["actor_name"], *_split(row["aliases"])):
                names.setdefault(alias, known)
        return cls(names, countries)

    def get(self, alias: str) -> Known | None:
        """Look up one name, with or without its article."""
        return self._by_alias.get(alias) or self._by_alias.get(alias.removeprefix("the "))

    def holder(self, surname: str) -> Known | None:
        """Give the one office-holder with this surname; None when nobody or several have it."""
        names = self._holders.get(surname, ())
        return self._by_alias.get(next(iter(names))) if len(names) == 1 else None

    def sole_holder(self, role_title: str, country_code: str) -> Known | None:
        """Give the one person that the registry has in an office, whenever; None for several."""
        names = self._by_office.get((role_title.lower(), country_code), ())
        return self._by_alias.get(next(iter(names))) if len(names) == 1 else None

    def find(self, text: str) -> Iterator[Hit]:
        """Find the known names in a text, left to right, never overlapping."""
        tokens = [(found[0], found.start(), found.end()) for found in TOKEN.finditer(text)]
        position = 0
        while position < len(tokens):
            for wanted, known in self._by_first.get(tokens[position][0], ()):
                last = position + len(wanted)
                if all(
                    token[0] == word
                    for token, word in zip(tokens[position:last], wanted, strict=False)
                ) and last <= len(tokens):
                    yield Hit(tokens[position][1], tokens[last - 1][2], known)
                    position = last - 1
                    break
            position += 1


def _split(aliases: str | None) -> list[str]:
    return [alias for alias in (aliases or "").split("|") if alias]

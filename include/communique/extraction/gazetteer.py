"""The names we know before we read: states, organisations, outlets and office-holders."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from pathlib import Path

from communique.records import make_id
from communique.seeds import read_seed

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*")

_FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK"})
_HYPHENATED_GIVEN_NAME = re.compile(r"[A-Z][a-z]+-[a-z]+")

_REGISTRY = ("states", "country_aliases", "organisations", "outlets", "office_holders")
_HERALDED = timedelta(days=2 * 365)
_RECALLED = timedelta(days=8 * 365)

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Office:
    """One spell of an office; `last` is None where no end is known."""

    role_title: str
    country_code: str | None
    first: date
    last: date | None

    def is_held_on(self, day: date) -> bool:
        """Tell whether a day lies in the spell."""
        return self.first <= day and (self.last is None or day <= self.last)

    def is_recent_on(self, day: date) -> bool:
        """Tell whether people still call its holder by the surname alone on a day."""
        return self.first - _HERALDED <= day and (self.last is None or day <= self.last + _RECALLED)


@dataclass(frozen=True, slots=True)
class Known:
    """Something a name stands for.

    `kind` is country, organisation, outlet or person; `name` the registry's name (for a country
    its own name); `alias_type` is filled for countries, `offices` for people.
    """

    kind: str
    name: str
    entity_type: str
    country_code: str | None
    alias_type: str = "name"
    offices: tuple[Office, ...] = ()


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
        for alias, known in names.items():
            tokens = tuple(TOKEN.findall(alias))
            if tokens:
                self._by_first.setdefault(tokens[0], []).append((tokens, known))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

        people = {known.name: known for known in names.values() if known.kind == "person"}
        self._by_surname: dict[str, list[Known]] = {}
        self._by_office: dict[tuple[str, str | None], list[Known]] = {}
        for known in people.values():
            surname = family_name(known.name, known.country_code)
            self._by_surname.setdefault(surname, []).append(known)
            for office in {(one.role_title.lower(), one.country_code) for one in known.offices}:
                self._by_office.setdefault(office, []).append(known)

    @classmethod
    def from_seeds(cls, folder: Path) -> "Gazetteer":
        """Build it from the registry's seeds. Raises CommuniqueError when one is missing."""
        return cls.from_rows(**{name: read_seed(folder / f"{name}.csv") for name in _REGISTRY})

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
        for name, rows in _by_name(office_holders).items():
            offices = tuple(_office(row) for row in rows)
            country = max(offices, key=lambda office: office.first).country_code
            known = Known("person", name, "person", country, offices=offices)
            for alias in (name, *(alias for row in rows for alias in _split(row["aliases"]))):
                names.setdefault(alias, known)
        return cls(names, countries)

    def get(self, alias: str) -> Known | None:
        """Look up one name, with or without its article."""
        return self._by_alias.get(alias) or self._by_alias.get(alias.removeprefix("the "))

    def holder(self, surname: str, on: date | None) -> Known | None:
        """Give the one office-holder that a surname alone means on a day; None for several."""
        return _only(
            known
            for known in self._by_surname.get(surname, ())
            if on is None or any(office.is_recent_on(on) for office in known.offices)
        )

    def sole_holder(self, role_title: str, country_code: str, on: date | None) -> Known | None:
        """Give who holds an office on a day; without a day, who alone is known to have held it."""
        office = role_title.lower(), country_code
        return _only(
            known
            for known in self._by_office.get(office, ())
            if on is None
            or any(
                (one.role_title.lower(), one.country_code) == office and one.is_held_on(on)
                for one in known.offices
            )
        )

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


def _by_name(rows: Rows) -> dict[str, list[Mapping[str, str]]]:
    named: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        named.setdefault(row["actor_name"], []).append(row)
    return named


def _office(row: Mapping[str, str]) -> Office:
    return Office(
        row["role_title"],
        row["country_code"] or None,
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _only(found: Iterable[Known]) -> Known | None:
    people = list(found)
    return people[0] if len(people) == 1 else None

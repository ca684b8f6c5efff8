"""The actors of one article while it is being read, with their mentions."""

import bisect
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from communique.extraction.gazetteer import Gazetteer, Known, family_name
from communique.extraction.given_names import is_given_name

GENERATIONS = frozenset({"II", "III", "IV"}) | frozenset({"Jr", "Jr.", "Sr", "Sr."})


@dataclass(slots=True)
class Referent:
    """One actor of one article while it is being read."""

    number: int
    name: str
    entity_type: str
    country_text: str | None = None
    country_code: str | None = None
    roles: list["Role"] = field(default_factory=list)
    honorifics: set[str] = field(default_factory=set)
    registered_in: str | None = None

    @property
    def surname(self) -> str:
        """The word that the person is called by."""
        words = self.name.split()
        while len(words) > 1 and words[-1] in GENERATIONS:
            words = words[:-1]
        return family_name(" ".join(words), self.country_code or self.registered_in)


@dataclass(frozen=True, slots=True)
class Role:
    """A role as one place gives it."""

    title: str
    country_text: str | None
    organisation_text: str | None
    is_former: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a referent: where, and how it was recognised."""

    referent: Referent
    start: int
    end: int
    method: str
    confidence: float


class Cast:
    """The actors of one article and their mentions, in the order of the text.

    `recognised_people` and `recognised_bodies` are the places where names of people and of bodies
    start, as far as the model sees.
    `places_within` are mentions inside others, which say nothing about who acts: "Oduya" of "the
    Oduya government".
    """

    def __init__(self, text: str, gazetteer: Gazetteer, published_on: date | None = None) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.published_on = published_on
        self.recognised_people: Collection[int] = ()
        self.recognised_bodies: Collection[int] = ()
        self.referents: list[Referent] = []
        self.places: list[Place] = []
        self.places_within: list[Place] = []
        self._by_key: dict[tuple[str, str], Referent] = {}
        self._first: dict[int, Place] = {}

    def refer(
        self,
        name: str,
        entity_type: str,
        *,
        country_text: str | None = None,
        country_code: str | None = None,
    ) -> Referent:
        """Give the referent of a name, a new one when it is new; countries are added once known."""
        key = (entity_type, name.casefold())
        referent = self._by_key.get(key)
        if referent is None:
            referent = Referent(len(self.referents), name, entity_type)
            self.referents.append(referent)
            self._by_key[key] = referent
        if referent.country_text is None and country_text:
            referent.country_text, referent.country_code = country_text, country_code
        return referent

    def government(self, country_code: str, country_text: str) -> Referent:
        """Give the government of a country."""
        name = self.gazetteer.country_names[country_code]
        return self.refer(name, "government", country_text=country_text, country_code=country_code)

    def mention(
        self, referent: Referent, start: int, end: int, method: str, confidence: float
    ) -> None:
        """Note a mention."""
        place = Place(referent, start, end, method, confidence)
        bisect.insort(self.places, place, key=_start_of)
        self._note_first(place)

    def mention_within(
        self, referent: Referent, start: int, end: int, method: str, confidence: float
    ) -> None:
        """Note a mention that lies inside another one."""
        self.places_within.append(Place(referent, start, end, method, confidence))
        self._note_first(self.places_within[-1])

    def _note_first(self, place: Place) -> None:
        known = self._first.get(place.referent.number)
        if known is None or place.start < known.start:
            self._first[place.referent.number] = place

    def first_mention(self, referent: Referent) -> Place | None:
        """Give the first mention of a referent; None for one that is only inferred."""
        return self._first.get(referent.number)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the text has in small letters."""
        return frozenset(re.findall(r"\b[a-z][\w’'-]*", self.text))

    def persons(self) -> list[Referent]:
        """List the people."""
        return [referent for referent in self.referents if referent.entity_type == "person"]

    def by_surname(self, word: str) -> Referent | None:
        """Find the one person with this surname; None when nobody or more than one has it.

        Where several share it, it is the office-holder that the registry knows by it.
        """
        found = [person for person in self.persons() if person.surname == word]
        if len(found) > 1:
            usual = [person for person in found if is_given_name(person.name.split()[0])]
            found = usual if len(usual) == 1 else found
        if len(found) > 1:
            holder = self.holder(word)
            found = [person for person in found if holder and person.name == holder.name]
        return found[0] if len(found) == 1 else None

    def holder(self, surname: str) -> Known | None:
        """Give the one office-holder that a surname alone means on the day of the article."""
        return self.gazetteer.holder(surname, self.published_on)

    def sole_holder(self, role_title: str, country_code: str) -> Known | None:
        """Give who held an office on the day of the article."""
        return self.gazetteer.sole_holder(role_title, country_code, self.published_on)

    def by_title(self, surname: str) -> Referent:
        """Give the person that a title and a surname name, a new one when nobody has it."""
        person = self.by_surname(surname)
        if person is None and is_given_name(surname):
            known = [one for one in self.persons() if one.name.split()[0] == surname]
            person = known[0] if len(known) == 1 else None
        holder = self.holder(surname)
        return person or self.refer(holder.name if holder else surname, "person")

    def inside(self, start: int, end: int) -> list[Place]:
        """List the mentions that lie in a stretch."""
        first = bisect.bisect_left(self.places, start, key=_start_of)
        last = bisect.bisect_left(self.places, end, key=_start_of)
        return [place for place in self.places[first:last] if place.end <= end]

    def before(self, position: int) -> Iterator[Place]:
        """List the mentions that start before a place, the nearest first."""
        for number in range(bisect.bisect_left(self.places, position, key=_start_of) - 1, -1, -1):
            yield self.places[number]


def _start_of(place: Place) -> int:
    return place.start

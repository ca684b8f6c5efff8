"""Who is named in an article: people, governments, organisations, outlets, with every mention."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.extraction.gazetteer import Gazetteer, Hit
from communique.extraction.lexicon import (
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    ROLE_IN_APPOSITION,
    TITLE_WORDS,
)

_INITIAL = r"[A-Z]\."
_NAME_WORD = r"(?:[A-Z][\w’'\-]*[a-z][\w’'\-]*|[A-Z]{2,}[a-z]*(?:-[A-Z]\w+)?)"
_PARTICLE = r"(?:al|el|bin|ben|ibn|van|von|der|den|de|da|di|du|del|la|le|of)"
_NAME = re.compile(
    rf"(?<![\w@#/]){_NAME_WORD}(?:[ \u00a0](?:{_INITIAL}[ \u00a0])?(?:{_PARTICLE}[ \u00a0-])"
    rf"?(?:{_PARTICLE}[ \u00a0-])?"
    rf"{_NAME_WORD}){{0,4}}"
)
_TITLE_BEFORE = re.compile(
    rf"(?:(?P<former>[Ff]ormer"
    rf"|[Ee]x-)\s*)?(?:(?P<country>[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)??)(?:[’']s)?\s+)?"
    rf"(?:(?P<former2>former)\s+)?(?P<title>{TITLE_WORDS})\s+$"
)
_TITLE_START = re.compile(rf"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady)\.?\s+)?(?:{TITLE_WORDS}\s+)?")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady)\.?\s+$")
_APPOSITION = re.compile(
    r",\s+(?P<former>(?:the |a |an )?former )?(?:the |a |an )?(?P<former2>former )?"
    r"(?:(?P<country>(?:[A-Z][\w.’'-]+)(?: [A-Z][\w’'-]+)?)(?:[’']s)?\s+)?"
    rf"(?P<title>{ROLE_IN_APPOSITION.pattern}|{TITLE_WORDS})\b"
    r"(?:\s+(?:of|at|for)\s+(?:the\s+)?(?P<organisation>[A-Z][\w’'&.-]*(?: (?:of |for "
    r"|and )?[A-Z][\w’'&.-]*){0,5}))?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*\((?:the )?(?P<acronym>[A-Z][A-Za-z]{1,9})\)")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|into|across|inside|outside|around|through|to|of|throughout|within"
    r"|entered|left|visited|eastern|western|northern|southern|central|between|over|toward|towards)"
    r"\s+(?:the\s+)?$"
)
_ACTS_AFTER = re.compile(
    r"(?:[’']s)?\s+(?:government|position|stance|policy|officials?|leaders?|administration|decision"
    r"|refusal|response|support|opposition|demands?|request|offer|plans?|side|authorities|military"
    r"|army|forces|ministry|parliament|cabinet|said|says|has|have|had|will|would|is|are|was|were"
    r"|wants?|insists?|denie[sd]|reject(?:s|ed)|warn(?:s|ed)|condemn(?:s|ed)|agree[ds]|accuse[ds]"
    r"|support(?:s|ed)|oppose[sd]|urge[sd]|called|calls|announced|launched|attacked|sent|must"
    r"|should|could|and (?:its|the)|repeatedly|also|refuse[sd]|understands?|believes?|imposed)\b"
)


@dataclass(slots=True)
class Referent:
    """One actor of one article while it is being read."""

    number: int
    name: str
    entity_type: str
    country_text: str | None = None
    country_code: str | None = None
    roles: list["Role"] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]


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
    """The actors of one article and their mentions, in the order of the text."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.referents: list[Referent] = []
        self.places: list[Place] = []
        self._by_key: dict[tuple[str, str], Referent] = {}

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
        self.places.append(Place(referent, start, end, method, confidence))

    def persons(self) -> list[Referent]:
        """List the people."""
        return [referent for referent in self.referents if referent.entity_type == "person"]

    def by_surname(self, word: str) -> Referent | None:
        """Find the one person with this surname; None when nobody or more than one has it."""
        found = [person for person in self.persons() if person.surname == word]
        return found[0] if len(found) == 1 else None

    def inside(self, start: int, end: int) -> list[Place]:
        """List the mentions that lie in a stretch."""
        return [place for place in self.places if start <= place.start and place.end <= end]

    def last_before(self, position: int, *entity_types: str, within: int = 1500) -> Referent | None:
        """Find the referent of some type that was mentioned last before a place."""
        for place in reversed(self.places):
            if (
                place.start < position
                and position - place.start <= within
                and (place.referent.entity_type in entity_types)
            ):
                return place.referent
        return None


def find_cast(text: str, gazetteer: Gazetteer, stretches: Sequence[tuple[int, int]]) -> Cast:
    """Read the named actors out of some stretches (blocks) of a text."""
    cast = Cast(text, gazetteer)
    hits = [hit for start, end in stretches for hit in _shifted(gazetteer, text, start, end)]
    taken = _people(cast, stretches, hits)
    for hit in hits:
        if not any(start < hit.end and hit.start < end for start, end in taken):
            _known(cast, hit)
    _surnames(cast, stretches, taken)
    cast.places.sort(key=lambda place: (place.start, -place.end))
    cast.places = _without_overlaps(cast.places)
    return cast


def _shifted(gazetteer: Gazetteer, text: str, start: int, end: int) -> list[Hit]:
    return [
        Hit(hit.start + start, hit.end + start, hit.known)
        for hit in gazetteer.find(text[start:end])
    ]


def _known(cast: Cast, hit: Hit) -> None:
    known, surface = hit.known, cast.text[hit.start : hit.end]
    if known.kind == "country":
        _country(cast, hit, surface)
        return
    referent = cast.refer(
        known.name,
        known.entity_type,
        country_text=cast.gazetteer.country_names.get(known.country_code or ""),
        country_code=known.country_code,
    )
    cast.mention(referent, hit.start, hit.end, "full_name", 0.95)
    acronym = _ACRONYM.match(cast.text, hit.end)
    if acronym:
        cast.mention(referent, *acronym.span("acronym"), "acronym", 0.9)


def _country(cast: Cast, hit: Hit, surface: str) -> None:
    """Count a country as an actor only where it acts; a bus in Jerusalem does not."""
    kind, code = hit.known.alias_type, hit.known.country_code
    after = cast.text[hit.end : hit.end + 40]
    acts = _ACTS_AFTER.match(after)
    if kind in ("adjective", "people") and not re.match(
        r"\s+(?:government|administration|side|authorities|leadership|cabinet|regime)\b", after
    ):
        return
    before = cast.text[max(0, hit.start - 24) : hit.start]
    if _PLACE_BEFORE.search(before) and not after.startswith(("’s ", "'s ")):
        return
    if kind in ("capital", "metonym", "transliteration") and not acts:
        return
    method = {"adjective": "demonym", "people": "demonym", "capital": "metonym"}.get(kind, kind)
    method = "full_name" if method == "name" else method
    referent = cast.government(code, surface)
    cast.mention(referent, hit.start, hit.end, method, 0.9 if acts else 0.6)


def _people(
    cast: Cast, stretches: Sequence[tuple[int, int]], hits: Sequence[Hit]
) -> list[tuple[int, int]]:
    """Find full names of people and of bodies that no seed knows; gives the stretches they take."""
    known = {(hit.start, hit.end): hit for hit in hits}
    by_start = {hit.start: hit for hit in hits}
    taken = []
    for start, end in stretches:
        for found in _NAME.finditer(cast.text, start, end):
            place = _one_name(cast, found.start(), found.end(), known, by_start)
            if place:
                taken.append(place)
    return taken


def _one_name(
    cast: Cast,
    start: int,
    end: int,
    known: dict[tuple[int, int], Hit],
    by_start: dict[int, Hit],
) -> tuple[int, int] | None:
    text = cast.text
    start = _after_titles(cast, start, end)
    name = re.sub(r"\s+", " ", text[start:end]).strip()
    name = re.sub(r"[’']s?$", "", name)
    end = start + len(re.sub(r"[’']s?$", "", text[start:end].rstrip()))
    words = name.split()
    if (start, end) in known:
        hit = known[start, end]
        if hit.known.kind != "person":
            return None
        referent = cast.refer(hit.known.name, "person")
    elif len(words) < 2 or words[0] in NOT_NAMES:
        return None
    elif words[-1] in ORGANISATION_WORDS or words[0] in ORGANISATION_WORDS:
        referent = _body(cast, name, "organisation")
    elif words[-1] in OUTLET_WORDS and words[0] not in ("The",):
        referent = _body(cast, name, "outlet")
    elif start in by_start or _inner_hit(start, end, known) or len(words) > 4 or " of " in name:
        return None
    else:
        if not _looks_like_a_person(cast, start, end, words):
            return None
        referent = cast.refer(name, "person")
    cast.mention(referent, start, end, "full_name", 0.9)
    if referent.entity_type == "person":
        _read_roles(cast, referent, start, end)
    else:
        acronym = _ACRONYM.match(text, end)
        if acronym:
            cast.mention(referent, *acronym.span("acronym"), "acronym", 0.9)
    return start, end


def _body(cast: Cast, name: str, entity_type: str) -> Referent:
    first = cast.gazetteer.get(name.split()[0])
    if first and first.kind == "country":
        return cast.refer(
            name,
            entity_type,
            country_text=name.split()[0],
            country_code=first.country_code,
        )
    return cast.refer(name, entity_type)


def _after_titles(cast: Cast, start: int, end: int) -> int:
    """Step over what stands before the name in its own run of capitals."""
    while start < end:
        title = _TITLE_START.match(cast.text, start, end)
        if title and title.end() > start and title.end() < end:
            start = title.end()
            continue
        word = re.compile(r"[\w.’'-]+").match(cast.text, start, end)
        if word is None:
            break
        bare = re.sub(r"[’']s$", "", word[0])
        first = cast.gazetteer.get(bare)
        rest = cast.text[word.end() : end].strip()
        is_country = first is not None and first.kind == "country" and rest
        followed_by_title = rest and _TITLE_START.match(rest) and _TITLE_START.match(rest).end()
        if (word[0] in NOT_NAMES or (is_country and followed_by_title)) and rest:
            start = (
                word.end()
                + len(cast.text[word.end() : end])
                - len(cast.text[word.end() : end].lstrip())
            )
            continue
        break
    return start


def _inner_hit(start: int, end: int, known: dict[tuple[int, int], Hit]) -> bool:
    return any(
        start <= first and last <= end and hit.known.kind in ("organisation", "outlet")
        for (first, last), hit in known.items()
    )


def _looks_like_a_person(cast: Cast, start: int, end: int, words: Sequence[str]) -> bool:
    """Ask for a sign besides capitals: a title, an apposition, speech, or the surname alone."""
    text = cast.text
    before, after = text[max(0, start - 70) : start], text[end : end + 90]
    if _TITLE_BEFORE.search(before) or _HONORIFIC.search(before) or _APPOSITION.match(after):
        return True
    if re.match(
        r"(?:[’']s)?,? (?:who|told|said|says|added|warned|wrote|argued|announced|tweeted"
        r"|insisted|called|has|had|was|is|will|met|visited|asked|urged|denied)\b",
        after,
    ):
        return True
    if re.search(
        r"(?:said|says|told|according to|by|with|and|spokes(?:man|woman|person)|minister"
        r"|leader|president|counterpart|analyst|director|chief|adviser|ambassador"
        r"|secretary|senator|lawmaker|expert|official|commander|founder|head)\s+$",
        before,
    ):
        return True
    surname = re.escape(words[-1])
    return len(re.findall(rf"\b{surname}\b", text)) > 1


def _read_roles(cast: Cast, person: Referent, start: int, end: int) -> None:
    text = cast.text
    before = _TITLE_BEFORE.search(text, max(0, start - 90), start)
    if before:
        country = _country_of(cast, before["country"])
        former = bool(before["former"] or before["former2"])
        role_start = before.start("country") if country else before.start("title")
        person.roles.append(
            Role(before["title"], country, None, former, role_start, before.end("title"))
        )
        _set_country(cast, person, country)
    after = _APPOSITION.match(text, end)
    if after:
        country = _country_of(cast, after["country"]) or _country_of(cast, after["organisation"])
        organisation = (
            after["organisation"] if not _country_of(cast, after["organisation"]) else None
        )
        former = bool(after["former"] or after["former2"])
        person.roles.append(
            Role(after["title"], country, organisation, former, after.start("title"), after.end())
        )
        _set_country(cast, person, country)


def _country_of(cast: Cast, words: str | None) -> str | None:
    """Give the word that shows a country, if one of the words does."""
    if not words:
        return None
    for candidate in (words, *words.split()):
        bare = re.sub(r"[’']s?$", "", candidate)
        known = cast.gazetteer.get(bare)
        if known and known.kind == "country":
            return bare
    return None


def _set_country(cast: Cast, person: Referent, country: str | None) -> None:
    if country and person.country_text is None:
        person.country_text = country
        person.country_code = cast.gazetteer.get(country).country_code


def _surnames(
    cast: Cast, stretches: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> None:
    people = {person.surname: cast.by_surname(person.surname) for person in cast.persons()}
    people = {surname: person for surname, person in people.items() if person and len(surname) > 2}
    covered = {position for start, end in taken for position in range(start, end)}
    if not people:
        return
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(people))) + r")\b")
    for start, end in stretches:
        for found in pattern.finditer(cast.text, start, end):
            if found.start() not in covered:
                person = people[found[0]]
                cast.mention(person, found.start(), found.end(), "surname", 0.85)


def _without_overlaps(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept

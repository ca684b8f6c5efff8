"""Who is named in an article: people, governments, organisations, outlets, with every mention."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from communique.extraction.gazetteer import Gazetteer, Hit, family_name
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import (
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    ROLE_IN_APPOSITION,
    TITLE_HEADS,
    TITLE_WORDS,
    TITLES_OF_SURNAMES,
)
from communique.extraction.names import CapitalRun, take_apart

_INITIAL = r"[A-Z]\."
_NAME_WORD = r"(?:[A-Z][\w’'\-]*[a-z][\w’'\-]*|[A-Z]{2,}[a-z]*(?:-[A-Z]\w+)?)"
_PARTICLE = r"(?:al|el|bin|ben|ibn|van|von|der|den|de|da|di|du|del|la|le|of)"
_SHORT_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Brig|Capt|Prof|Adm|Sgt|St)\."
    r"(?=[ \u00a0][A-Z])"
)
_TOKEN = rf"(?:{_SHORT_TITLE}|{_NAME_WORD})"
_NAME = re.compile(
    rf"(?<![\w@#/]){_TOKEN}(?:[ \u00a0](?:{_INITIAL}[ \u00a0]){{0,2}}(?:{_PARTICLE}[ \u00a0-])"
    rf"?(?:{_PARTICLE}[ \u00a0-])?"
    rf"{_TOKEN}){{0,9}}"
)
_ROLE = ROLE_IN_APPOSITION.pattern
_TITLE_BEFORE = re.compile(
    r"(?:(?P<former>[Ff]ormer|[Ee]x-)\s*)?"
    r"(?:(?P<country>[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)??)(?:[’']s)?\s+)?"
    rf"(?P<title>(?:(?:[a-z]+[- ]){{0,2}}?(?:{_ROLE}))|{TITLE_WORDS})"
    r"(?:\s+(?:of|for|at)\s+(?:the\s+)?(?P<organisation>[A-Z][\w’'&.-]*(?: [A-Z][\w’'&.-]*){0,4}))?"
    r",?\s+$"
)
_FORMER_BEFORE = re.compile(r"\b[Ff]ormer\s+(?:[A-Z][\w.’'-]+\s+){0,2}$")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady)\.?\s+$")
_APPOSITION = re.compile(
    r"(?: \([^()]{1,30}\))?,\s+(?P<former>(?:[Tt]he |[Aa]n? )?former )?(?:[Tt]he |[Aa]n? )?"
    r"(?P<former2>former )?"
    r"(?:(?P<country>(?:[A-Z][\w.’'-]+)(?: [A-Z][\w’'-]+)?)(?:[’']s)?\s+)?"
    rf"(?P<title>(?:(?:[a-z]+[- ]){{0,2}}?(?:{_ROLE}))|{TITLE_WORDS})\b"
    r"(?:\s+(?:of|at|for)\s+(?:the\s+)?(?P<organisation>[A-Z][\w’'&.-]*(?: (?:of |for "
    r"|and )?[A-Z][\w’'&.-]*){0,5}))?"
)
_TYPES_BY_WORD = {"Ministry": "ministry", "Party": "party", "Army": "armed_force",
                  "Navy": "armed_force", "Brigade": "armed_force"}  # fmt: skip
_SPACED = re.compile(r"[^\s\u00a0]+")
_NAME_GOES_ON = re.compile(r"(?: (?:for|of|on)(?: the)?(?: [A-Z][\w’-]+)+(?: and [A-Z][\w-]+)?)+")
_ORDINALS = frozenset({"II", "III", "IV"})
_GENERATIONS = _ORDINALS | frozenset({"Jr", "Jr.", "Sr", "Sr."})
_LONE_CAPITAL = re.compile(r"(?<![A-Z][a-z] )(?<![\w-])[A-Z][a-z]+\b(?! [A-Z]|-)")
_AGAIN = 2
_COMPASS = frozenset({"West", "East", "North", "South", "Western", "Eastern", "Northern",
                      "Southern", "Central", "Middle"})  # fmt: skip
_NO_SURNAMES = frozenset(
    """Republican Republicans Democrat Democrats Democratic Conservative Conservatives Liberal
    Liberals Labour GOP House Senate European Western Eastern Northern Southern Muslim Muslims
    Christian Christians Jewish Jews Arab Arabs Street Avenue Road Square Bridge River Island
    Islands Sea Ocean Mountain Mountains Valley Strip Bank Coast Peninsula Desert Gulf Bay Lake
    Port Airport Station Palace Stadium War Treaty Agreement Accord Accords Deal Act Bill Law Plan
    Pact Summit Games Cup Prize Award Day Week Year Season Times""".split()
)
"""Last words of runs that are no people: "House Republican", "Gaza Strip"."""
_SURNAME = re.compile(r"[A-Z][\w’'-]*[a-z][\w’'-]*")
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
    honorifics: set[str] = field(default_factory=set)
    registered_in: str | None = None

    @property
    def surname(self) -> str:
        """The word that the person is called by."""
        words = self.name.split()
        while len(words) > 1 and words[-1] in _GENERATIONS:
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
    """The actors of one article and their mentions, in the order of the text."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.referents: list[Referent] = []
        self.places: list[Place] = []
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
        known = self._first.get(referent.number)
        if known is None or start < known.start:
            self._first[referent.number] = place

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
            holder = self.gazetteer.holder(word)
            found = [person for person in found if holder and person.name == holder.name]
        return found[0] if len(found) == 1 else None

    def by_title(self, surname: str) -> Referent:
        """Give the person that a title and a surname name, a new one when nobody has it."""
        person = self.by_surname(surname)
        if person is None and is_given_name(surname):
            known = [one for one in self.persons() if one.name.split()[0] == surname]
            person = known[0] if len(known) == 1 else None
        holder = self.gazetteer.holder(surname)
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


def find_cast(text: str, gazetteer: Gazetteer, stretches: Sequence[tuple[int, int]]) -> Cast:
    """Read the named actors out of some stretches (blocks) of a text."""
    cast = Cast(text, gazetteer)
    hits = [hit for start, end in stretches for hit in _shifted(gazetteer, text, start, end)]
    taken, titled = _people(cast, stretches, hits)
    taken += _titled_surnames(cast, titled)
    covered = {position for start, end in taken for position in range(start, end)}
    for hit in hits:
        if covered.isdisjoint(range(hit.start, hit.end)):
            _known(cast, hit)
    _office_holders(cast, stretches, covered)
    _surnames(cast, stretches, covered)
    _acronyms(cast, stretches)
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
    _read_acronym(cast, referent, hit.end)


def _read_acronym(cast: Cast, referent: Referent, end: int) -> None:
    """Take "(HWU)" behind a name for the same body."""
    acronym = _ACRONYM.match(cast.text, end)
    if acronym:
        cast.mention(referent, *acronym.span("acronym"), "acronym", 0.9)


def _country(cast: Cast, hit: Hit, surface: str) -> None:
    """Count a country as an actor only where it acts; a bus in Jerusalem does not."""
    kind, code = hit.known.alias_type, hit.known.country_code
    is_adjective = kind in ("adjective", "people")
    after = cast.text[hit.end : hit.end + 40]
    acts = _ACTS_AFTER.match(after)
    if is_adjective and not re.match(
        r"\s+(?:government|administration|side|authorities|leadership|cabinet|regime)\b", after
    ):
        return
    before = cast.text[max(0, hit.start - 24) : hit.start]
    is_owner = after.startswith(("’s ", "'s "))
    if _PLACE_BEFORE.search(before) and not is_owner and not is_adjective:
        return
    if kind in ("capital", "metonym", "transliteration") and not acts:
        return
    method = {"adjective": "demonym", "people": "demonym", "capital": "metonym"}.get(kind, kind)
    method = "full_name" if method == "name" else method
    referent = cast.government(code, surface)
    cast.mention(referent, hit.start, hit.end, method, 0.9 if acts else 0.6)
    _read_acronym(cast, referent, hit.end)


class _KnownNames:
    """The gazetteer's names in a text, asked by place."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.by_place = {(hit.start, hit.end): hit for hit in hits}
        self._starts = {hit.start for hit in hits}
        self._bodies = sorted(
            (hit.start, hit.end) for hit in hits if hit.known.kind in ("organisation", "outlet")
        )

    def starts_at(self, position: int) -> bool:
        """Tell whether a known name starts there."""
        return position in self._starts

    def is_in_body(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies in the name of a known body or outlet."""
        last = bisect.bisect_right(self._bodies, (start, end)) - 1
        return last >= 0 and self._bodies[last][0] <= start and end <= self._bodies[last][1]

    def has_body_inside(self, start: int, end: int) -> bool:
        """Tell whether a known body or outlet lies in a stretch."""
        first = bisect.bisect_left(self._bodies, (start, start))
        return first < len(self._bodies) and self._bodies[first][1] <= end


def _people(
    cast: Cast, stretches: Sequence[tuple[int, int]], hits: Sequence[Hit]
) -> tuple[list[tuple[int, int]], list[CapitalRun]]:
    """Find full names of people and of bodies that no seed knows.

    Gives the stretches they take, and the runs that are a title and a surname alone.
    """
    known = _KnownNames(hits)
    taken: list[tuple[int, int]] = []
    titled: list[CapitalRun] = []
    for start, end in stretches:
        for found in _NAME.finditer(cast.text, start, end):
            run = take_apart(cast.text, found.start(), found.end(), cast.gazetteer)
            run = _from_given_name(cast, run) if run else None
            place = _one_name(cast, run, known) if run else None
            if place:
                taken.append(place)
            elif run and run.title_start is not None and (run.start, run.end) not in known.by_place:
                titled.append(run)
    return taken, titled


def _from_given_name(cast: Cast, run: CapitalRun) -> CapitalRun:
    """Let a name start with its given name: "Affairs Martin Griffiths", "Lawyer Pat Cipollone"."""
    words = list(_SPACED.finditer(cast.text, run.start, run.end))
    if len(words) < 3 or is_given_name(words[0][0]):
        return run
    for place in range(1, len(words) - 1):
        if is_given_name(words[place][0]) and words[-1][0].rstrip(".’'s") not in ORGANISATION_WORDS:
            return replace(run, start=words[place].start(), title_start=None, title_end=None,
                           is_honorific=False)  # fmt: skip
    return run


def _titled_surnames(cast: Cast, titled: Sequence[CapitalRun]) -> list[tuple[int, int]]:
    """Take "President Oyelaran" for a person, once all full names are known."""
    taken = []
    for run in titled:
        word = re.sub(r"[’']s?$", "", cast.text[run.start : run.end].rstrip("."))
        title = cast.text[run.title_start : run.title_end].split()[-1].rstrip(".")
        known = cast.gazetteer.get(word)
        if (
            title not in TITLES_OF_SURNAMES
            or not _SURNAME.fullmatch(word)
            or word in NOT_NAMES | ORGANISATION_WORDS | TITLE_HEADS
            or (known is not None and known.kind != "person")
        ):
            continue
        person = cast.by_title(word)
        end = run.start + len(word)
        cast.mention(person, run.start, end, "title", 0.85)
        if run.is_honorific:
            person.honorifics.add(title)
        _read_roles(cast, person, run, end)
        taken.append((run.start, end))
    return taken


def _one_name(
    cast: Cast,
    run: CapitalRun,
    known: _KnownNames,
) -> tuple[int, int] | None:
    text, start = cast.text, run.start
    end = start + len(re.sub(r"[’']s?$", "", text[start : run.end].rstrip(" .")))
    name = re.sub(r"\s+", " ", text[start:end])
    words = name.split()
    if (start, end) in known.by_place:
        hit = known.by_place[start, end]
        if hit.known.kind != "person":
            return None
        referent = cast.refer(hit.known.name, "person")
        referent.registered_in = hit.known.country_code
    elif len(words) < 2 or words[0] in NOT_NAMES:
        return None
    elif words[-1] in ORGANISATION_WORDS or words[0] in ORGANISATION_WORDS or _is_body_of(words):
        longer = _NAME_GOES_ON.match(text, end) if words[-1] in ORGANISATION_WORDS else None
        if longer:
            end = longer.end()
            name = re.sub(r"\s+", " ", text[start:end])
        referent = _body(cast, name, "organisation")
    elif _is_a_countrys_name(cast, name, words):
        referent = cast.refer(name, "organisation")
    elif words[-1] in OUTLET_WORDS and words[0] not in ("The",):
        referent = _body(cast, name, "outlet")
    elif (
        (words[0] in _COMPASS and len(words) == 2)
        or _is_no_person(cast, start, end, words, known)
        or not (run.title_start is not None or _looks_like_a_person(cast, start, end, words))
    ):
        return None
    else:
        if words[-1] in _ORDINALS:
            name = " ".join(words[:-1])
        longer = next((one for one in cast.persons() if one.name.endswith(f" {name}")), None)
        referent = longer or cast.refer(name, "person")
    cast.mention(referent, start, end, "full_name", 0.9)
    if referent.entity_type == "person":
        if run.is_honorific:
            referent.honorifics.add(text[run.title_start : run.title_end].rstrip("."))
        _read_roles(cast, referent, run, end)
    else:
        _read_acronym(cast, referent, end)
    return start, end


def _is_body_of(words: Sequence[str]) -> bool:
    """Tell "Japan’s Ministry of Foreign Affairs" from a person."""
    return any(
        word in ORGANISATION_WORDS and following == "of" for word, following in pairwise(words)
    )


def _is_a_countrys_name(cast: Cast, name: str, words: Sequence[str]) -> bool:
    """Tell a body whose name starts with a country's, "Canada Goose", by being named again."""
    first = cast.gazetteer.get(words[0])
    return (
        len(words) == 2
        and first is not None
        and first.alias_type == "name"
        and first.kind == "country"
        and not words[0].isupper()
        and words[-1] not in _NO_SURNAMES
        and words[-1] not in TITLE_HEADS
        and words[-1][-1] != "s"
        and cast.gazetteer.get(words[-1]) is None
        and cast.text.count(name) > 1
    )


def _is_no_person(
    cast: Cast,
    start: int,
    end: int,
    words: Sequence[str],
    known: _KnownNames,
) -> bool:
    """Refuse what holds the name of a place, body or outlet, and what is too long for a person."""
    last = cast.gazetteer.get(words[-1])
    return (
        known.starts_at(start)
        or known.has_body_inside(start, end)
        or known.is_in_body(start, end)
        or len(words) > 5
        or "of" in words
        or (last is not None and last.kind == "country")
        or words[-1] in _NO_SURNAMES
        or any(word in NOT_NAMES and word != "May" for word in words[1:])
        or any(word.isupper() and len(word) > 3 for word in words)
        or all(word.isupper() for word in words)
        or (words[-1].isupper() and len(words[-1]) > 2 and words[-1] not in _GENERATIONS)
        or "-based" in words[0]
    )


def _body(cast: Cast, name: str, entity_type: str) -> Referent:
    """Give the body of a name; "Russia’s Defense Ministry" and "Russian ..." are the same one."""
    registered = cast.gazetteer.get(name.removeprefix("The "))
    if registered and registered.kind == "organisation":
        return cast.refer(registered.name, registered.entity_type)
    words = name.split()
    if entity_type == "organisation":
        entity_type = next((kind for word, kind in _TYPES_BY_WORD.items() if word in words),
                           entity_type)  # fmt: skip
    for count in (2, 1):
        word = re.sub(r"[’']s?$", "", " ".join(words[:count]))
        first = cast.gazetteer.get(word)
        if first and first.kind == "country" and len(words) > count and entity_type != "outlet":
            if word != " ".join(words[:count]):
                word = cast.gazetteer.adjectives.get(first.country_code, word)
            full_name = " ".join([word, *words[count:]])
            if entity_type == "ministry":
                country = cast.gazetteer.country_names[first.country_code]
                full_name = official_ministry(full_name, country)
            return cast.refer(
                full_name,
                entity_type,
                country_text=word,
                country_code=first.country_code,
            )
    return cast.refer(name, entity_type)


def official_ministry(name: str, country: str) -> str:
    """Give the one name of a foreign ministry, however worded; other ministries keep theirs."""
    is_foreign = "foreign" in name.lower().split()
    return f"Ministry of Foreign Affairs of {country}" if is_foreign else name


def _looks_like_a_person(cast: Cast, start: int, end: int, words: Sequence[str]) -> bool:
    """Ask for a sign besides capitals: a given name, a title, an apposition, speech."""
    if is_given_name(words[0]) and len(words) <= 4:
        return True
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
    return bool(
        re.search(
            r"(?:said|says|told|met|called|phoned|asked|urged|accused|praised|according to|by"
            r"|with|and|spokes(?:man|woman|person)|minister"
            r"|leader|president|counterpart|analyst|director|chief|adviser|ambassador"
            r"|secretary|senator|lawmaker|expert|official|commander|founder|head)\s+$",
            before,
        )
    )


def _read_roles(cast: Cast, person: Referent, run: CapitalRun, end: int) -> None:
    text = cast.text
    if run.title_start is not None and not run.is_honorific:
        former = run.is_former or bool(
            _FORMER_BEFORE.search(text, max(0, run.title_start - 40), run.title_start)
        )
        country = run.country or _country_before(cast, run.title_start)
        _add_role(cast, person, run.title_start, run.title_end, country, None, former)
    elif run.title_start is None:
        before = _TITLE_BEFORE.search(text, max(0, run.start - 110), run.start)
        if before:
            country = _country_of(cast, before["country"])
            organisation = before["organisation"]
            if organisation and _country_of(cast, organisation):
                country, organisation = country or _country_of(cast, organisation), None
            former = bool(before["former"])
            _add_role(cast, person, *before.span("title"), country, organisation, former)
    after = _APPOSITION.match(text, end)
    if after:
        country = _country_of(cast, after["country"]) or _country_of(cast, after["organisation"])
        organisation = (
            after["organisation"] if not _country_of(cast, after["organisation"]) else None
        )
        former = bool(after["former"] or after["former2"])
        _add_role(cast, person, after.start("title"), after.end(), country, organisation, former,
                  after["title"])  # fmt: skip


def _add_role(
    cast: Cast,
    person: Referent,
    start: int,
    end: int,
    country: str | None,
    organisation: str | None,
    former: bool,
    title: str | None = None,
) -> None:
    """Note a role; its place starts with the word for the country, where that stands before it."""
    title = title or re.sub(r"\s+", " ", cast.text[start:end])
    place = start
    if country:
        before = cast.text.rfind(country, max(0, start - len(country) - 12), start)
        place = before if before >= 0 else start
    person.roles.append(Role(title, country, organisation, former, place, end))
    _set_country(cast, person, country)


def _country_before(cast: Cast, position: int) -> str | None:
    """Give the word for a country right before a title: "Finland’s Prime Minister"."""
    before = re.compile(r"(?P<word>[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:[’']s)?\s+$").search(
        cast.text, max(0, position - 40), position
    )
    return _country_of(cast, before["word"]) if before else None


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


def _office_holders(cast: Cast, stretches: Sequence[tuple[int, int]], covered: set[int]) -> None:
    """Take a surname that only one office-holder has, used again and again, for that person."""
    known = {person.surname for person in cast.persons()}
    counts: Counter[str] = Counter()
    for start, end in stretches:
        for found in _LONE_CAPITAL.finditer(cast.text, start, end):
            if found.start() not in covered:
                counts[found[0]] += 1
    for word, count in counts.items():
        if count < _AGAIN or word in known or word in NOT_NAMES or cast.gazetteer.get(word):
            continue
        holder = cast.gazetteer.holder(word)
        if holder:
            cast.refer(holder.name, "person").registered_in = holder.country_code


def _surnames(cast: Cast, stretches: Sequence[tuple[int, int]], covered: set[int]) -> None:
    people = {person.surname: cast.by_surname(person.surname) for person in cast.persons()}
    people = {surname: person for surname, person in people.items() if person and len(surname) > 2}
    if not people:
        return
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(people))) + r")\b")
    for start, end in stretches:
        for found in pattern.finditer(cast.text, start, end):
            if found.start() not in covered:
                person = people[found[0]]
                cast.mention(person, found.start(), found.end(), "surname", 0.85)


def _acronyms(cast: Cast, stretches: Sequence[tuple[int, int]]) -> None:
    """Find again what the article introduced in brackets: "the Harbour Workers Union (HWU)"."""
    bodies = {
        cast.text[place.start : place.end]: place.referent
        for place in cast.places
        if place.method == "acronym"
    }
    if not bodies:
        return
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(bodies))) + r")\b")
    for start, end in stretches:
        for found in pattern.finditer(cast.text, start, end):
            cast.mention(bodies[found[0]], found.start(), found.end(), "acronym", 0.85)


def _without_overlaps(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept

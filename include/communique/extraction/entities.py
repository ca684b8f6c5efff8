"""Who is named in an article: people, governments, organisations, outlets, with every mention."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from communique.extraction.bodies import COMPASS, read_acronym
from communique.extraction.cast import Cast, Place
from communique.extraction.full_names import find_full_names, find_titled_surnames
from communique.extraction.gazetteer import Gazetteer, Hit
from communique.extraction.lexicon import (
    AFTER_A_NOUN,
    NO_SURNAMES,
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
)
from communique.extraction.recognition import Recognition

_LONE_CAPITAL = re.compile(r"(?<![A-Z][a-z] )(?<![\w-])[A-Z][a-z]+\b(?! [A-Z]|-)")
_WORD_BEFORE = re.compile(r"(?<![\w.])(?P<word>(?:[A-Z]\.)+|[A-Z]\w+)(?:[’']s)?\s$")
_BODY_WORD = re.compile(r"[A-Z][\w&-]+")
_BODIES = ("organisation", "party", "outlet", "group", "international_organisation")
_AGAIN = 2
_STATE_BEHIND = re.compile(
    r"\s+(?:[Gg]overnment|[Aa]dministration|side|authorities|leadership|[Cc]abinet|regime|pressure)\b"
)
_AS_A_NOUN = re.compile(
    r"\s*(?:[,;:!?)\]—–”\"]|\.\s|\Z)|[’']s?\s"
    rf"|\s+(?:{'|'.join(sorted(AFTER_A_NOUN))}|[a-z]{{2,}}ed)\b(?!-)"
)
_LEADERS_GOVERNMENT = re.compile(
    r"\b(?P<leader>[A-Z][\w-]+)(?:[’']s)?\s(?:government|administration|cabinet|coalition)\b"
)
_NAMED_AS_STATE = 0.9
_ACTS = 0.6
"""From which chance on a place stands for who acts there: of articles' governments it finds as many
as verbs and prepositions did, and fewer that are only places."""


def find_cast(
    text: str,
    gazetteer: Gazetteer,
    stretches: Sequence[tuple[int, int]],
    recognition: Recognition,
    published_on: date | None = None,
) -> Cast:
    """Read the named actors out of some stretches (blocks) of a text."""
    cast = Cast(text, gazetteer, published_on)
    cast.recognised_people = recognition.starts_of("person")
    cast.recognised_bodies = recognition.starts_of("organisation", "party")
    hits = [hit for start, end in stretches for hit in _shifted(gazetteer, text, start, end)]
    taken, titled = find_full_names(cast, stretches, hits, recognition)
    taken += find_titled_surnames(cast, titled)
    covered = {position for start, end in taken for position in range(start, end)}
    for hit in hits:
        if covered.isdisjoint(range(hit.start, hit.end)):
            _known(cast, hit, recognition)
    _governments_by_leader(cast, stretches, covered)
    _office_holders(cast, stretches, covered)
    _surnames(cast, stretches, covered)
    _acronyms(cast, stretches)
    _single_words(cast, recognition, stretches)
    cast.places.sort(key=lambda place: (place.start, -place.end))
    cast.places = _without_overlaps(cast.places)
    return cast


def _shifted(gazetteer: Gazetteer, text: str, start: int, end: int) -> list[Hit]:
    return [
        Hit(hit.start + start, hit.end + start, hit.known)
        for hit in gazetteer.find(text[start:end])
    ]


def _known(cast: Cast, hit: Hit, recognition: Recognition) -> None:
    known, surface = hit.known, cast.text[hit.start : hit.end]
    if known.kind == "country":
        _country(cast, hit, surface, recognition)
        return
    referent = cast.refer(
        known.name,
        known.entity_type,
        country_text=cast.gazetteer.country_names.get(known.country_code or ""),
        country_code=known.country_code,
    )
    start = _with_own_country(cast, hit)
    cast.mention(referent, start, hit.end, "full_name", 0.95)
    read_acronym(cast, referent, hit.end)


def _with_own_country(cast: Cast, hit: Hit) -> int:
    """Start a body's mention at the word for its country: "U.S. Treasury Department"."""
    before = _WORD_BEFORE.search(cast.text, max(0, hit.start - 20), hit.start)
    known = cast.gazetteer.get(before["word"]) if before else None
    is_own = known and known.kind == "country" and known.country_code == hit.known.country_code
    return before.start("word") if is_own else hit.start


def _country(cast: Cast, hit: Hit, surface: str, recognition: Recognition) -> None:
    """Count a country as an actor only where it acts; a bus in Jerusalem does not."""
    kind, code = hit.known.alias_type, hit.known.country_code
    # Initials are noun and adjective alike: "the US imposed" and "US officials".
    if kind == "adjective" and surface.isupper() and _is_a_noun(cast.text, hit):
        kind = "name"
    if kind in ("adjective", "people"):
        if not _STATE_BEHIND.match(cast.text, hit.end):
            return
        chance = _NAMED_AS_STATE
    else:
        chance = recognition.acting(hit.start, hit.end)
        if chance < _ACTS:
            return
    method = {"adjective": "demonym", "people": "demonym", "capital": "metonym",
              "name": "full_name"}.get(kind, kind)  # fmt: skip
    cast.mention(cast.government(code, surface), hit.start, hit.end, method, round(chance, 3))
    read_acronym(cast, cast.government(code, surface), hit.end)


def _is_a_noun(text: str, hit: Hit) -> bool:
    """Tell "the US and Israel agreed" from "US and European sanctions" and from "US sanctions"."""
    behind = _AS_A_NOUN.match(text, hit.end)
    if behind is None:
        return False
    is_joined = behind[0].strip() in ("and", "or")
    return not is_joined or text[max(0, hit.start - 4) : hit.start].lower() == "the "


def _governments_by_leader(
    cast: Cast, stretches: Sequence[tuple[int, int]], covered: set[int]
) -> None:
    """Take "the Netanyahu government" for Israel's, and name who leads it."""
    for start, end in stretches:
        for found in _LEADERS_GOVERNMENT.finditer(cast.text, start, end):
            leader = cast.holder(found["leader"])
            if leader is None or leader.country_code is None or found.start() in covered:
                continue
            government = cast.government(leader.country_code, found[0])
            cast.mention(government, *found.span(), "metonym", _NAMED_AS_STATE)
            person = cast.refer(leader.name, "person")
            person.registered_in = leader.country_code
            cast.mention_within(person, *found.span("leader"), "surname", 0.85)
            covered.update(range(*found.span()))


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
        holder = cast.holder(word)
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


def _single_words(
    cast: Cast, recognition: Recognition, stretches: Sequence[tuple[int, int]]
) -> None:
    """Take single words that were recognised as bodies: "Cisco" for "Cisco Systems Inc", "BP"."""
    words: dict[str, list[tuple[int, int]]] = {}
    taken = {position for place in cast.places for position in range(place.start, place.end)}
    for start, end in stretches:
        for name in recognition.names(start, end):
            word = re.sub(r"[’']s?$", "", cast.text[name.start : name.end])
            is_body = name.kind in ("organisation", "party") and _BODY_WORD.fullmatch(word)
            if is_body and name.start not in taken and not _is_known_word(cast, word):
                words.setdefault(word, []).append((name.start, name.start + len(word)))
    for word, found in words.items():
        longer = [one for one in cast.referents
                  if one.entity_type in _BODIES and one.name.split()[0] == word]  # fmt: skip
        if len(longer) != 1 and len(found) < _AGAIN:
            continue
        body = longer[0] if len(longer) == 1 else cast.refer(word, "organisation")
        for start, end in found:
            cast.mention(body, start, end, "short_name" if longer else "full_name", 0.7)


def _is_known_word(cast: Cast, word: str) -> bool:
    """Tell a word that means something else: a country, a surname of the article, a common word."""
    known = cast.gazetteer.get(word)
    return (
        word in NOT_NAMES | NO_SURNAMES | COMPASS
        or word in ORGANISATION_WORDS
        or word in OUTLET_WORDS
        or (known is not None and known.kind in ("country", "person"))
        or any(word in (person.surname, person.name.split()[0]) for person in cast.persons())
    )


def _without_overlaps(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept

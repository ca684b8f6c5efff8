"""The names of bodies: what belongs to them, and which body they name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from communique.extraction.cast import Cast, Referent
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import (
    COLLECTIVE_HEADS,
    NO_SURNAMES,
    ORGANISATION_WORDS,
    PERSON_HEADS,
    STATE_HEADS,
    TITLE_HEADS,
)
from communique.extraction.names import are_shouted
from communique.extraction.recognition import Name

_TYPES_BY_WORD = {"Ministry": "ministry", "Party": "party", "Army": "armed_force",
                  "Navy": "armed_force", "Brigade": "armed_force"}  # fmt: skip
_HEAD_OF_NAME = re.compile(r"(?P<words>(?:[A-Z][\w’'-]+ ){1,4})(?:of|for)(?: the)? $")
_COMMON_HEADS = PERSON_HEADS | COLLECTIVE_HEADS | STATE_HEADS
COMPASS = frozenset({"West", "East", "North", "South", "Western", "Eastern", "Northern",
                      "Southern", "Central", "Middle"})  # fmt: skip
_OFFICES = frozenset(
    "Ministers Presidents Leaders Secretaries Attorneys Republican Democrat".split()
)
_PARTY_MEMBERS = frozenset(
    "Republicans Democrats GOP Conservatives Liberals Tories Socialists Greens".split()
)
_ACRONYM = re.compile(r"\s*\((?:the )?(?P<acronym>[A-Z][A-Za-z]{1,9})\)")


def refer_to_body(cast: Cast, name: str, entity_type: str) -> Referent:
    """Give the body of a name; "Russia’s Defense Ministry" and "Russian ..." are the same one."""
    registered = cast.gazetteer.get(name.removeprefix("The "))
    if registered and registered.kind in ("organisation", "outlet"):
        return cast.refer(registered.name, registered.entity_type)
    words = name.split()
    government = _leaders_government(cast, words)
    if government:
        return government
    if words[-1] in _PARTY_MEMBERS:
        entity_type = "group"
    if entity_type == "organisation":
        entity_type = next((kind for word, kind in _TYPES_BY_WORD.items() if word in words),
                           entity_type)  # fmt: skip
    for count in (2, 1):
        word = re.sub(r"[’']s?$", "", " ".join(words[:count]))
        first = cast.gazetteer.get(word)
        if first and first.kind == "country" and len(words) > count and entity_type != "outlet":
            registered = cast.gazetteer.get(" ".join(words[count:]))
            if registered and registered.country_code == first.country_code:
                return cast.refer(registered.name, registered.entity_type)
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


def _leaders_government(cast: Cast, words: Sequence[str]) -> Referent | None:
    """Give the government that "Obama Administration" names."""
    if len(words) != 2 or words[1] not in ("Government", "Administration"):
        return None
    leader = cast.holder(words[0])
    if leader is None or leader.country_code is None:
        return None
    return cast.government(leader.country_code, words[0])


def official_ministry(name: str, country: str) -> str:
    """Give the one name of a foreign ministry, however worded; other ministries keep theirs."""
    is_foreign = "foreign" in name.lower().split()
    return f"Ministry of Foreign Affairs of {country}" if is_foreign else name


def read_acronym(cast: Cast, referent: Referent, end: int) -> None:
    """Take "(HWU)" behind a name for the same body."""
    acronym = _ACRONYM.match(cast.text, end)
    if acronym:
        cast.mention(referent, *acronym.span("acronym"), "acronym", 0.9)


def with_its_head(cast: Cast, name: Name) -> Name:
    """Give a body's name whole where only its end was recognised: "Friends of the" "Lake Trust"."""
    head = _HEAD_OF_NAME.search(cast.text, max(0, name.start - 60), name.start)
    if name.kind != "organisation" or head is None:
        return name
    words = head["words"].split()
    is_common = words[-1] in TITLE_HEADS or words[-1].lower() in _COMMON_HEADS | cast.small_words
    is_person = len(words) > 1 and is_given_name(words[0])
    return name if is_common or is_person else replace(name, start=head.start())


def is_a_body(words: Sequence[str]) -> bool:
    """Tell "Oxfam America" from "Washington-based company", "Eastern Europe" and "POLICE SEEK"."""
    return (
        words[-1][:1].isupper()
        and not are_shouted(words)
        and words[0] not in COMPASS
        and "-based" not in words[0]
        and not any(word in _OFFICES for word in words)
    )


def is_body_of(words: Sequence[str]) -> bool:
    """Tell "Japan’s Ministry of Foreign Affairs" from a person."""
    return any(
        word in ORGANISATION_WORDS and following == "of" for word, following in pairwise(words)
    )


def is_a_countrys_name(cast: Cast, name: str, words: Sequence[str]) -> bool:
    """Tell a body whose name starts with a country's, "Canada Goose", by being named again."""
    first = cast.gazetteer.get(words[0])
    return (
        len(words) == 2
        and first is not None
        and first.alias_type == "name"
        and first.kind == "country"
        and not words[0].isupper()
        and words[-1] not in NO_SURNAMES
        and words[-1] not in TITLE_HEADS
        and words[-1][-1] != "s"
        and cast.gazetteer.get(words[-1]) is None
        and cast.text.count(name) > 1
    )

"""A name that no list and no introduction has shown yet: whose it is and of what kind."""

import re

from communique.extraction.cast import Cast, Referent
from communique.extraction.full_names import before_it_starts_again
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import (
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    TITLE_HEADS,
    WEEKDAYS,
)
from communique.extraction.names import end_of_person, take_apart

_CAPITAL = r"[A-Z][\w.&-]*(?:[’'](?!s\b)[A-Za-z]\w*)*"
_RUN = re.compile(
    rf"(?:{_CAPITAL}[ \u00a0](?:(?:of|for|the|and|de|del|van|von|bin|al|der|la)[ \u00a0]){{0,2}})"
    rf"{{0,9}}(?:(?:al|el|an|as|ash)-)?{_CAPITAL}$"
)
_LONGEST = 200
"""How many characters at the end of a phrase are looked through for a name."""
_NOUN_BEFORE = re.compile(r"\b[a-z]{4,}(?<!al)[ \u00a0]$")
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")


def name_at_end(cast: Cast, start: int, end: int) -> Referent | None:
    """Give the referent of the capitals that `start..end` ends with, a new one when it is new.

    None where the last word has no capital or is a title, an adjective or a common word, and for a
    single word that neither the model nor a noun before it ("the grocer Kallo") shows to be a name:
    "Polling" at the start of a sentence. A name that goes on behind the end is taken whole:
    "Friends" of "Friends of the Lake".
    """
    over = next((one for one in cast.before(end) if one.end > end), None)
    if over and over.start >= start and over.referent.entity_type not in ("person", "government"):
        return over.referent
    begin = max(start, end - _LONGEST)
    found = _RUN.search(cast.text[begin:end].rstrip(" ,.\u00a0’'"))
    if found is None:
        return None
    first = begin + found.start()
    last = first + len(found[0])
    run = take_apart(cast.text, first, last, cast.gazetteer)
    if run is None:
        return None
    last = before_it_starts_again(cast.text, run.start, last)
    name = re.sub(r"\s+", " ", cast.text[run.start : last]).strip(" ,.()")
    words = name.split()
    if words and words[-1] in WEEKDAYS:
        words = words[:-1]
    while words and (words[0] in NOT_NAMES or words[0].endswith("-based") or words[0] in ("of",)):
        words = words[1:]
    words = words[: end_of_person(words)]
    name = " ".join(words)
    if not name or name in TITLE_HEADS or _PARTY_AND_STATE.match(name):
        return None
    known = cast.gazetteer.get(name)
    if known and known.kind == "country":
        if known.alias_type in ("adjective", "people"):
            return None
        return cast.government(known.country_code, name)
    is_person = any(first <= start < last for start in cast.recognised_people)
    is_body = any(first <= start < last for start in cast.recognised_bodies)
    referent = _known(cast, words, run.title_start is not None)
    if referent is None:
        is_apposed = _NOUN_BEFORE.search(cast.text, start, first) is not None
        is_name = is_person or is_body or is_apposed or words[0] in OUTLET_WORDS
        if len(words) == 1 and not is_name:
            return None
        referent = _new(cast, words, first, is_person=is_person)
    position = cast.text.find(words[-1], first, end)
    if position >= 0:
        cast.mention(
            referent, max(first, position + len(words[-1]) - len(name)), position + len(words[-1]),
            "full_name", 0.6,
        )  # fmt: skip
    return referent


def _known(cast: Cast, words: list[str], has_title: bool) -> Referent | None:
    """Find whom the text or the registry has by these words already."""
    if len(words) > 1:
        person = cast.by_surname(words[-1])
        if person and person.name.split()[0] == words[0]:
            return person
        return None
    word = words[0]
    person = cast.by_surname(word)
    if person:
        return person
    by_first = [one for one in cast.persons() if one.name.split()[0] == word]
    if len(by_first) == 1 and is_given_name(word):
        return by_first[0]
    longer = nearest_longer_name(cast, word)
    if longer:
        return longer
    holder = cast.holder(word)
    if holder:
        return cast.refer(holder.name, "person")
    return cast.refer(word, "person") if has_title else None


def nearest_longer_name(cast: Cast, word: str) -> Referent | None:
    """Find the full name that a single word shortens: "Quinnipiac" for "Quinnipiac University"."""
    if word.isupper() and word.isalpha() and 1 < len(word) < 7:
        spelled = re.search(
            r"\b"
            + r" (?:(?:of|for|and|the|on) )*".join(rf"{letter}[a-z’-]+" for letter in word)
            + r"\b",
            cast.text,
        )
        return cast.refer(spelled[0], "organisation") if spelled else None
    for referent in cast.referents:
        words = referent.name.split()
        is_body = referent.entity_type not in ("person", "government")
        if len(words) > 1 and words[0] == word and is_body:
            return referent
    longer = re.search(
        rf"\b{re.escape(word)}(?: [A-Z][\w&-]+){{0,2}} (?P<tail>[A-Z][\w&-]+)", cast.text
    )
    if longer and longer["tail"] in ORGANISATION_WORDS:
        return cast.refer(longer[0], "organisation")
    person = re.search(
        rf"\b(?P<first>[A-Z][a-z]+) (?:[A-Z][\w.-]+ )?{re.escape(word)}\b", cast.text
    )
    if person and is_given_name(person["first"]):
        return cast.refer(person[0], "person")
    return None


def _new(cast: Cast, words: list[str], first: int, *, is_person: bool) -> Referent:
    name, tail = " ".join(words), words[-1]
    has_article = cast.text[max(0, first - 4) : first].lower().endswith("the ")
    if tail in OUTLET_WORDS:
        kind = "outlet"
    elif not ORGANISATION_WORDS.isdisjoint(words):
        kind = "organisation"
    elif (is_given_name(words[0]) and len(words) > 1) or is_person:
        kind = "person"
    elif (
        has_article
        or name.isupper()
        or len(words) == 1
        or "of" in words
        or cast.gazetteer.get(words[0]) is not None
    ):
        kind = "organisation"
    else:
        kind = "person"
    return cast.refer(name, kind)

"""What is recognised as one name taken apart: "party leader Ann Lee and Bo Ek" names two people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extraction.gazetteer import Gazetteer
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import TITLE_HEADS
from communique.extraction.names import end_of_person
from communique.extraction.recognition import Name

_COMMA = re.compile(r",\s+(?:the\s+)?")
_JOINED_PEOPLE = re.compile(r",\s+|\s+(?:and|or|nor|&)\s+")
_JOINED_BODIES = re.compile(r"\s+and\s+")
_PARTICLES = frozenset(
    """abu af al av bin bint ben da das de del den der des di do dos du e el ibn la le mac of te ten
    ter the ould ul umm van von wa y zu zum""".split()
)
_SMALL = re.compile(r"[a-z]{2,}(?:[-’'.][a-z]+)*")
_PREPOSITIONS = frozenset("about as at by for from in on than to with".split())
_OWNER = re.compile(r"\S+[’']s?")
_OFFICE = re.compile(rf"(?:{'|'.join(sorted(TITLE_HEADS))}|Founder) (?:of|and former)\b")
_POSTS = frozenset(
    """Ambassador Chairman Chairwoman Chiefs Commander Commissioner Congressman Director Governor
    Minister Ministers Officer Premier Premiers President Secretary Senator Spokesman Spokesperson
    Spokeswoman""".split()
)
"""Words at the end of a post that are nobody's surname, as Major and King may be."""
_FIRMS = frozenset("Co Co. Corp Corp. Inc Inc. Ltd Ltd. LLC plc PLC".split())
"""Words at the end of a firm's name."""
_WORD = re.compile(r"[^\s\u00a0]+")
_NO_PART_OF_A_NAME = re.compile(r"[@:;()]|^[“\"]")


def names_in(text: str, recognised: Name, gazetteer: Gazetteer) -> Iterator[Name]:
    """Give the names in what was recognised as one, each without what is no part of it.

    A person's name starts behind the last small word that no name has, and behind an owner: "Ed
    Ekdal" of "Lib Dem leader Ed Ekdal", of "Hull's Ed Ekdal", and ends before where the person is
    from; where nothing is left, it is none: "Ekdal ally", nor is a post without a name, "Prime
    Minister". What ends as a firm does is a body. A body's name may hold an "and" of its
    own; two that we know are two. An office in a body, "Chairman of the Board", is none.
    """
    if text[recognised.start : recognised.end].split()[-1] in _FIRMS:
        yield replace(recognised, kind="organisation")
        return
    if recognised.kind == "person":
        for part in _split(text, recognised, _JOINED_PEOPLE):
            person = _person(text, part, gazetteer)
            if person:
                yield person
        return
    if _OFFICE.match(text, recognised.start, recognised.end):
        return
    for part in _split(text, recognised, _COMMA):
        both = list(_split(text, part, _JOINED_BODIES))
        is_known = [gazetteer.get(text[one.start : one.end]) for one in both]
        yield from both if all(is_known) else [_person_behind_body(text, part, gazetteer) or part]


def _split(text: str, name: Name, between: re.Pattern) -> Iterator[Name]:
    start = name.start
    for found in between.finditer(text, name.start, name.end):
        yield replace(name, start=start, end=found.start())
        start = found.end()
    yield replace(name, start=start)


def _person(text: str, name: Name, gazetteer: Gazetteer) -> Name | None:
    words = list(_WORD.finditer(text, name.start, name.end))
    first = next(
        (
            place + 1
            for place in range(len(words) - 1, -1, -1)
            if _is_small(words[place][0])
            or (place + 1 < len(words) and _OWNER.fullmatch(words[place][0]))
        ),
        0,
    )
    if first and words[first - 1][0] in _PREPOSITIONS:
        # A title that such a word belongs to is taken off elsewhere: "Envoy for Trade Ann Lee".
        if any(word[0] in TITLE_HEADS for word in words[:first]):
            return name
        if first > 1:
            return None
        first += _words_of_a_country(words[first:], gazetteer)
    words = words[first:]
    words = words[: end_of_person([word[0] for word in words])]
    while words and words[-1][0] in _PARTICLES | {"I"}:
        words.pop()
    if not words or words[-1][0] in _POSTS:
        return None
    name = replace(name, start=words[0].start(), end=words[-1].end())
    if _NO_PART_OF_A_NAME.search(text[name.start : name.end]):
        return None
    return name


def _person_behind_body(text: str, name: Name, gazetteer: Gazetteer) -> Name | None:
    """Give whose post in a body is named before: "Ann Lee" of "United Nations Ann Lee"."""
    words = list(_WORD.finditer(text, name.start, name.end))
    for count in range(len(words) - 2, 0, -1):
        is_known = gazetteer.get(text[name.start : words[count - 1].end()])
        if is_known and is_given_name(words[count][0]):
            return Name(words[count].start(), name.end, "person")
    return None


def _is_small(word: str) -> bool:
    return _SMALL.fullmatch(word) is not None and word not in _PARTICLES


def _words_of_a_country(words: Sequence[re.Match], gazetteer: Gazetteer) -> int:
    """Count the words at the start that name a country: two of "South Korea Ann Lee"."""
    for count in (3, 2, 1):
        known = gazetteer.get(" ".join(word[0] for word in words[:count]))
        if known and known.kind == "country" and len(words) > count:
            return count
    return 0

"""A run of capitals taken apart: what is title, what is country, what is the name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction.gazetteer import Gazetteer
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import HONORIFICS, NOT_NAMES, ORGANISATION_WORDS, TITLE_HEADS

_WORD = re.compile(r"[^\s\u00a0]+")
_OF_PARTS = frozenset({"State", "Defense", "Defence", "Treasury", "Homeland", "Foreign", "Health",
                       "Education", "Justice", "Commerce", "Labor", "Energy", "Staff", "Interior",
                       "Transportation", "Agriculture", "Finance"})  # fmt: skip
_SECOND_PARTS = frozenset({"Security", "Affairs", "Services", "the"})
_BEFORE_NAMES = HONORIFICS | {"Sheikh"}
"""Words that are no part of a title that stands before them: "Prime Minister Sheikh"."""
_JOINED = re.compile(
    r"\w+(?:-(?:elect|designate|general))|(?:Brig|Maj|Lt|Co|Vice)\.?-\w+", re.IGNORECASE
)


def are_shouted(words: Sequence[str]) -> bool:
    """Tell words of a headline in capitals, "POLICE SEEK", from acronyms: "CGT UK"."""
    return (
        len(words) > 1
        and all(word.isupper() for word in words)
        and any(len(word) > 4 for word in words)
    )


def end_of_person(words: Sequence[str]) -> int:
    """Count the words of a name before where a person is from: two of "Ann Lee of Oslo"."""
    is_from = "of" in words[2:] and is_given_name(words[0])
    return words.index("of", 2) if is_from else len(words)


@dataclass(frozen=True, slots=True)
class CapitalRun:
    """The parts of a run such as "Former Israeli Defense Minister Yonatan Barlev".

    `start`..`end` is the name alone, `title_start`..`title_end` the title where there is one.
    """

    start: int
    end: int
    title_start: int | None
    title_end: int | None
    country: str | None
    is_former: bool
    is_honorific: bool


def take_apart(text: str, start: int, end: int, gazetteer: Gazetteer) -> CapitalRun | None:
    """Take a run of capitals apart; None when no name is left."""
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
    is_former = False
    while words and _bare(words[0][0]) in NOT_NAMES and len(words) > 1:
        words = words[1:]
    if words and words[0][0] in ("Former", "Ex", "Late", "Then", "Outgoing", "Incoming"):
        is_former = words[0][0] in ("Former", "Ex")
        words = words[1:]
    if not words:
        return None
    head = _last_title(words)
    if head is None:
        return CapitalRun(words[0][1], words[-1][2], None, None, None, is_former, False)
    before, name = words[: head + 1], words[head + 1 :]
    origin = next((i for i, (word, _, _) in enumerate(name) if word == "of" and i), len(name))
    name = name[:origin]
    country = None
    for count in (3, 2, 1):
        alias = re.sub(r"[’']s?$", "", " ".join(word for word, _, _ in before[:count]))
        known = gazetteer.get(alias)
        if len(before) > count and known is not None and known.kind == "country":
            country, before = alias, before[count:]
            break
    while len(before) > 1 and _bare(before[-1][0]) in _BEFORE_NAMES:
        before = before[:-1]
    is_honorific = len(before) == 1 and _bare(before[0][0]) in HONORIFICS
    return CapitalRun(
        name[0][1],
        name[-1][2],
        before[0][1],
        before[-1][2],
        country,
        is_former,
        is_honorific,
    )


def _last_title(words: list[tuple[str, int, int]]) -> int | None:
    """Give the place of the last word of the title, when a name follows it."""
    for place in range(len(words) - 2, -1, -1):
        bare = _bare(words[place][0])
        if bare not in TITLE_HEADS and not _JOINED.fullmatch(bare):
            continue
        if words[place + 1][0] in ("of", "for"):
            last = place + 2
            if last < len(words) and _bare(words[last][0]) not in _OF_PARTS:
                continue
            if last + 1 < len(words) and words[last + 1][0] in _SECOND_PARTS:
                last += 1
            place = last
        if place + 1 >= len(words) or words[place + 1][0] in ("of", "for"):
            return None
        rest = [_bare(word) for word, _, _ in words[place + 1 :]]
        if set(rest) <= {"Jr", "Sr", "II", "III", "IV"}:
            continue
        if "of" in rest[1:]:
            rest = rest[: rest.index("of", 1)]
        return None if any(word in ORGANISATION_WORDS for word in rest) else place
    return None


def _bare(word: str) -> str:
    return word.strip(".,")

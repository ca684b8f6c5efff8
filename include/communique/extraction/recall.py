"""Whom "he", "they", "it", "the minister" and "the ministry" take up from the text before."""

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from communique.extraction.entities import Cast, Place, Referent
from communique.extraction.sentences import Sentence

_SENTENCES_BACK = 4
_FAR_BACK = 1500
_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|with|to|by|for|against|from|about|on|in|at|like|between|and|than|over|under|toward"
    r"|towards)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+){0,4}$"
)
_WOMAN = re.compile(r"woman\b|\bqueen\b|\bprincess\b", re.I)
_MAN = re.compile(r"(?<!wo)man\b|\bking\b|\bprince\b", re.I)
_COLLECTIVES = ("organisation", "government", "ministry", "party", "group", "outlet",
                "international_organisation", "armed_force")  # fmt: skip
_TYPES_OF_HEADS = {
    "ministry": ("ministry",),
    "army": ("armed_force",),
    "military": ("armed_force",),
    "party": ("party",),
    "group": ("group", "organisation", "party"),
    "movement": ("group", "organisation", "party"),
    "organisation": ("organisation", "international_organisation", "group"),
    "organization": ("organisation", "international_organisation", "group"),
    "company": ("organisation",),
    "firm": ("organisation",),
    "retailer": ("organisation",),
    "alliance": ("international_organisation", "organisation"),
    "bloc": ("international_organisation",),
}
_OUTLET_HEADS = frozenset(
    "newspaper paper daily website outlet magazine broadcaster channel network site journal".split()
)


class Speaker(Protocol):
    """What the memory needs to know of a source."""

    source_type: str
    is_plural: bool
    descriptor: str | None
    referent: Referent | None


@dataclass(frozen=True, slots=True)
class _Spoken:
    position: int
    speaker: Speaker


class Recall:
    """Who spoke and who was mentioned so far, asked from some place of the text."""

    def __init__(self, cast: Cast, sentences: Sequence[Sentence]) -> None:
        self._cast = cast
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._spoken: list[_Spoken] = []

    def note(self, position: int, speaker: Speaker) -> None:
        """Remember that somebody spoke at a place."""
        self._spoken.append(_Spoken(position, speaker))

    def person(self, position: int, pronoun: str | None = None) -> Speaker | Referent | None:
        """Find the person that "he" or "she" is: a speaker just before, or a subject."""

        def fits(speaker: Speaker) -> bool:
            if speaker.referent is None:
                return speaker.source_type == "person"
            return speaker.referent.entity_type == "person" and _agrees(speaker.referent, pronoun)

        for sentence in self._back_from(position):
            spoken = self._last_spoken(sentence.start, min(position, sentence.end), fits)
            if spoken:
                return spoken
            subject = self._subject(sentence, position, ("person",), pronoun)
            if subject:
                return subject
        spoken = self._last_spoken(position - _FAR_BACK, position, fits)
        return spoken or next(
            (p.referent for p in self._cast.before(position) if _is_person(p, pronoun)), None
        )

    def collective(self, position: int) -> Speaker | Referent | None:
        """Find what "it" is: a document or body that spoke just before, or a subject."""

        def fits(speaker: Speaker) -> bool:
            if speaker.source_type in ("document", "poll"):
                return True
            return speaker.referent is not None and speaker.referent.entity_type in _COLLECTIVES

        for sentence in self._back_from(position):
            spoken = self._last_spoken(sentence.start, min(position, sentence.end), fits)
            if spoken:
                return spoken
            subject = self._subject(sentence, position, _COLLECTIVES, None)
            if subject:
                return subject
        return self._last_spoken(position - _FAR_BACK, position, fits)

    def group(self, position: int) -> Speaker | Referent | None:
        """Find who "they" are: a plural speaker, a body, else whoever spoke last."""

        def fits(speaker: Speaker) -> bool:
            return speaker.is_plural or (
                speaker.referent is not None and speaker.referent.entity_type in _COLLECTIVES
            )

        near = self._last_spoken(position - _FAR_BACK // 2, position, fits)
        return near or self._last_spoken(position - _FAR_BACK, position, lambda _: True)

    def document(self, position: int, head: str) -> Speaker | None:
        """Find the document that "the statement" takes up."""
        return self._last_spoken(
            0,
            position,
            lambda one: (
                one.source_type in ("document", "poll") and head in (one.descriptor or "").lower()
            ),
        )

    def last(self, position: int) -> Speaker | None:
        """Give whoever spoke last, when that was not far back."""
        return self._last_spoken(position - _FAR_BACK, position, lambda _: True)

    def unnamed(self, position: int, head: str) -> Speaker | None:
        """Find the unnamed source that "the official" takes up."""
        return self._last_spoken(
            0,
            position,
            lambda one: one.referent is None and head in (one.descriptor or "").lower().split(),
        )

    def in_role(self, position: int, head: str, country_code: str | None) -> Referent | None:
        """Find the person whose role "the president" or "the Russian leader" repeats."""
        for place in self._cast.before(position):
            person = place.referent
            if country_code and person.country_code not in (None, country_code):
                continue
            if any(head in role.title.lower().split() for role in person.roles):
                return person
        return None

    def body(self, position: int, head: str) -> Referent | None:
        """Find the body that "the ministry" or "the newspaper" takes up."""
        types = ("outlet",) if head in _OUTLET_HEADS else _TYPES_OF_HEADS.get(head, ())
        for place in self._cast.before(position):
            referent = place.referent
            if referent.entity_type in types:
                return referent
            named = head in referent.name.lower().split()
            if named and referent.entity_type not in ("person", "government"):
                return referent
        return None

    def _back_from(self, position: int) -> Iterator[Sentence]:
        here = bisect.bisect_right(self._starts, position) - 1
        for number in range(here, max(-1, here - _SENTENCES_BACK), -1):
            yield self._sentences[number]

    def _last_spoken(self, start: int, end: int, fits: Callable[[Speaker], bool]) -> Speaker | None:
        for spoken in reversed(self._spoken):
            if spoken.position < start:
                return None
            if spoken.position < end and fits(spoken.speaker):
                return spoken.speaker
        return None

    def _subject(
        self, sentence: Sentence, position: int, types: tuple[str, ...], pronoun: str | None
    ) -> Referent | None:
        """Give the first actor of a sentence that no preposition governs."""
        for place in self._cast.inside(sentence.start, min(sentence.end, position)):
            if place.referent.entity_type not in types or not _agrees(place.referent, pronoun):
                continue
            if any(q.start <= place.start < q.end for q in sentence.quotations):
                continue
            before = self._cast.text[max(sentence.start, place.start - 60) : place.start]
            if not _AFTER_PREPOSITION.search(before):
                return place.referent
        return None


def _is_person(place: Place, pronoun: str | None) -> bool:
    return place.referent.entity_type == "person" and _agrees(place.referent, pronoun)


def _agrees(person: Referent, pronoun: str | None) -> bool:
    """Tell whether titles speak against a pronoun: "Ms.", "spokeswoman", "chairman"."""
    if pronoun not in ("he", "she"):
        return True
    titles = " ".join([*(role.title for role in person.roles), *person.honorifics])
    if pronoun == "he":
        return not (_WOMAN.search(titles) or {"Mrs", "Ms", "Miss", "Dame"} & person.honorifics)
    return not (_MAN.search(titles) or {"Mr", "Sir"} & person.honorifics)

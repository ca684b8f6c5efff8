"""Whom "he", "they", "it", "the minister" and "the ministry" take up: a ranking by salience.

Whoever spoke or was mentioned is a candidate. A candidate's score is that of its best occurrence,
so many points for how it occurs less some for each sentence between, plus what speaks for the
candidate itself: how well it fits the expression and how often the text has it.
"""

import bisect
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from communique.extraction.cast import Cast, Place, Referent
from communique.extraction.given_names import pronoun_of
from communique.extraction.lexicon import ORGANISATION_WORDS
from communique.extraction.sentences import Sentence

_SPOKE = 1.5
_SUBJECT = 1.2
_OBJECT = 0.4
_GOVERNED = -0.1
_QUOTED = -2.5
_PER_SENTENCE = 0.5
_PER_MENTION = 0.2
_PER_MENTION_OF_BODY = 0.5
_GENDER_KNOWN = 0.4
_NOT_YET = -3.0
"""What it costs a candidate that the text names it only later."""
_MOST_SENTENCES = 12
_ISSUED_WITHIN = 4
_MOST_PLACES = 60
_MOST_SPOKEN = 30

_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|with|to|by|for|against|from|about|on|in|at|like|between|than|over|under|toward"
    r"|towards|behind|into)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+){0,4}$"
)
_WOMAN = re.compile(r"woman\b|\bqueen\b|\bprincess\b|\bmother\b|\bwife\b|\bsister\b", re.I)
_MAN = re.compile(r"(?<!wo)man\b|\bking\b|\bprince\b|\bfather\b|\bhusband\b|\bbrother\b", re.I)
_COLLECTIVES = frozenset(
    """organisation government ministry party group outlet international_organisation
    armed_force""".split()
)
_TYPES_OF_HEADS = {
    "ministry": ("ministry",),
    "department": ("ministry",),
    "army": ("armed_force",),
    "military": ("armed_force",),
    "party": ("party",),
    "group": ("group", "organisation"),
    "movement": ("group", "organisation", "party"),
    "militia": ("group", "armed_force"),
    "organisation": ("organisation", "international_organisation", "group"),
    "organization": ("organisation", "international_organisation", "group"),
    "company": ("organisation",),
    "firm": ("organisation",),
    "retailer": ("organisation",),
    "chain": ("organisation",),
    "maker": ("organisation",),
    "carmaker": ("organisation",),
    "foundation": ("organisation",),
    "union": ("organisation",),
    "alliance": ("international_organisation",),
    "bloc": ("international_organisation",),
    "agency": ("international_organisation", "organisation", "outlet"),
    "newspaper": ("outlet",),
    "paper": ("outlet",),
    "daily": ("outlet",),
    "website": ("outlet",),
    "outlet": ("outlet",),
    "magazine": ("outlet",),
    "broadcaster": ("outlet",),
    "channel": ("outlet",),
    "network": ("outlet",),
    "site": ("outlet",),
    "journal": ("outlet",),
}
_KINDRED = {
    "panel": frozenset({"committee", "commission", "council", "board"}),
    "agency": frozenset({"administration", "office", "service", "bureau"}),
    "watchdog": frozenset({"office", "commission", "authority", "agency"}),
    "think-tank": frozenset({"institute", "institution", "foundation", "center", "centre"}),
}
"""Words of names that a body may also be taken up by."""
_BUSINESSES = frozenset({"company", "firm", "retailer", "chain", "maker", "carmaker"})
_PUBLIC = frozenset(
    """congress senate house court department ministry commission parliament agency administration
    council university nations union committee office caucus""".split()
)
"""Words of names that no company has."""


class Speaker(Protocol):
    """What the memory needs to know of a source."""

    source_type: str
    is_plural: bool
    descriptor: str | None
    referent: Referent | None


Candidate = Speaker | Referent
Fit = Callable[[Candidate], float | None]
"""What a candidate's own nature adds to its score; None rules it out."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    position: int
    speaker: Speaker


@dataclass(slots=True)
class _Rated:
    """A candidate with how well it fits (None rules it out) and its best occurrence so far."""

    candidate: Candidate
    fit: float | None
    best: float = -math.inf
    count_of_mentions: int = 0

    def count(self, points: float) -> None:
        self.best = max(self.best, points)
        self.count_of_mentions += 1

    def score(self, per_mention: float) -> float:
        return (self.fit or 0.0) + self.best + per_mention * math.log(self.count_of_mentions)


class Recall:
    """Who spoke and who was mentioned so far, asked from some place of the text."""

    def __init__(self, cast: Cast, sentences: Sequence[Sentence]) -> None:
        self._cast = cast
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._spoken: list[_Spoken] = []
        self._weights: dict[int, float] = {}

    def note(self, position: int, speaker: Speaker) -> None:
        """Remember that somebody spoke at a place."""
        self._spoken.append(_Spoken(position, speaker))

    def person(self, position: int, pronoun: str | None = None) -> Candidate | None:
        """Find the person that "he" or "she" is."""

        def fit(one: Candidate) -> float | None:
            if isinstance(one, Referent):
                if one.entity_type != "person":
                    return None
                known = gender_of(one)
            elif one.source_type == "person":
                known = _gender_in(one.descriptor or "")
            else:
                return None
            if pronoun not in ("he", "she") or known is None:
                return 0.0
            return _GENDER_KNOWN if known == pronoun else None

        return self._best_unless_quoting(position, fit)

    def collective(self, position: int) -> Candidate | None:
        """Find what "it" is: a document or a body."""

        def fit(one: Candidate) -> float | None:
            if isinstance(one, Referent):
                if one.entity_type not in _COLLECTIVES:
                    return None
                return -0.5 if one.entity_type in ("government", "outlet") else 0.0
            if one.source_type in ("document", "poll"):
                return 0.2
            return 0.0 if one.source_type == "organisation" else None

        return self._best_unless_quoting(position, fit)

    def group(self, position: int) -> Candidate | None:
        """Find who "they" are: a plural speaker, a body, else whoever spoke last."""

        def fit(one: Candidate) -> float | None:
            if not isinstance(one, Referent):
                return 1.0 if one.is_plural else -1.0
            if one.entity_type == "person":
                return -1.6
            return -0.3 if one.entity_type in ("government", "outlet") else 0.3

        return self._best_unless_quoting(position, fit)

    def document(self, position: int, heads: Sequence[str]) -> Speaker | None:
        """Find the document that "the statement" takes up."""
        return self._last_spoken(
            position,
            lambda one: (
                one.source_type in ("document", "poll")
                and any(head in (one.descriptor or "").lower() for head in heads)
            ),
        )

    def last(self, position: int, source_types: Sequence[str] = ()) -> Speaker | None:
        """Give whoever spoke last, of some types where those are given."""
        return self._last_spoken(
            position, lambda one: not source_types or one.source_type in source_types
        )

    def issuer(self, position: int, head: str) -> Speaker | None:
        """Find whose "the statement" is: who spoke where the word stands, else who spoke last."""
        for spoken in self._spoken[: -_MOST_SPOKEN - 1 : -1]:
            number = max(0, self._sentence(spoken.position))
            if self._sentence(position) - number > _ISSUED_WITHIN:
                break
            sentence = self._sentences[number]
            word = self._cast.text.find(head, sentence.start, min(sentence.end, position))
            if spoken.position < position and word >= 0:
                beside = [
                    one
                    for one in self._spoken[-_MOST_SPOKEN:]
                    if sentence.start <= one.position < min(sentence.end, position)
                ]
                return min(beside, key=lambda one: abs(one.position - word)).speaker
        return self.last(position)

    def _best_unless_quoting(self, position: int, fit: Fit) -> Candidate | None:
        quoting = self._quoting(position)

        def stricter(one: Candidate) -> float | None:
            return None if any(one is speaker for speaker in quoting) else fit(one)

        return self._best(position, stricter)

    def _quoting(self, position: int) -> list[Candidate]:
        """Give who says the quotation that a place stands in: nobody calls himself "he"."""
        number = self._sentence(position)
        if number < 0:
            return []
        sentence = self._sentences[number]
        if not any(quote.start < position < quote.end for quote in sentence.quotations):
            return []
        return [
            _who(spoken.speaker)
            for spoken in self._spoken[: -_MOST_SPOKEN - 1 : -1]
            if sentence.start <= spoken.position < sentence.end
            and not any(q.start < spoken.position < q.end for q in sentence.quotations)
        ]

    def unnamed(self, position: int, head: str, modifiers: Sequence[str] = ()) -> Speaker | None:
        """Find the unnamed source that "the official" takes up, by its head and other words."""

        def fits(one: Speaker) -> bool:
            words = re.findall(r"[\w-]+", (one.descriptor or "").lower())
            return (
                one.referent is None and head in words and all(word in words for word in modifiers)
            )

        return self._last_spoken(position, fits)

    def in_role(self, position: int, fits: Callable[[Referent], float]) -> Referent | None:
        """Find the person whose role a title repeats; `fits` gives 0 where it does not."""

        def fit(one: Candidate) -> float | None:
            if not isinstance(one, Referent) or one.entity_type != "person":
                return None
            return fits(one) or None

        best = self._best(position, fit, everywhere=True)
        return best if isinstance(best, Referent) else None

    def body(
        self,
        position: int,
        head: str,
        country_code: str | None = None,
        *,
        is_news: bool = False,
    ) -> Referent | None:
        """Find the body that "the ministry", "the company" or "the newspaper" takes up."""
        types = _TYPES_OF_HEADS.get(head, ())

        def fit(one: Candidate) -> float | None:
            if not isinstance(one, Referent) or one.entity_type in ("person", "government"):
                return None
            if country_code and one.country_code not in (None, country_code):
                return None
            words = one.name.lower().split()
            if is_news:
                return 1.0 if one.entity_type == "outlet" else None
            if head in words:
                return 2.0
            if not _KINDRED.get(head, frozenset()).isdisjoint(words):
                return 1.0
            if one.entity_type not in types:
                return None
            if not _PUBLIC.isdisjoint(words) and one.entity_type == "organisation":
                return None
            return 0.3 if head in _BUSINESSES and words[-1] in ORGANISATION_WORDS else 0.0

        best = self._best(position, fit, everywhere=True, per_mention=_PER_MENTION_OF_BODY)
        return best if isinstance(best, Referent) else None

    def pair(self, position: int, entity_types: Sequence[str]) -> list[Referent]:
        """Give the two actors of some types that were mentioned last: "both sides"."""
        found: list[Referent] = []
        for place in self._cast.before(position):
            if place.referent.entity_type in entity_types and place.referent not in found:
                found.append(place.referent)
                if len(found) == 2:
                    return found[::-1]
        return []

    def government(self, position: int) -> Referent | None:
        """Find whose "the government" is."""

        def fit(one: Candidate) -> float | None:
            is_state = isinstance(one, Referent) and one.entity_type == "government"
            return 0.0 if is_state else None

        best = self._best(position, fit)
        return best if isinstance(best, Referent) else None

    def _best(
        self,
        position: int,
        fit: Fit,
        *,
        everywhere: bool = False,
        per_mention: float = _PER_MENTION,
    ) -> Candidate | None:
        """Rank the candidates near a place, or in the whole text where asked or none is near."""
        here = self._sentence(position)
        candidates: dict[int, _Rated] = {}

        def count(one: Candidate, at: int, weight: float) -> None:
            rated = candidates.get(id(one))
            if rated is None:
                rated = candidates[id(one)] = _Rated(one, fit(one))
            rated.count(weight - _PER_SENTENCE * abs(here - self._sentence(at)))

        for spoken in self._spoken[: -_MOST_SPOKEN - 1 : -1]:
            if spoken.position < position:
                count(_who(spoken.speaker), spoken.position, _SPOKE)
        for number, place in enumerate(self._cast.before(position)):
            near = here - self._sentence(place.start) <= _MOST_SENTENCES
            if number >= _MOST_PLACES or not (near or everywhere):
                break
            count(place.referent, place.start, self._weight(place))
        if everywhere or all(rated.fit is None for rated in candidates.values()):
            for place in self._cast.places[:_MOST_PLACES]:
                later = _NOT_YET if place.start > position else 0.0
                count(place.referent, place.start, self._weight(place) + later)
        fitting = [rated for rated in candidates.values() if rated.fit is not None]
        if not fitting:
            return None
        return max(fitting, key=lambda rated: rated.score(per_mention)).candidate

    def _sentence(self, position: int) -> int:
        return bisect.bisect_right(self._starts, position) - 1

    def _weight(self, place: Place) -> float:
        """Weigh how a mention stands in its sentence: as subject, object, behind a preposition."""
        known = self._weights.get(place.start)
        if known is None:
            known = self._weights[place.start] = self._weigh(place)
        return known

    def _weigh(self, place: Place) -> float:
        number = self._sentence(place.start)
        if number < 0:
            return _GOVERNED
        sentence = self._sentences[number]
        if any(q.start <= place.start < q.end for q in sentence.quotations):
            return _QUOTED
        if self._is_governed(sentence, place):
            return _GOVERNED
        earlier = self._cast.inside(sentence.start, place.start)
        is_first = all(self._is_governed(sentence, one) for one in earlier)
        return _SUBJECT if is_first else _OBJECT

    def _is_governed(self, sentence: Sentence, place: Place) -> bool:
        """Tell whether a preposition or a possessive ending keeps a mention from acting."""
        if self._cast.text.startswith(("’s ", "'s "), place.end):
            return True
        before = self._cast.text[max(sentence.start, place.start - 60) : place.start]
        return _AFTER_PREPOSITION.search(before) is not None

    def _last_spoken(self, position: int, fits: Callable[[Speaker], bool]) -> Speaker | None:
        return next(
            (
                spoken.speaker
                for spoken in reversed(self._spoken)
                if spoken.position < position and fits(spoken.speaker)
            ),
            None,
        )


def _who(speaker: Speaker) -> Candidate:
    """Give the actor that speaks, or the source itself for documents and the unnamed."""
    if speaker.referent is None or speaker.source_type in ("document", "poll", "post"):
        return speaker
    return speaker.referent


def gender_of(person: Referent) -> str | None:
    """Give "he" or "she" by honorifics, titles and the given name; None where nothing tells."""
    if {"Mrs", "Ms", "Miss", "Dame", "Lady"} & person.honorifics:
        return "she"
    if {"Mr", "Sir", "Lord"} & person.honorifics:
        return "he"
    by_title = _gender_in(" ".join(sorted({role.title for role in person.roles})))
    return by_title or pronoun_of(person.name)


def _gender_in(words: str) -> str | None:
    if _WOMAN.search(words):
        return "she"
    return "he" if _MAN.search(words) else None

"""Who met, called, visited or asked whom, in PLOVER's event types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.extraction.cast import Cast, Place
from communique.extraction.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Meeting:
    """One interaction between two actors, as one sentence reports it."""

    interaction_type: str
    mode: str
    initiator: Place
    recipient: Place
    requested_by: Place | None
    place: str | None
    start: int
    end: int


_PATTERNS = (
    ("CONSULT", "phone", re.compile(
        r"\b(?:called|phoned|telephoned|spoke (?:by (?:tele)?phone|on the phone) (?:with|to)"
        r"|(?:has|had|have) (?:finally )?spoken (?:on|by) (?:the )?(?:tele)?phone (?:with|to)"
        r"|(?:held|had) (?:a )?(?:tele)?phone (?:call|conversation|talks) with)\s+")),
    ("CONSULT", "meet", re.compile(
        r"\b(?:met(?: with)?|held talks with|hosted|received|sat down with|meets(?: with)?"
        r"|in (?:his|her) meeting (?:last week |on \w+ )?with)\s+")),
    ("CONSULT", "unspecified", re.compile(
        r"\b(?:spoke (?:with|to)|(?:has|had|have) (?:finally )?spoken (?:with|to)"
        r"|consulted(?: with)?|in talks with)\s+")),
    ("CONSULT", "visit", re.compile(
        r"\b(?:visited|arrived in|travell?ed to|paid a visit to|flew to|landed in)\s+")),
    ("AGREE", "unspecified", re.compile(
        r"\b(?:signed (?:a|an|the) [^,.]{3,60} with|reached (?:a|an) [^,.]{3,40} with"
        r"|agreed with)\s+")),
    ("AID", "unspecified", re.compile(r"\b(?:sent (?:weapons|aid|ammunition|troops) to)\s+")),
    ("ACCUSE", "unspecified", re.compile(r"\b(?:accused)\s+")),
    ("REQUEST", "unspecified", re.compile(r"\b(?:urged|asked|called on|appealed to)\s+")),
    ("THREATEN", "unspecified", re.compile(r"\b(?:threatened)\s+")),
    ("SANCTION", "unspecified", re.compile(
        r"\b(?:imposed (?:new |fresh )?sanctions on|sanctioned)\s+")),
)  # fmt: skip
_NO_PARTNER = re.compile(r"^(?:for|on|upon|it|that|him|her|them)\b|[,;:.“\"]|\b(?:and|that|of)\b")
"""What between verb and name shows that the name is not whom the verb reached."""
_GOES_ON = re.compile(
    r"[,.;)]|\s+(?:on|last|late|early|earlier|again|in|at|to|by|from|over|during|after|before|and"
    r"|with|about|yesterday|today|this|for|who|as|twice|ahead|amid)\b|$"
)
"""What may follow whom somebody called: "called Han on Friday", but not "called Han a liar"."""
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\s+(?:has |had |also |later |then |finally )?$")
_NEAR = 60
_REQUESTED = re.compile(r"\bat the request of\s+")
_CAME_AT_REQUEST = re.compile(
    r"\b(?P<contact>(?:phone[- ])?(?:call|conversation)|meeting|talks|visit|trip)"
    r" (?:came|was held|took place|happened|followed) at the request of\s+",
    re.IGNORECASE,
)
_MODE_WORDS = (("call", "phone"), ("conversation", "phone"), ("meeting", "meet"),
               ("talks", "meet"), ("visit", "visit"), ("trip", "visit"))  # fmt: skip
_IN_PLACE = re.compile(r"\bin (?:the )?(?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")
_ACTORS = ("person", "government", "ministry", "armed_force", "international_organisation",
           "group", "party", "organisation")  # fmt: skip


def find_interactions(cast: Cast, sentence: Sentence, text: str) -> Iterator[Meeting]:
    """Find what a sentence reports outside quotations; both sides must be known actors."""
    for interaction_type, mode, pattern in _PATTERNS:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            if any(q.start <= found.start() < q.end for q in sentence.quotations):
                continue
            meeting = _read(cast, sentence, text, found, interaction_type, mode)
            if meeting:
                yield meeting


def find_request(cast: Cast, sentence: Sentence, text: str) -> tuple[str, Place] | None:
    """Read "the call came at the request of X": the mode of contact it is about, and X."""
    found = _CAME_AT_REQUEST.search(text, sentence.start, sentence.end)
    asked_by = _first(cast.inside(found.end(), sentence.end)) if found else None
    if asked_by is None:
        return None
    return next(mode for word, mode in _MODE_WORDS if word in found["contact"].lower()), asked_by


def _read(
    cast: Cast, sentence: Sentence, text: str, found: re.Match, interaction_type: str, mode: str
) -> Meeting | None:
    before = [p for p in cast.inside(sentence.start, found.start()) if _is_actor(p)]
    after = [p for p in cast.inside(found.end(), min(sentence.end, found.end() + 90))
             if _is_actor(p)]  # fmt: skip
    initiator = _subject(cast, sentence, text, found, before)
    if mode == "visit":
        recipient = _visited(cast, text, found, sentence)
    else:
        recipient = _reached(text, found, after)
    if initiator is None or recipient is None or initiator.referent is recipient.referent:
        return None
    request = _REQUESTED.search(text, sentence.start, sentence.end)
    asked_by = _first(cast.inside(request.end(), sentence.end)) if request else None
    if asked_by and asked_by.referent in (initiator.referent, recipient.referent):
        asked_by = None
    place = _IN_PLACE.search(text, found.end(), sentence.end)
    return Meeting(
        interaction_type,
        mode,
        initiator,
        recipient,
        asked_by,
        place["place"] if place else None,
        sentence.start,
        sentence.end,
    )


def _visited(cast: Cast, text: str, found: re.Match, sentence: Sentence) -> Place | None:
    """Take a visit to a city or state as one to its government."""
    for hit in cast.gazetteer.find(text[found.end() : min(sentence.end, found.end() + 40)]):
        if hit.known.kind == "country":
            word = text[found.end() + hit.start : found.end() + hit.end]
            government = cast.government(hit.known.country_code, word)
            return Place(government, found.end() + hit.start, found.end() + hit.end, "metonym", 0.6)
    return None


def _reached(text: str, found: re.Match, after: list[Place]) -> Place | None:
    """Take whom the verb reaches: the name that stands right behind it, as somebody's name."""
    recipient = _first(after)
    if recipient is None or recipient.start - found.end() > _NEAR:
        return None
    if _NO_PARTNER.search(text[found.end() : recipient.start]):
        return None
    if found[0].startswith("called ") and not _GOES_ON.match(text, recipient.end):
        return None
    return recipient


def _subject(
    cast: Cast, sentence: Sentence, text: str, found: re.Match, before: list[Place]
) -> Place | None:
    """Take who acts: the nearest name before the verb, or whom "he" or "she" stands for."""
    if _PRONOUN.search(text, sentence.start, found.start()):
        earlier = [
            place
            for place in cast.inside(max(0, sentence.start - 600), sentence.start)
            if place.referent.entity_type == "person"
        ]
        return earlier[-1] if earlier else None
    return _nearest_subject(before)


def _nearest_subject(places: list[Place]) -> Place | None:
    people = [place for place in places if place.referent.entity_type == "person"]
    return (people or places)[-1] if places else None


def _first(places: list[Place]) -> Place | None:
    people = [place for place in places[:2] if place.referent.entity_type == "person"]
    return (people or places)[0] if places else None


def _is_actor(place: Place) -> bool:
    return place.referent.entity_type in _ACTORS

"""Who met, called, visited, asked, accused or attacked whom, in PLOVER's event types."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extraction.cast import Cast, Place, Referent
from communique.extraction.interaction_forms import FORMS, NOUN_FORMS, PASSIVE_FORMS, Form
from communique.extraction.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Meeting:
    """One interaction between two actors, as one sentence reports it; `verb` is where it does."""

    interaction_type: str
    mode: str
    initiator: Place
    recipient: Place
    requested_by: Place | None
    place: str | None
    verb: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Side:
    """Words of a sentence that name an actor: `begin` is where its title starts.

    A state that nothing else in the text shows as acting has no referent until it takes part.
    """

    begin: int
    start: int
    end: int
    referent: Referent | None
    country_code: str | None

    def place(self, cast: Cast) -> Place:
        referent = self.referent
        if referent is None:
            referent = cast.government(self.country_code or "", cast.text[self.start : self.end])
        return Place(referent, self.start, self.end, "metonym", 0.6)


_ACTORS = ("person", "government", "ministry", "armed_force", "international_organisation",
           "group", "party", "organisation")  # fmt: skip
_COLLECTIVES = (
    r"(?:government|administration|regime|authorities|officials|leaders|ministers|diplomats"
    r"|negotiators|delegations?|sides?|military|army|navy|air force|troops|forces|soldiers|police"
    r"|warplanes|warships|jets|aircraft|fighters|tanks|drones|militants|rebels|insurgents)"
)
_FORCE_BEHIND = re.compile(rf"(?:[’']s)?\s+(?:[a-z]+\s+){{0,2}}?{_COLLECTIVES}\b")
_BETWEEN_SUBJECT_AND_VERB = re.compile(
    rf"\s*(?:(?:\w+ly|has|have|had|also|later|then|finally|again|himself|herself|itself|who|which"
    rf"|today|yesterday|earlier|meanwhile|and|both|(?:on|last|this|next)\s+[\w ]+?|\w+day|in\s+\w+"
    rf"|{_COLLECTIVES})\s+)*"
)
_ASIDE = re.compile(r",[^,;“”\"]{1,100},|\([^()]{1,60}\)|[–—][^–—]{1,80}[–—]")
_SECOND_VERB = re.compile(r"[^,;:“”\"]{1,150},?\s+and\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)?")
_OTHER_CLAUSE = re.compile(
    r"\b(?:said|says|told|that|which|who|whose|where|when|while|as|but|of)\b"
)
_NOT_SUBJECT = re.compile(
    r"\b(?:of|with|to|for|from|by|against|on|in|at|between|about|over|than|like|including|under"
    r"|near|into|via|through|if|unless|whether|without|met|told|sent|gave|made|took|called|[a-z]+ed"
    r"|[a-z]+ing)\s+(?:(?:the|its|his|her|their)\s+)?(?:[A-Z][\w-]+\s+){0,2}$"
)
"""What before a name shows that it is no subject of the verb behind: "a spokesman for Barlev"."""
_NOT_DONE = re.compile(
    r"(?:\b(?:not|never|will|would|could|should|may|might|must|can|cannot|to|if|without|nor)"
    r"|n[’']t|\bden(?:y|ies|ied)\b[^,;.]{1,40}\b(?:he|she|it|they)(?: had)?)"
    r"\s+(?:[a-z]+ly\s+)?(?:have\s+)?(?:be(?:en)?\s+)?$"
)
_ONLY_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|false(?:ly)?)\b[^,;:]*$"
    r"|\bden(?:y|ies|ied|ying)\b"
    r"(?:(?! (?:and|but|after|before|because|when|while|since) )[^,;:])*$",
    re.IGNORECASE,
)
"""What in the clause before a verb shows that it was supposed or denied: "if Kenya attacked"."""
_NOT_YET = re.compile(
    r"\b(?:[Aa]n?|[Ff]or|[Nn]ew|[Nn]o|[Pp]ossible|[Pp]lanned|[Ff]uture|[Dd]irect)\s+(?:[a-z-]+\s+)?$"
)
"""What before "talks between" shows that they are only wished for: "a place for peace talks"."""
_NO_PARTNER = re.compile(
    r"^(?:it|that|him|her|them)\b|[,;:.“\"]"
    r"|\b(?:they|he|she|it|we|would|will|should|could|is|are|was|were|has|have|had)\b"
    r"|\b(?:and|that|of|for|on|upon|with|by|against|from|to|in|at|over|about|after|before)\b"
)
"""What between verb and name shows that the name is not whom the verb reached."""
_GOVERNMENT_OF = re.compile(
    r"(?:the )?(?:government|authorities|leaders|leadership|people) (?:of|in) (?:the )?$"
)
_GOES_ON = re.compile(
    r",(?!\s+an?\b)|[.;)]|\s+(?:on|last|late|early|earlier|again|in|at|to|by|from|over|during|after|before|and"
    r"|with|about|yesterday|today|this|for|who|as|twice|ahead|amid)\b|$"
)
"""What may follow whom somebody called: "called Han on Friday", but not "called Han a liar"."""
_WITH_WORDS = re.compile(r"[’']|\s+(?:for|over|as|on (?:social|Twitter))\b")
"""What follows whom somebody attacked with words alone: "attacked Barlev for his silence"."""
_A_QUESTION = re.compile(r"\s+(?:about|whether|if|why|how|what|when|for comment)\b")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\s+(?:has |had |also |later |then |finally )?$")
_REACH_WHAT_IS_SOMEBODYS = ("SUPPORT", "REJECT", "ACCUSE", "CONCEDE", "REQUEST")
"""Types of which "Kenya’s plan" makes Kenya the recipient: praising it, but not attacking it."""
_HAPPEN_SOMEWHERE = ("CONSULT", "AGREE", "COOPERATE", "PROTEST", "COERCE", "ASSAULT")
"""Types of which "in Warsaw" says where; what is asked or warned of may lie in another place."""
_CLAUSE = 120
_NEAR = 60
_PLACE_NEAR = 40
_SHORTLY = 300
_REQUESTED = re.compile(r"\bat the (?:request|invitation) of\s+|\binvited by\s+")
_REQUEST_OF = re.compile(r"\bat (?=[A-Z][^,.;]{1,60}[’']s? (?:request|invitation)\b)")
_CAME_AT_REQUEST = re.compile(
    r"\b(?P<contact>(?:phone[- ])?(?:call|conversation)|meeting|talks|visit|trip)"
    r" (?:came|was held|took place|happened|followed) at the request of\s+",
    re.IGNORECASE,
)
_MODE_WORDS = (("call", "phone"), ("conversation", "phone"), ("meeting", "meet"),
               ("talks", "meet"), ("visit", "visit"), ("trip", "visit"))  # fmt: skip
_IN_PLACE = re.compile(
    r"\bin (?:the )?(?!\w+day\b|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b)(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)
_JOINED = re.compile(r"(?:,|,? and|,? as well as)\s+(?:the\s+)?")
_BARE_COMMA = re.compile(r",\s+(?:the\s+)?")
_ACTS = re.compile(
    r"\s+(?:\w+ly\s+|also\s+|later\s+|(?:on\s+)?\w+day\s+)?(?:[a-z]{2,}ed|sa(?:id|ys)|told|is|are|was"
    r"|were|has|have|had|will|would|can|could|may|might|must|should|did|does|made|took|began|went|came"
    r"|gave|sent|held|saw|left|won|put|cut)\b"
)
"""What behind a name shows that a clause of its own begins with it: "Ukraine, and Chad said"."""
_ANOTHER_NAME = re.compile(r"\s+(?:[a-z-]+\s+){0,3}")
_BETWEEN = tuple(
    (interaction_type, mode, re.compile(rf"\b(?:{words}) between\s+"))
    for interaction_type, mode, words in NOUN_FORMS
)
_CONTACT_WITH = tuple(
    (
        interaction_type,
        mode,
        re.compile(rf"\b(?:after|at|during|in|following|had) (?:an? |the |his |her |their )?"
                   rf"(?:[a-z-]+ ){{0,2}}(?:{words}) with\s+"),
    )
    for interaction_type, mode, words in NOUN_FORMS
    if interaction_type == "CONSULT"
)  # fmt: skip


def find_interactions(cast: Cast, sentence: Sentence, text: str) -> Iterator[Meeting]:
    """Find what a sentence reports as done, outside quotations, between two known actors."""
    sides = _sides(cast, sentence)
    if not sides:
        return
    taken: list[tuple[int, int]] = []
    for interaction_type, mode, found, pairs in _candidates(cast, sentence, text, sides):
        if any(q.start <= found.start() < q.end for q in sentence.quotations):
            continue
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        meetings = list(_meetings(cast, sentence, interaction_type, mode, found, pairs))
        if meetings:
            taken.append(found.span())
        yield from meetings


def find_request(cast: Cast, sentence: Sentence, text: str) -> tuple[str, Place] | None:
    """Read "the call came at the request of X": the mode of contact it is about, and X."""
    found = _CAME_AT_REQUEST.search(text, sentence.start, sentence.end)
    asked_by = _first(cast.inside(found.end(), sentence.end)) if found else None
    if asked_by is None:
        return None
    return next(mode for word, mode in _MODE_WORDS if word in found["contact"].lower()), asked_by


_Pairs = list[tuple[_Side | Place, _Side | Place]]


def _candidates(
    cast: Cast, sentence: Sentence, text: str, sides: Sequence[_Side]
) -> Iterator[tuple[str, str, re.Match, _Pairs]]:
    for form in (*PASSIVE_FORMS, *FORMS):
        for found in form.pattern.finditer(text, sentence.start, sentence.end):
            before = max(sentence.start, found.start() - _CLAUSE), found.start()
            if not (_NOT_DONE.search(text, *before) or _ONLY_SUPPOSED.search(text, *before)):
                yield (
                    form.interaction_type,
                    form.mode,
                    found,
                    _pairs(cast, sentence, form, found, sides),
                )
    for interaction_type, mode, pattern in _BETWEEN:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            if _NOT_YET.search(text, max(sentence.start, found.start() - 40), found.start()):
                continue
            both = _objects(text, found, sides)
            yield interaction_type, mode, found, [(both[0], one) for one in both[1:]]
    for interaction_type, mode, pattern in _CONTACT_WITH:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            partners = _objects(text, found, sides)
            speakers = [one for one in sides if one.referent and one not in partners
                        and one.referent.entity_type == "person"]  # fmt: skip
            yield (
                interaction_type,
                mode,
                found,
                [(one, other) for one in speakers[:1] for other in partners],
            )


def _pairs(
    cast: Cast, sentence: Sentence, form: Form, found: re.Match, sides: Sequence[_Side]
) -> _Pairs:
    text = cast.text
    subjects = _subjects(cast, sentence, found, sides)
    if form.voice == "mutual":
        return [(one, other) for one in subjects[:1] for other in subjects[1:]]
    if form.mode == "visit":
        visited = _visited(cast, found, sentence)
        return [(one, visited) for one in subjects] if visited else []
    objects = _before_next_clause(text, _objects(text, found, sides))
    if form.interaction_type not in _REACH_WHAT_IS_SOMEBODYS:
        objects = [one for one in objects if text[one.end : one.end + 1] not in ("’", "'")]
    if found[0].startswith("called ") and form.mode == "phone":
        objects = [one for one in objects if _GOES_ON.match(text, one.end)]
    if form.interaction_type == "ASSAULT":
        objects = [one for one in objects if not _WITH_WORDS.match(text, one.end)]
    if found[0].startswith("asked "):
        objects = [one for one in objects if not _A_QUESTION.match(text, one.end)]
    if form.voice == "passive":
        return [(one, other) for one in objects for other in subjects]
    return [(one, other) for one in subjects for other in objects]


def _meetings(
    cast: Cast,
    sentence: Sentence,
    interaction_type: str,
    mode: str,
    found: re.Match,
    pairs: _Pairs,
) -> Iterator[Meeting]:
    for one, other in pairs:
        initiator = one if isinstance(one, Place) else one.place(cast)
        recipient = other if isinstance(other, Place) else other.place(cast)
        if initiator.referent is recipient.referent:
            continue
        asked_by = _asked_by(cast, sentence)
        if asked_by and asked_by.referent in (initiator.referent, recipient.referent):
            asked_by = None
        yield Meeting(
            interaction_type,
            mode,
            initiator,
            recipient,
            asked_by,
            _place(cast, sentence, max(found.end(), recipient.end, initiator.end))
            if interaction_type in _HAPPEN_SOMEWHERE
            else None,
            found.start(),
            sentence.start,
            sentence.end,
        )


def _asked_by(cast: Cast, sentence: Sentence) -> Place | None:
    request = _REQUESTED.search(cast.text, sentence.start, sentence.end) or _REQUEST_OF.search(
        cast.text, sentence.start, sentence.end
    )
    return _first(cast.inside(request.end(), sentence.end)) if request else None


def _place(cast: Cast, sentence: Sentence, behind: int) -> str | None:
    """Give the place that is named right behind the interaction: "met Han in Warsaw"."""
    found = _IN_PLACE.search(cast.text, behind, sentence.end)
    return found["place"] if found and found.start() < behind + _PLACE_NEAR else None


def _sides(cast: Cast, sentence: Sentence) -> list[_Side]:
    """List who is named in a sentence, and the states that act by their name or their forces."""
    sides = []
    for place in cast.inside(sentence.start, sentence.end):
        referent = place.referent
        if referent.entity_type in _ACTORS:
            begins = [role.start for role in referent.roles
                      if role.start < place.start <= role.end + 2]  # fmt: skip
            sides.append(_Side(min([place.start, *begins]), place.start, place.end, referent, None))
    words = cast.text[sentence.start : sentence.end]
    for hit in cast.gazetteer.find(words):
        start, end = sentence.start + hit.start, sentence.start + hit.end
        if hit.known.kind != "country" or any(s.begin < end and start < s.end for s in sides):
            continue
        force = _FORCE_BEHIND.match(cast.text, end, sentence.end)
        if hit.known.alias_type == "adjective" and force:
            sides.append(_Side(start, start, force.end(), None, hit.known.country_code))
        elif hit.known.alias_type == "name":
            sides.append(_Side(start, start, end, None, hit.known.country_code))
    return sorted(sides, key=lambda side: side.start)


def _subjects(
    cast: Cast, sentence: Sentence, found: re.Match, sides: Sequence[_Side]
) -> list[_Side | Place]:
    """Give who does what a verb says: the nearest names before it that can be its subject."""
    text = cast.text
    is_his = found[0].startswith(("in his ", "in her "))
    if is_his or _PRONOUN.search(text, sentence.start, found.start()):
        one = _only_person(cast, sentence, found.start())
        return [one] if one else []
    before = [side for side in sides if side.end <= found.start()]
    for number in range(len(before) - 1, -1, -1):
        side = before[number]
        between = text[side.end : found.start()]
        if not _can_lead(between, is_in_clause=text.endswith("that ", 0, side.begin)):
            continue
        chain = [side]
        while number and _JOINED.fullmatch(text, before[number - 1].end, chain[0].begin):
            number -= 1
            chain.insert(0, before[number])
        first = chain[0].begin
        if not _NOT_SUBJECT.search(text, max(sentence.start, first - 30), first):
            return chain
    return []


def _only_person(cast: Cast, sentence: Sentence, position: int) -> Place | None:
    """Give whom "he" or "she" takes up: the only person named before, here or shortly before."""
    for start, end in (
        (sentence.start, position),
        (max(0, sentence.start - _SHORTLY), sentence.start),
    ):
        people = [one for one in cast.inside(start, end) if one.referent.entity_type == "person"]
        if people:
            is_one = len({one.referent.number for one in people}) == 1
            return people[-1] if is_one else None
    return None


def _can_lead(between: str, *, is_in_clause: bool) -> bool:
    """Tell whether the words between a name and a verb let the name be its subject.

    In a clause, "said that Kenya was right and praised Chad" leaves open who praised.
    """
    if between.startswith(("’", "'", "-")) and not _FORCE_BEHIND.match(between):
        return False
    plain = _ASIDE.sub(" ", between.removeprefix("’s").removeprefix("'s"))
    if _BETWEEN_SUBJECT_AND_VERB.fullmatch(plain):
        return True
    return (
        not is_in_clause and bool(_SECOND_VERB.fullmatch(plain)) and not _OTHER_CLAUSE.search(plain)
    )


def _visited(cast: Cast, found: re.Match, sentence: Sentence) -> Place | None:
    """Take a visit to a city or state as one to its government."""
    text = cast.text
    for hit in cast.gazetteer.find(text[found.end() : min(sentence.end, found.end() + 40)]):
        if hit.known.kind == "country":
            word = text[found.end() + hit.start : found.end() + hit.end]
            government = cast.government(hit.known.country_code, word)
            return Place(government, found.end() + hit.start, found.end() + hit.end, "metonym", 0.6)
    return None


def _objects(text: str, found: re.Match, sides: Sequence[_Side]) -> list[_Side]:
    """Give whom a verb reaches: the name right behind it, and those joined to that by "and".

    Behind a comma alone, as in "Israel struck Lebanon, Kenya said", another clause begins.
    """
    after = [side for side in sides if side.start >= found.end()]
    if not after or after[0].start - found.end() > _NEAR:
        return []
    between = text[found.end() : after[0].begin] if after[0].begin > found.end() else ""
    if _NO_PARTNER.search(between) and not _GOVERNMENT_OF.fullmatch(between):
        return []
    if len(after) > 1 and _is_somebody_of(text, after[0], after[1]):
        after = after[1:]
    chain = [after[0]]
    for side in after[1:]:
        if not _JOINED.fullmatch(text, chain[-1].end, side.begin):
            break
        chain.append(side)
    while len(chain) > 1 and _BARE_COMMA.fullmatch(text, chain[-2].end, chain[-1].begin):
        chain.pop()
    return [side for side in chain if text[side.end : side.end + 1] != "-"]


def _before_next_clause(text: str, chain: list[_Side]) -> list[_Side]:
    """Leave out joined names that the next clause begins with: "Chad, Kenya and Mali said"."""
    if len(chain) < 2 or not _ACTS.match(text, chain[-1].end):
        return chain
    for number in range(len(chain) - 1, 0, -1):
        if _BARE_COMMA.fullmatch(text, chain[number - 1].end, chain[number].begin):
            return chain[:number]
    return chain[:-1]


def _is_somebody_of(text: str, body: _Side, side: _Side) -> bool:
    """Tell whether a body stands only before its member: "Hamas leader Osama Oduya"."""
    joined = side.begin <= body.start or _ANOTHER_NAME.fullmatch(text, body.end, side.begin)
    return _is_person(side) and not _is_person(body) and bool(joined)


def _is_person(side: _Side) -> bool:
    return side.referent is not None and side.referent.entity_type == "person"


def _first(places: list[Place]) -> Place | None:
    people = [place for place in places[:2] if place.referent.entity_type == "person"]
    return (people or places)[0] if places else None

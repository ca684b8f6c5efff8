"""Where a speaker stands: positions on the codebook's propositions, read from the wording.

Abstention is the rule. A position is taken down only when the words are about the proposition
(each of its term groups is met) and the wording has a direction: a phrase of the codebook, a cue
that is a position in itself ("rejected"), or a plain word for or against in the content.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.positions.codebook import Codebook, Proposition

_SUPPORTING_CUES = re.compile(
    r"\b(?:urg(?:e[sd]?|ing)|demand(?:s|ed|ing)?|support(?:s|ed)?|back(?:s|ed)?|want(?:s|ed)?"
    r"|welcom(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:for|on|upon)|propos(?:e[sd]?|ing)|favou?r(?:s|ed)?"
    r"|endorse[sd]?|prais(?:e[sd]?|ing)|hail(?:s|ed)|defend(?:s|ed)|push(?:es|ed|ing)(?! back)"
    r"|pledg(?:e[sd]?|ing)|vow(?:s|ed|ing)?|promis(?:e[sd]?|ing)|agree[sd]?|recommend(?:s|ed)|request(?:s|ed)"
    r"|offer(?:s|ed))\b",
    re.I,
)
_OPPOSING_CUES = re.compile(
    r"\b(?:reject(?:s|ed|ing)?|oppos(?:e[sd]?|ing)|condemn(?:s|ed|ing)?|refus(?:e[sd]?|ing)"
    r"|denounc(?:e[sd]?|ing)|critici[sz](?:e[sd]?|ing)|slam(?:s|med)|blast(?:s|ed|ing)|dismiss(?:es|ed)"
    r"|question(?:s|ed)|rul(?:e[sd]?|ing) out|declin(?:e[sd]?|ing)|warn(?:s|ed|ing)? against"
    r"|push(?:es|ed|ing)? back)\b",
    re.I,
)
_CUE_BEFORE = re.compile(
    rf"(?:{_SUPPORTING_CUES.pattern}|{_OPPOSING_CUES.pattern})(?= ?$)", _SUPPORTING_CUES.flags
)
_CONDEMNING_CUES = re.compile(
    r"\b(?:condemn(?:s|ed|ing)?|denounc(?:e[sd]?|ing)|critici[sz](?:e[sd]?|ing)|slam(?:s|med)"
    r"|blast(?:s|ed|ing)|decrie[sd])\b",
    re.I,
)
_DENYING_CUES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|ask(?:s|ed|ing)?|questions?)\b", re.I)
_NEGATOR = r"(?:\b(?:not(?! only)|never|no longer|cannot)|n[’']t)\b"
_NEGATED = re.compile(_NEGATOR, re.I)
_WITHHELD = re.compile(
    rf"(?:{_NEGATOR}|\bstop(?:s|ped|ping) short of\b)"
    r"(?: (?:\w+ly|yet|even|be|been|have|want|going|to))* ?$",
    re.I,
)
"""What takes back the cue that follows it: "no longer" supports, "stopped short of" backing."""
_LEFT_OPEN = re.compile(
    r"to (?:\w+ly )?(?:rule out|oppose|reject|condemn|denounce|critici[sz]e|dismiss|comment|say"
    r"|tell|answer|discuss|confirm|deny|specify|elaborate|speculate|disclose|take)\b",
    re.I,
)
"""What nobody takes a position by declining it."""
_LEAD = 60
_NEAR = 12
_OFTEN = 2
_FOR = re.compile(
    r"\b(?:support(?:s|ed|ing)?|in favou?r of|favou?r(?:s|ed|ing)?|back(?:s|ed|ing)"
    r"|approv(?:e[sd]?|ing)|endors\w+|urg(?:e[sd]?|ing)"
    r"|call(?:s|ed|ing)? for|must (?:be|have|get|receive|continue|keep)"
    r"|must|should|need(?:s|ed)? (?:to|more|a|an)?|necessary|essential|welcom\w+|committed to"
    r"|ready to|will (?:continue to )?(?:supply|send|provide|give|deliver|support|arm|help|impose)"
    r"|agreed to|pledg\w+|the right to|has a right|it is time)\b",
    re.I,
)
_AGAINST = re.compile(
    r"(?:(?<!sanctions )(?<!fight )(?<!war )(?<!strikes )(?<!tariffs )(?<!action )\bagainst"
    r"|\boppos\w+|\breject\w*|\brefus\w*|\brul(?:e|ed|es|ing) out|\bunacceptable|\bunconstitutional"
    r"|\bcannot accept|\bnot (?:supply|send|provide|give|deliver|support|accept|allow|recogni[sz]e"
    r"|agree|negotiate|back|be (?:for|in favou?r))|\b(?:should|must|would|will)(?: not|n[’']t)"
    r"|\bveto\w*|\bscrap\w*|\brepeal\w*)\b",
    re.I,
)
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|without|neither|nor|cannot)|n[’']t)\b(?:\W+\w+){0,3}\W*$", re.I
)
_JUST_NEGATED = re.compile(r"(?:\b(?:not|never|no|hardly)|n[’']t) (?:\w+ )?$", re.I)
_STRONG_CUES = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on|upon)|urg\w+|demand\w*|reject\w*|oppos\w+|condemn\w*"
    r"|refus\w+|support\w*|back(?:s|ed)|endors\w+|favou?r\w*|veto\w*)\b",
    re.I,
)
"""Cues that are a position whatever follows; for them part of a topic of the article is enough."""
_STOPPING = re.compile(
    r"\b(?:(?:stop|end|halt|cease|drop|abandon)(?:ping|ing)? (?:its|their|the|his|her|all|any|this)"
    r"|(?:halt|end) to|to (?:stop|end|halt|cease|lift|drop|abandon)"
    r"|(?:stopping|ending|halting|lifting|blocking|refusing|rejecting|delaying|vetoing|opposing))\b",
    re.I,
)
"""What does away with what it names, or keeps it from coming."""
_ENDED = re.compile(r"\b(?:(?:should|must) (?:stop|end|cease)|ended|stopped|lifted)\b", re.I)
"""What a proposition says that wants an end: who asks for the end of its topic is for it."""
_TURNING = re.compile(
    r"(?:\bneither\b.*\bnor|\b(?:not|never|no|without|neither|nor|cannot|against|oppos\w+|stop\w*"
    r"|reject\w*|refus\w+|prevent\w*|avoid\w*|block\w*|fail\w*|lift(?:ing|ed)?|halt(?:ing|ed)?"
    r"|ending|end to|to end)|n[’']t)\b",
    re.I,
)
_FEW_WORDS = re.compile(r"(?:\w+\W+){0,5}$")
_OUTRIGHT = re.compile(
    r"\b(?:we|must|should|ought to|wants?|wanted|rights? to|only if|only way|unlawful|illegal"
    r"|(?:will|would) (?:continue|be no)|(?:is|are) to|(?:expected|due|scheduled) to be"
    r"|(?:is|are|was|were) (?:ready|willing|in favou?r|against|opposed))\b",
    re.I,
)
"""Who speaks so wants it, does it or finds it right or wrong, and does not merely name it."""
_DEPLORED = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being|an?)[ \"“]+(?:[\w’'-]+[ \"“]+){0,2}?"
    r"(?:mistake|folly|blunder|betrayal)s?"
    r"|(?:is|are|was|were|be|been|being)[ \"“]+(?:(?:an?|\w+ly|very|so|too)[ \"“]+){0,2}"
    r"(?:disaster|catastrophe|wrong|reckless|foolish|disastrous|catastrophic|dangerous|unfair"
    r"|unacceptable|unlawful|illegal|outrageous|reprehensible))\b",
    re.I,
)
"""What is called so is opposed."""
_CONDITION = re.compile(
    r"\b(?:only if|provided that|on condition that|unless"
    r"|as long as(?! (?:it takes|necessary|needed|possible)))\b[^.;]{3,160}",
    re.I,
)
_UNDECIDED = re.compile(
    r"\b(?:undecided|no decision|not (?:yet )?decided|remains? open|weighing)\b", re.I
)
_OTHERS_WILL = re.compile(
    r"(?:that\s+)?(?:the\s+)?(?!(?:I|We)\b)"
    r"(?P<who>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3})\s+"
    r"(?:(?:ha(?:s|ve|d)\s+)?(?:(?:also|always|long|never|already|repeatedly)\s+)?"
    r"(?:want(?:s|ed)?|seeks?|sought|oppose[sd]?|support(?:s|ed)?|understands?|understood"
    r"|refuse[sd]?|reject(?:s|ed)?|intend(?:s|ed)?|plan(?:s|ned)?|hope[sd]?|favou?r(?:s|ed)?"
    r"|back(?:s|ed)?)"
    r"|(?:is|are|was|were) (?:against|opposed|trying|seeking)|ha(?:s|ve|d) no intention"
    r"|(?:do|does|did)(?: not|n[’']t) (?:want|support|back))\b"
)
_PRESSURE = re.compile(
    r"\b(?P<who>[A-Z][\w.]+)(?:[’']s)? pressure (?:on [^,.;]{2,50}? )?to (?P<demand>[^,.;]{5,120})"
)
_SHORTENED = (
    r"(?:(?<=\b[A-Za-z])|(?<=\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr|vs|Co))"
    r"|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Maj|Adm|Sgt|Rev|Hon|Inc|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"|(?<=\b(?:Sens|Reps|Prof|Capt|Sept|Corp)))\."
)
"""A full stop that ends no clause: behind an initial, a title, a month."""
_CLAUSE = re.compile(rf"[^,;:—–.!?]+(?:(?:[.,]\d+|\.\w+|{_SHORTENED})[^,;:—–.!?]*)*")
SPECIFIC = 0.85
"""Marks a codebook's own wording; `is_outright` says whether it counts by itself."""
_BY_CUE, _BY_WORDING = 0.7, 0.55


@dataclass(frozen=True, slots=True)
class Verdict:
    """A position on a proposition that some words take; `confidence` by how it was read.

    `is_outright` tells what somebody wants, demands or rejects from what his words only name.
    """

    proposition_id: str
    position: str
    score: float
    condition: str | None
    confidence: float
    is_outright: bool


def in_play(text: str, stretches: Sequence[tuple[int, int]], codebook: Codebook) -> frozenset[int]:
    """Say which propositions an article is about: met whole by several of its sentences."""
    met = Counter(
        number
        for start, end in stretches
        for number in codebook.whole_topics_in(text[start:end].lower())
    )
    return frozenset(number for number, count in met.items() if count >= _OFTEN)


def judge(
    text: str,
    span: tuple[int, int],
    cue: str | None,
    codebook: Codebook,
    topics: frozenset[int] = frozenset(),
) -> Iterator[tuple[Verdict, tuple[int, int]]]:
    """Judge a stretch on every proposition that one of its clauses is about, with that clause.

    A clause has to be about the whole proposition by itself: topics that only meet somewhere in a
    long sentence say nothing about each other. Where the article as a whole is about it (`topics`),
    a part is enough, if the wording is one of the codebook's own. Who asks something has no
    position on it yet.
    """
    lead = _lead(text, span[0], cue)
    for found in _CLAUSE.finditer(text, *span):
        words = found[0].strip()
        if not words or text.startswith("?", found.end()):
            continue
        start = found.start() + found[0].index(words[0])
        lowered = words.lower()
        for number, groups in sorted(codebook.topics_in(lowered).items()):
            proposition = codebook.propositions[number]
            is_whole = len(groups) == len(proposition.topic_terms)
            if not is_whole and number not in topics:
                continue
            verdict = _judge_one(words, lowered, lead, proposition)
            if verdict is None:
                continue
            is_clear = verdict.confidence >= SPECIFIC or (
                _STRONG_CUES.search(cue or "") is not None
                and not codebook.distinctive_groups(number).isdisjoint(groups)
                and 2 * len(groups) >= len(proposition.topic_terms)
            )
            if is_whole or is_clear:
                yield verdict, (start, start + len(words))


def condition_in(text: str) -> str | None:
    """Give the condition that some words name: "only if the allies do the same"."""
    found = _CONDITION.search(text)
    return found[0] if found else None


def imputed_to(text: str, clause: tuple[int, int]) -> re.Match | None:
    """Find whose will a clause describes: "Moscow wants ..." said by somebody else."""
    return _OTHERS_WILL.match(text, *clause)


def find_pressure(text: str, start: int, end: int) -> Iterator[re.Match]:
    """Find what a government presses others to do: "US pressure on X to provide Y"."""
    yield from _PRESSURE.finditer(text, start, end)


def judge_pressure(sentence: str, found: re.Match, codebook: Codebook) -> Iterator[Verdict]:
    """Judge such a demand; its topic may stand elsewhere in the sentence."""
    demand = found["demand"]
    in_demand = codebook.topics_in(demand.lower())
    for number in sorted(codebook.whole_topics_in(sentence.lower()) & in_demand.keys()):
        verdict = _judge_one(demand, demand.lower(), ("", "urged"), codebook.propositions[number])
        if verdict:
            yield verdict


def _lead(text: str, start: int, cue: str | None) -> tuple[str, str]:
    """Give the cue of the words from a start on, behind what stands before it and may negate it.

    One word between them belongs to it: "warned" against.
    """
    before = text[max(0, start - _LEAD) : start]
    if cue is None:
        found = _CUE_BEFORE.search(before)
        return (before[: found.start()], found[0]) if found else ("", "")
    at = before.rfind(cue)
    if at < 0:
        return "", cue
    goes_on = len(before[at + len(cue) :].split()) == 1
    return before[:at], before[at:].strip() if goes_on else cue


def _place_of(lowered: str, term: str) -> int:
    """Find a term at the start of a word; -1 when it is not there."""
    position = lowered.find(term)
    while position > 0 and lowered[position - 1].isalnum():
        position = lowered.find(term, position + 1)
    return position


def _judge_one(
    words: str, lowered: str, lead: tuple[str, str], proposition: Proposition
) -> Verdict | None:
    direction, confidence = _direction(words, lowered, lead, proposition)
    condition = _CONDITION.search(words)
    if direction == 0 and not (condition or _UNDECIDED.search(words)):
        return None
    if condition or _UNDECIDED.search(words):
        position, score = "neutral", 0.25 * direction
    else:
        position, score = ("support", 1.0) if direction > 0 else ("oppose", -1.0)
    return Verdict(
        proposition.proposition_id,
        position,
        score,
        condition[0] if condition else None,
        confidence or _BY_WORDING,
        confidence == _BY_CUE or bool(_OUTRIGHT.search(words) or _STRONG_CUES.search(words)),
    )


def _direction(
    words: str, lowered: str, lead: tuple[str, str], proposition: Proposition
) -> tuple[int, float]:
    before, cue = lead
    sentence = proposition.proposition_text
    if _DENYING_CUES.search(cue):
        return 0, 0.0
    content, confidence = _specific(lowered, proposition), SPECIFIC
    if content is None and proposition.is_negative:
        return 0, 0.0
    if content is None:
        content, confidence = _wording(words, lowered, proposition), _BY_WORDING
    opposing, supporting = _OPPOSING_CUES.search(cue), _SUPPORTING_CUES.search(cue)
    found = opposing or supporting
    if found is None:
        return (0, 0.0) if _NEGATED.search(cue) else (content or 0, confidence)
    is_withheld = _WITHHELD.search(before + cue[: found.start()]) is not None
    if opposing and (is_withheld or _LEFT_OPEN.match(words)):
        return 0, 0.0
    if content == 0:
        return 0, 0.0
    if content is None or _CONDEMNING_CUES.search(cue):
        is_stopped = content != 1 and _STOPPING.search(words) and not _ENDED.search(sentence)
        content = -1 if is_stopped else 1
    is_for = opposing is None and not is_withheld
    return (content if is_for else -content), _BY_CUE


def _specific(lowered: str, proposition: Proposition) -> int | None:
    """Weigh the proposition's own wordings: None where none is there, 0 where they conflict.

    A negation before one turns it round, and so does a word like "mistake" behind it. Of two that
    overlap, as in "lift sanctions on ...", the one that starts first governs.
    """
    found = sorted(
        (place, place + len(term), sign)
        for terms, sign in ((proposition.oppose_terms, -1), (proposition.support_terms, 1))
        for term in terms
        if (place := _place_of(lowered, term)) >= 0
    )
    signs: set[int] = set()
    covered = 0
    for start, end, sign in found:
        if start >= covered:
            signs.add(-sign if _is_turned(lowered, start) else sign)
        covered = max(covered, end)
    if not signs:
        return None
    if len(signs) > 1:
        return 0
    return -signs.pop() if _is_deplored(lowered, covered) else signs.pop()


def _is_deplored(lowered: str, end: int) -> bool:
    """Tell whether what ends at a place is called wrong behind it."""
    found = _DEPLORED.search(lowered, end)
    return found is not None and not _JUST_NEGATED.search(lowered, end, found.start())


def _is_turned(lowered: str, place: int) -> bool:
    """Tell whether an odd number of the few words before a place turn round what stands there."""
    before = _FEW_WORDS.search(lowered, max(0, place - 40), place)
    return len(_TURNING.findall(before[0])) % 2 == 1


def _wording(words: str, lowered: str, proposition: Proposition) -> int | None:
    """Weigh the plain words for and against that stand close to what the proposition is about.

    None where there are none, 0 where they conflict.
    """
    topics = sorted(
        place
        for group in proposition.topic_terms
        for term in group
        if (place := _place_of(lowered, term)) >= 0
    )
    weights = []
    for pattern, sign in ((_FOR, 1), (_AGAINST, -1)):
        for found in pattern.finditer(words):
            if not any(-_NEAR <= place - found.end() <= _NEAR for place in topics):
                continue
            negated = _NEGATION.search(words, max(0, found.start() - 30), found.start())
            if not negated:
                weights.append(sign)
            elif sign > 0:
                weights.append(-sign)
    total = sum(weights)
    return (total > 0) - (total < 0) if weights else None

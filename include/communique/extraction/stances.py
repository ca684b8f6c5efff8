"""Where a speaker stands: positions on the codebook's propositions, read from the wording.

Abstention is the rule. A position is taken down only when the words are about the proposition
(each of its term groups is met) and the wording has a direction: a phrase of the codebook, a cue
that is a position in itself ("rejected"), or a plain word for or against in the content.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.extraction.codebook import Codebook, Proposition

_SUPPORTING_CUES = re.compile(
    r"\b(?:urg(?:e[sd]?|ing)|demand(?:s|ed|ing)?|support(?:s|ed)?|back(?:s|ed)?|want(?:s|ed)?"
    r"|welcom(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:for|on|upon)|propos(?:e[sd]?|ing)|favou?r(?:s|ed)?"
    r"|endorse[sd]?|prais(?:e[sd]?|ing)|hail(?:s|ed)|defend(?:s|ed)|push(?:es|ed|ing)|pledg(?:e[sd]?|ing)"
    r"|vow(?:s|ed|ing)?|promis(?:e[sd]?|ing)|agree[sd]?|recommend(?:s|ed)|request(?:s|ed)|offer(?:s|ed))\b",
    re.I,
)
_OPPOSING_CUES = re.compile(
    r"\b(?:reject(?:s|ed|ing)?|oppos(?:e[sd]?|ing)|condemn(?:s|ed|ing)?|refus(?:e[sd]?|ing)"
    r"|denounc(?:e[sd]?|ing)|critici[sz](?:e[sd]?|ing)|slam(?:s|med)|blast(?:s|ed|ing)|dismiss(?:es|ed)"
    r"|question(?:s|ed)|ruled out|rules out)\b",
    re.I,
)
_FOR = re.compile(
    r"\b(?:support(?:s|ed|ing)?|in favou?r of|back(?:s|ed|ing)|approv(?:e[sd]?|ing)"
    r"|endors\w+|urg(?:e[sd]?|ing)"
    r"|call(?:s|ed|ing)? for|must|should|need(?:s|ed)? (?:to|more|a|an)?|necessary"
    r"|essential|welcom\w+"
    r"|committed to|ready to|will (?:continue to )?(?:supply|send|provide|give|deliver"
    r"|support|arm|help)"
    r"|agreed to|pledg\w+|as long as it takes|the right to|has a right|time to"
    r"|it is time|want(?:s|ed)?)\b",
    re.I,
)
_AGAINST = re.compile(
    r"\b(?:against|oppos\w+|reject\w*|refus\w*|rul(?:e|ed|es|ing) out|unacceptable"
    r"|illegal|unconstitutional"
    r"|wrong|mistake|disastrous|disaster|never|no longer|cannot accept|not (?:supply"
    r"|send|provide|give|deliver"
    r"|support|accept|allow|recogni[sz]e|agree|negotiate|back)|won[’']t|will not"
    r"|would not|should not"
    r"|must not|shouldn[’']t|ban(?:ned|s)?|block(?:ed|s|ing)?|veto\w*|condemn\w*|scrap\w*|repeal\w*"
    r"|irresponsible|dangerous|reckless|violat\w+|end(?:ing)? (?:the|its|their)"
    r"|halt\w*|stop(?:ping)?)\b",
    re.I,
)
_NEGATION = re.compile(r"\b(?:not|never|no|n[’']t|without|neither|nor)\b(?:\W+\w+){0,3}\W*$", re.I)
_CONDITION = re.compile(
    r"\b(?:only if|provided that|on condition that|unless|as long as)\b[^.;]{3,160}", re.I
)
_UNDECIDED = re.compile(
    r"\b(?:undecided|no decision|not (?:yet )?decided|remains? open|weighing)\b", re.I
)
_OTHERS_WILL = re.compile(
    r"^(?:that\s+)?(?:the\s+)?(?P<who>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3})\s+"
    r"(?:wants?|seeks?|is (?:against|opposed|trying|seeking)|opposes?|supports?"
    r"|understands?|refuses?"
    r"|rejects?|intends?|plans?|hopes?|has no intention|does not want|favou?rs?|backs?)\b"
)
_PRESSURE = re.compile(
    r"\b(?P<who>[A-Z][\w.]+)(?:[’']s)? pressure (?:on [^,.;]{2,50}? )?to (?P<demand>[^,.;]{5,120})"
)
_CLAUSE = re.compile(r"[^,;:—–.!?]+(?:[.,]\d+[^,;:—–.!?]*|\.\w+[^,;:—–.!?]*)*")
_SPECIFIC, _BY_CUE, _BY_WORDING = 0.85, 0.7, 0.55


@dataclass(frozen=True, slots=True)
class Verdict:
    """A position on a proposition that some words take; `confidence` by how it was read."""

    proposition_id: str
    position: str
    score: float
    condition: str | None
    confidence: float


def judge(
    text: str, span: tuple[int, int], cue: str | None, codebook: Codebook
) -> Iterator[tuple[Verdict, tuple[int, int]]]:
    """Judge a stretch on every proposition that one of its clauses is about, with that clause.

    A clause has to be about the whole proposition by itself: topics that only meet somewhere in a
    long sentence say nothing about each other.
    """
    for found in _CLAUSE.finditer(text, *span):
        words = found[0].strip()
        start = found.start() + found[0].index(words[0]) if words else found.start()
        lowered = words.lower()
        for proposition in codebook.propositions:
            if words and all(_meets(lowered, group) for group in proposition.topic_terms):
                verdict = _judge_one(words, lowered, cue or "", proposition)
                if verdict:
                    yield verdict, (start, start + len(words))


def imputed_to(words: str) -> re.Match | None:
    """Find whose will a statement describes: "Moscow wants ..." said by somebody else."""
    return _OTHERS_WILL.match(words)


def find_pressure(text: str, start: int, end: int) -> Iterator[re.Match]:
    """Find what a government presses others to do: "US pressure on X to provide Y"."""
    yield from _PRESSURE.finditer(text, start, end)


def judge_pressure(sentence: str, found: re.Match, codebook: Codebook) -> Iterator[Verdict]:
    """Judge such a demand; its topic may stand elsewhere in the sentence."""
    lowered = sentence.lower()
    for proposition in codebook.propositions:
        if all(_meets(lowered, group) for group in proposition.topic_terms):
            demand = found["demand"]
            verdict = _judge_one(demand, demand.lower(), "urged", proposition)
            if verdict and any(_meets(demand.lower(), g) for g in proposition.topic_terms):
                yield verdict


def _meets(lowered: str, group: tuple[str, ...]) -> bool:
    return any(_at_word_start(lowered, term) for term in group)


def _at_word_start(lowered: str, term: str) -> bool:
    position = lowered.find(term)
    while position > 0 and lowered[position - 1].isalnum():
        position = lowered.find(term, position + 1)
    return position >= 0


def _judge_one(words: str, lowered: str, cue: str, proposition: Proposition) -> Verdict | None:
    direction, confidence = _direction(words, lowered, cue, proposition)
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
    )


def _direction(words: str, lowered: str, cue: str, proposition: Proposition) -> tuple[int, float]:
    opposing = any(_at_word_start(lowered, term) for term in proposition.oppose_terms)
    supporting = any(_at_word_start(lowered, term) for term in proposition.support_terms)
    if opposing != supporting:
        return (-1 if opposing else 1), _SPECIFIC
    content = _wording(words)
    if _OPPOSING_CUES.search(cue):
        return (-1 if content >= 0 else 1), _BY_CUE
    if _SUPPORTING_CUES.search(cue):
        return (1 if content >= 0 else -1), _BY_CUE
    return content, _BY_WORDING


def _wording(words: str) -> int:
    """Weigh the plain words for and against; a negation before a word turns it round."""
    total = 0
    for pattern, sign in ((_FOR, 1), (_AGAINST, -1)):
        for found in pattern.finditer(words):
            negated = sign > 0 and _NEGATION.search(
                words, max(0, found.start() - 30), found.start()
            )
            total += -sign if negated else sign
    return (total > 0) - (total < 0)

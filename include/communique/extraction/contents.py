"""What is said: where the content of an attribution begins and ends around its cue."""

import re

from communique.extraction.lexicon import CALL_PARTICLES, POSITION_VERBS, SPEECH_VERBS
from communique.extraction.sentences import Sentence
from communique.extraction.speaker_phrases import Span

_BETWEEN = re.compile(
    r"\s*(?:(?:on|late|early|last|this|earlier|in|at|during|to|through|via|by)\b[^,:\"“”]{0,70}?)?"
    r"(?P<mark>,?\s*\bthat\b,?\s*|:\s*|,\s*(?=[\"“]))",
)
_TIME_BEFORE_CONTENT = re.compile(
    r"\s+(?:(?:on|late on|early on)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s+(?:morning|evening|night|afternoon))?\b(?:\s+that\b)?"
    r"|\s+on (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}"
    r"|\d{1,2} [A-Z][a-z]+)"
    r"(?:,? \d{4},?)?(?:\s+that\b)?(?=\s)"
    r"|\s+(?:yesterday|today|earlier this week|last week|this week|last month)\b(?:\s+that\b)?"
)
_ABOUT = re.compile(r"\s+(?:about|of|on)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")
ADDRESSEE = re.compile(
    r"\s+(?P<who>(?:the |a |an |his |her |their |its )?"
    r"(?:(?:host|anchor|moderator|presenter|reporter|journalist|correspondent|interviewer|lawyer"
    r"|newspaper|broadcaster) )?"
    r"(?:[A-Z][\w’'.&-]*|reporters|journalists|lawmakers|parliament|members|supporters"
    r"|a [a-z]+ (?:hearing|conference|audience)"
    r"|[a-z]+(?: [a-z]+)?(?= that\b|, [\"“]| on [A-Z]|[.,] )"
    r"|people|viewers|attendees|delegates|colleagues|allies|officials|investors|him|her|them|us|me"
    r"|state TV)"
    r"(?:(?: of| the| for| and| on)?(?: [A-Z][\w’'.&-]*|’s|'s| state television| news agency"
    r"| newspaper| TV| radio))*(?: in an interview| on (?:[A-Z][a-z]+day))?)"
)
_SAYS = re.compile(r"\b(?:said|says|told|tells|tweeted|wrote)\b")
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|can|[a-z]+ed)\b")
_ADDING = re.compile(r",?\s+(?:and\s+)?(?=(?:adding|saying|warning|noting|stressing|arguing)\b)")
TOLD_VERBS = frozenset({"told", "tells", "tell", "telling", "informed", "assured", "assures",
                         "advised"})  # fmt: skip
_IRREGULAR = frozenset({"said", "told", "wrote", "thought", "sought", "swore", "found"})
MIN_CONTENT = 8


def is_finite(verb: str) -> bool:
    """Tell "urged" and "urges" from "urge" and "urging"."""
    return verb in _IRREGULAR or verb.endswith(("ed", "s"))


_FINITE = "|".join(sorted(verb for verb in SPEECH_VERBS | POSITION_VERBS if is_finite(verb)))
_CONTENT_END = re.compile(
    r",\s+(?:according to)\b|;\s|(?:,\s+(?:and\s+)?|\s+and\s+)(?:adding|saying|warning|noting"
    r"|stressing)\b"
    rf"|,?\s+(?:and|but)\s+(?:(?:has|have|had|also|then|later|again|repeatedly|instead"
    rf"|even|[a-z]{{3,12}}ly)\s+)*(?=(?:{_FINITE})\b)"
    r"|,\s+(?:but|while|and|whereas|though|although)\s+"
    rf"(?=[^,.]{{2,60}}?\b(?:{_FINITE})\b)"
)
_NEXT_CLAUSE = re.compile(
    rf",?\s*(?:and|but|while|as|in|after|at|during|when)\s+(?:[^,.]{{2,60}}?\b(?:{_FINITE})\b|[^\"“]*$)"
)
_ASIDE = re.compile(
    r",\s+(?:which|who|whose|where|a|an|amid|after|as|although|despite|though|following|even as"
    r"|just|referring|speaking|according)\b"
    r"|\s+(?:even as|amid|after (?=[A-Z])|although|despite)\s"
)


def find_start(text: str, sentence: Sentence, word: re.Match, verb: str) -> tuple[int | None, int]:
    """Find where the content after a verb begins, and where the cue ends."""
    position, cue_end = word.end(), word.end()
    if verb.startswith("call") and verb not in SPEECH_VERBS:
        particle = re.compile(r"\s+(for|on|upon)\b").match(text, position, sentence.end)
        if particle and particle[1] in CALL_PARTICLES:
            return _skip_space(text, particle.end(), sentence.end), particle.end()
        quoted = any(position <= quotation.start for quotation in sentence.quotations)
        return (_skip_space(text, position, sentence.end) if quoted else None), cue_end
    if verb in TOLD_VERBS:
        addressee = ADDRESSEE.match(text, position, sentence.end)
        if addressee is None:
            return None, cue_end
        position = addressee.end()
        if _ABOUT.match(text, position, sentence.end):
            return None, cue_end
    if verb in SPEECH_VERBS:
        skipped = _TIME_BEFORE_CONTENT.match(text, position, sentence.end)
        if skipped:
            position = skipped.end()
        between = _BETWEEN.match(text, position, sentence.end)
        if between:
            position = between.end()
    start = _skip_space(text, position, sentence.end)
    return (start if start < sentence.end else None), cue_end


def read_until(text: str, sentence: Sentence, start: int) -> list[Span]:
    """Take the content from its start to the end of the clause."""
    for quotation in sentence.quotations:
        if quotation.start == start:
            rest = text[quotation.end : sentence.end].strip(" .,;:\n")
            if (
                not rest
                or not re.match(r"[\w“\"]", rest)
                or _ADDING.match(text, quotation.end, sentence.end)
                or _NEXT_CLAUSE.match(text, quotation.end, sentence.end)
            ):
                return [(quotation.inner_start, quotation.inner_end)]
    end = sentence.end
    for found in _CONTENT_END.finditer(text, start, sentence.end):
        if not in_quotation(found.start(), sentence):
            end = found.start()
            break
    for found in _ASIDE.finditer(text, start + MIN_CONTENT, end):
        if not in_quotation(found.start(), sentence):
            end = found.start()
            break
    stripped = text[start:end].rstrip(" .,;:\n!")
    if stripped.count("”") > stripped.count("“") or stripped.count('"') % 2:
        stripped = text[start:end].rstrip()
    return [(start, start + len(stripped))]


def read_before(text: str, sentence: Sentence, end: int) -> Span | None:
    """Take what stands before a postposed cue: the quotation, or the clause."""
    for quotation in reversed(sentence.quotations):
        if quotation.end <= end and not text[quotation.end : end].strip(" ,"):
            before = text[sentence.start : quotation.start].strip()
            starts_own = not before or (
                before[-1] in ",:;—–-" and not _SAYS.search(text, sentence.start, quotation.start)
            )
            if starts_own or len(before.split()) <= 2:
                return quotation.inner_start, quotation.inner_end
            return sentence.start, end
    stripped = text[sentence.start : end].rstrip(" ,")
    return (sentence.start, sentence.start + len(stripped)) if stripped else None


def read_rest(text: str, sentence: Sentence, content: Span, right: int) -> list[Span]:
    """Take up a clause that its cue interrupts: "The port, she said on Monday, is closed"."""
    comma = text.find(",", right, min(sentence.end, right + 60))
    begun = text[slice(*content)]
    if comma < 0 or len(begun.split()) > 8 or _HAS_VERB.search(begun):
        return []
    start = _skip_space(text, comma, sentence.end)
    rest = text[start : sentence.end].rstrip(" .\n")
    return [(start, start + len(rest))] if len(rest.split()) >= 3 else []


def after_insertion(text: str, sentence: Sentence, position: int) -> int:
    """Step over "..., who was the chairman, " that comes between a speaker and the content."""
    inserted = re.compile(r",\s+(?:who|which|whose|where)\b[^,]{2,120},").match(
        text, position, sentence.end
    )
    return _skip_space(text, inserted.end() if inserted else position, sentence.end)


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position] in " \n,":
        position += 1
    return position


def in_quotation(position: int, sentence: Sentence) -> bool:
    """Tell whether a place lies inside the quotation marks of its sentence."""
    return any(quotation.start <= position < quotation.end for quotation in sentence.quotations)

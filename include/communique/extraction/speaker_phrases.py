"""The words beside a verb that can name a speaker: where they begin and where they end."""

import re
from collections.abc import Sequence

from communique.extraction.lexicon import (
    COLLECTIVE_HEADS,
    DOCUMENT_HEADS,
    PERSON_HEADS,
    POLL_HEADS,
    PRONOUNS,
)
from communique.extraction.sentences import Sentence

Span = tuple[int, int]

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*(?:['’]s?\b)?")
_CLAUSE_START = re.compile(
    r"[,;:—–()]\s*|\s-\s|[\"”]\s*"
    r"|\b(?:and|but|while|that|when|as|because|which|after|before|although|though|where|if|until"
    r"|since|whereas)\s+"
)
_AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|is|are|was|were|been|be|also|later|then|again|repeatedly|reportedly"
    r"|recently|previously|earlier|already|now|still|simply|publicly|privately|first|never|once"
    r"|immediately|yesterday|today|would|will|could|did|does|do|not|only|further|separately"
    r"|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|quoted as|quoted by [A-Z][\w ]{1,40} as"
    r"|cited as|[a-z]{3,12}ly|(?:earlier )?(?:this|last) (?:week|month|year)))+\s*$"
)
_LEADING = re.compile(
    r"(?:(?:and|but|while|as|when|after|although|though|because|since|if|whereas|yet|nor|or"
    r"|both|even|just|with|for|amid|also|meanwhile|however|earlier"
    r"|later|still|so|then|now|instead|today|yesterday"
    r"|on (?:[A-Z][a-z]+day|[A-Z][a-z]+ \d+)|in (?:\d{4}|[A-Z][a-z]+)|last \w+|this \w+)\s+)+",
    re.IGNORECASE,
)
_LEADING_NAME = re.compile(
    r"(?:(?:He|She|It|They)\b|(?:The |A |An )?"
    r"(?:[A-Z][\w’'.-]*(?: of(?: the)? | and | )?){1,9})(?= [a-z])"
)
_PARENTHESIS_AT_END = re.compile(r"\s*\([^()]{1,40}\),?$")
_APPOSITIVE = re.compile(
    r"\s*(?:(?:the|a|an|who|whose|his|her|its|which|of|from|at|with|\d{2}|former|head"
    r"|[a-z]+ (?:of|at|for))\b|[a-z]+ and [a-z]+ of\b"
    r"|(?:[A-Z][\w.’'&-]*(?: (?:of|the|and|for|at|in))* ?){1,12},?$)"
)
_FULL_NAME = re.compile(r"\s*(?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+,?$")
_PLACE_NAME = re.compile(r"\s*[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?")
_AFTER_VERB = re.compile(
    r"\s+((?:(?<![A-Za-z])(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Prof|[A-Z])\.(?= )"
    r"|[^,.;:\"“”()]){2,120})"
)
_MAX_SOURCE_WORDS = 22


def source_before(text: str, sentence: Sentence, end: int) -> tuple[Span, int] | None:
    """Find the noun phrase that ends before a verb; gives it and where the cue begins."""
    cue_start = end
    left = text[sentence.start : end]
    auxiliary = _AUXILIARY.search(left)
    if auxiliary:
        cue_start = sentence.start + auxiliary.start() + 1
        left = left[: auxiliary.start()]
    left = _PARENTHESIS_AT_END.sub("", left.rstrip())
    if left.endswith(","):
        return _source_with_apposition(text, sentence, left, cue_start)
    start = _clause_start(left)
    source = clean_source(text, sentence.start + start, sentence.start + len(left))
    return (source, cue_start) if source else None


def source_after(text: str, sentence: Sentence, start: int) -> Span | None:
    """Find the noun phrase after an inverted verb: "said Anna Berg, the minister"."""
    found = _AFTER_VERB.match(text, start, sentence.end)
    if not found or re.match(r"(?:that|it|the same|he|she|they|this|there)\b", found[1]):
        return None
    phrase = re.split(
        r"\s(?:on|in|at|during|after|when|as|while|before|who|late|early|last|this|to|from)\s",
        found[1],
    )[0]
    return clean_source(text, found.start(1), found.start(1) + len(phrase))


def leading_name(text: str, sentence: Sentence) -> Span | None:
    """Take the name that a sentence starts with for the subject of its later verbs."""
    name = _LEADING_NAME.match(text, sentence.start, sentence.end)
    return clean_source(text, *name.span()) if name else None


def clean_source(text: str, start: int, end: int) -> Span | None:
    """Trim leading adverbs and trailing times; None when no speaker can be meant."""
    leading = _LEADING.match(text, start, end)
    if leading and leading.end() < end:
        start = leading.end()
    phrase = re.sub(
        r"\s+(?:earlier )?(?:this|last) (?:week|month|year)$|\s+on [A-Z][a-z]+day$",
        "",
        text[start:end].rstrip(" ,"),
    )
    while phrase[:1].isspace():
        start, phrase = start + 1, phrase[1:]
    words = WORD.findall(phrase)
    if not words or len(words) > _MAX_SOURCE_WORDS or not _can_speak(words):
        return None
    return start, start + len(phrase)


def _source_with_apposition(
    text: str, sentence: Sentence, left: str, cue_start: int
) -> tuple[Span, int] | None:
    """Read "X, the minister, said": the name stands before the comma before."""
    comma = left.rfind(",", 0, len(left) - 1)
    earlier = left.rfind(",", 0, max(comma, 0))
    if earlier > 0 and _PLACE_NAME.fullmatch(left, comma + 1, len(left) - 1):
        comma = earlier if _APPOSITIVE.match(left, earlier + 1) else comma
    if comma <= 0 or left.count("”", comma) or left.count('"', comma):
        return None
    if not _APPOSITIVE.match(left, comma + 1):
        return None
    start = _clause_start(left[:comma])
    is_described = left[start:comma].split()[-1:] and left[start:comma].split()[-1].islower()
    if is_described and _FULL_NAME.match(left, comma + 1):
        comma = len(left) - 1
    source = clean_source(text, sentence.start + start, sentence.start + comma)
    return (source, cue_start) if source else None


def _clause_start(left: str) -> int:
    start = 0
    for found in _CLAUSE_START.finditer(left):
        joins_names = found[0].strip() == "and" and _is_joined_name(left, found)
        if found.end() < len(left) and not joins_names:
            start = found.end()
    return start


def _is_joined_name(left: str, found: re.Match) -> bool:
    before = re.search(r"(\w+)\s*$", left[: found.start()])
    after = re.match(r"\w+", left[found.end() :])
    return bool(before and after and before[1][0].isupper() and after[0][0].isupper())


def _can_speak(words: Sequence[str]) -> bool:
    lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    if lowered[0] in PRONOUNS:
        return len(words) == 1
    if lowered[0] in ("i", "we", "you", "there", "this", "which", "what", "to", "not", "it's"):
        return False
    heads = PERSON_HEADS | COLLECTIVE_HEADS | DOCUMENT_HEADS | POLL_HEADS
    if any(word in heads for word in lowered):
        return True
    return any(
        word != word.lower() and word.lower() not in ("the", "a", "in", "on") for word in words
    )

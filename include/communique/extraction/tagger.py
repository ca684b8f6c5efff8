"""Who is said to say what: source, cue and content spans, sentence by sentence.

The rules look for a cue and for what stands around it: a source before a verb and content after
it ("X said that ..."), content before and source around ("..., said X"), and "according to X".
They know no names; who the source is, is decided elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extraction.contents import (
    ADDRESSEE,
    MIN_CONTENT,
    TOLD_VERBS,
    after_insertion,
    find_start,
    in_quotation,
    is_finite,
    read_before,
    read_rest,
    read_until,
)
from communique.extraction.lexicon import (
    ACCORDING_TO,
    POSITION_VERBS,
    POSTPOSED_VERBS,
    SPEECH_VERBS,
)
from communique.extraction.sentences import Quotation, Sentence, split_sentences
from communique.extraction.speaker_phrases import (
    WORD,
    Span,
    clean_source,
    leading_name,
    source_after,
    source_before,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One attribution in a sentence, as spans of the whole text.

    `source` is None for a quotation that continues what its speaker said before. `outer` is the
    attribution that this one stands in ("Axios reported that X said ...").
    """

    sentence: Sentence
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    pattern: str
    outer: "Tagged | None" = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one attribution as lists of `[start, end]`, as other tools exchange them."""

    source: list[list[int]]
    cue: list[list[int]]
    content: list[list[int]]


_WHEN = re.compile(
    r"(?:(?:earlier|late|later|early) )?(?:this|last|on) "
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month|year)\s+"
    r"|(?:yesterday|today|earlier|recently)\s+"
)
"""When it was said is no part of the cue: "Axios earlier this week revealed"."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|also\s+|not\s+|now\s+|first\s+)*$"
)
_SAME_SUBJECT = re.compile(
    r"(?:^|[\s,”\"])(?:and|but)\s+(?:(?:has|have|had|also|then|later|again|repeatedly|instead"
    r"|even|[a-z]{3,12}ly)\s+)*$"
)
_AFTER_CUE = re.compile(
    r"\s*(?:[.,;:!?(–—-]|$|(?:on|in|at|to|during|late|early|last|this|after|when|as|of|while"
    r"|before|from|through|yesterday|today|earlier|recently|again|via|about|who|by|and"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_SUBORDINATE = re.compile(
    r"(?:when|after|while|as|if|although|though|since|before|because)\s+$", re.I
)
_FINITE_AFTER = re.compile(r"\s*(?:,|\bto\b|\bthat\b|[\"“:])")
_MIN_BARE_QUOTE_WORDS = 4
_NOMINAL_USE = frozenset({"report", "reports", "claim", "claims", "plans", "notes", "states",
                          "hopes", "hope", "fears", "fear", "promise", "promises", "charges",
                          "estimates", "warning", "finding", "support", "supports", "back",
                          "backs", "praise", "blame", "demands", "demand", "calls", "call",
                          "offered", "read", "reads", "continued", "expected", "expects",
                          "recommended", "planned", "considers", "thought", "charged", "views",
                          "showed", "shows", "found", "finds", "posted", "favor", "favour",
                          "counter", "caution", "ordered", "resisted"})  # fmt: skip


_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_NOT_NESTED = frozenset({"ask", "asks", "asked", "pressed", "repeating"})


def find_attributions(text: str) -> list[Attribution]:
    """Find who says what in a plain text, without knowing its article."""
    return [
        Attribution(
            [list(tagged.source)] if tagged.source else [],
            [list(tagged.cue)] if tagged.cue else [],
            [list(span) for span in tagged.content],
        )
        for tagged in tag(text, split_sentences(text, 0, len(text)))
    ]


def tag(text: str, sentences: Sequence[Sentence]) -> list[Tagged]:
    """Find the attributions of some sentences that follow each other, in their order."""
    found: list[Tagged] = []
    previous: Tagged | None = None
    unclosed: list[Tagged] = []
    for sentence in sentences:
        here = list(_tag_sentence(text, sentence))
        if unclosed and here and here[0].pattern == "postposed":
            found = [replace(one, source=here[0].source, outer=here[0].outer)
                     if one in unclosed else one for one in found]  # fmt: skip
        claimed = [span for tagged in here for span in tagged.content]
        for quotation in sentence.quotations:
            bare = _bare_quotation(text, sentence, quotation, claimed, here, previous)
            if bare:
                here.append(bare)
        here.sort(key=lambda tagged: tagged.content[0])
        found += here
        unclosed = _left_open(text, here, unclosed)
        previous = _announced(text, sentence) or _speaker_to_continue(
            text, sentence, here, previous
        )
    return found


def _left_open(text: str, here: Sequence[Tagged], before: list[Tagged]) -> list[Tagged]:
    """Collect paragraphs of a quotation without closing marks: who speaks comes at its end."""
    if len(here) != 1 or here[0].pattern != "continued":
        return []
    quotation = here[0].sentence.quotations[-1]
    is_open = quotation.inner_end == quotation.end or text[quotation.end - 1] not in '”"'
    return [*before, here[0]] if is_open else []


def _tag_sentence(text: str, sentence: Sentence) -> Iterator[Tagged]:
    taken: list[Span] = []
    last: Tagged | None = None
    for found in ACCORDING_TO.finditer(text, sentence.start, sentence.end):
        if not in_quotation(found.start(), sentence):
            tagged = _according_to(text, sentence, found)
            if tagged:
                taken.append((found.start(), tagged.source[1]))
                taken += tagged.content
                last = tagged
                yield tagged
                nested = _nested(text, tagged)
                if nested:
                    yield nested
                break
    closing = _closing_cue(text, sentence) if not taken else None
    if closing:
        taken += [*closing.content, closing.source, closing.cue]
        last = closing
        yield closing
        nested = _nested(text, closing)
        if nested:
            yield nested
    for word in WORD.finditer(text, sentence.start, sentence.end):
        if word[0].lower() not in SPEECH_VERBS and word[0].lower() not in POSITION_VERBS:
            continue
        if in_quotation(word.start(), sentence) or _covers(taken, word.start()):
            continue
        tagged = _around_verb(text, sentence, word, last)
        if tagged is None:
            continue
        if (
            last
            and last.pattern != "according_to"
            and tagged.source == last.source
            and (tagged.pattern == "adding")
        ):
            last_content = last.content[-1]
            if last_content[1] > word.start():
                continue
        taken += tagged.content
        if tagged.source:
            taken.append(tagged.source)
        last = tagged
        yield tagged
        nested = _nested(text, tagged)
        if nested:
            yield nested
            last = nested


def _closing_cue(text: str, sentence: Sentence, speaker: Span | None = None) -> Tagged | None:
    """Read "..., the official said on Monday." before any verb inside what the official said."""
    near_end = WORD.finditer(text, max(sentence.start, sentence.end - 160), sentence.end)
    for word in reversed(list(near_end)):
        verb = word[0].lower()
        if verb not in POSTPOSED_VERBS or verb in _NOMINAL_USE or verb.endswith("ing"):
            continue
        if in_quotation(word.start(), sentence) or _is_passive(text, sentence, word):
            continue
        before = source_before(text, sentence, word.start())
        tagged = _postposed(text, sentence, word, before)
        if tagged is None or tagged.source == speaker or len(tagged.content) != 1:
            continue
        if tagged.content[0][0] - sentence.start <= 1:
            return tagged
    return None


def _around_verb(
    text: str, sentence: Sentence, word: re.Match, last: Tagged | None
) -> Tagged | None:
    verb = word[0].lower()
    if verb.endswith("ing") and last:
        return _participle(text, sentence, word, last)
    before = source_before(text, sentence, word.start())
    if _is_passive(text, sentence, word):
        return None
    if before is None and _goes_on_with(text, sentence, word):
        subject = last.source if last else leading_name(text, sentence)
        before = (subject, word.start()) if subject else None
    elif verb in POSTPOSED_VERBS:
        postposed = _postposed(text, sentence, word, before)
        if postposed:
            return postposed
    if before is None:
        return None
    source, cue_start = before
    said_when = _WHEN.match(text, cue_start, word.start())
    cue_start = said_when.end() if said_when else cue_start
    if verb in _NOMINAL_USE and not _FINITE_AFTER.match(text, word.end(), sentence.end):
        weak = verb not in ("supports", "backs", "calls", "demands", "expects", "plans")
        if weak and not _starts_clause(text, word.end(), sentence.end):
            return None
    content_start, cue_end = find_start(text, sentence, word, verb)
    if content_start is None:
        return None
    inside = sentence
    if _SUBORDINATE.search(text, sentence.start, source[0]):
        comma = text.find(", ", content_start, sentence.end)
        inside = replace(sentence, end=comma) if comma > 0 else sentence
    content = read_until(text, inside, content_start)
    return _build(text, sentence, source, (cue_start, cue_end), content, "preposed")


def _is_passive(text: str, sentence: Sentence, word: re.Match) -> bool:
    """Tell "was told" and "is expected" from "was quoted as saying" and "is urging"."""
    verb = word[0].lower()
    if verb.endswith("ed") and text.startswith(" by ", word.end()):
        return True
    if verb.endswith(("ing", "s")) or verb in ("opposed", "agreed"):
        return False
    return bool(_PASSIVE.search(text, max(sentence.start, word.start() - 30), word.start()))


def _goes_on_with(text: str, sentence: Sentence, word: re.Match) -> bool:
    """Tell whether a verb shares the subject of the cue before: "and urged", "but later said"."""
    before = _SAME_SUBJECT.search(text, max(sentence.start, word.start() - 40), word.start())
    return before is not None and is_finite(word[0].lower())


def _postposed(
    text: str, sentence: Sentence, word: re.Match, before: tuple[Span, int] | None
) -> Tagged | None:
    """Read "...," X said and "...," said X, with what the quotation goes on with after it."""
    if before:
        source, cue = before[0], (before[1], word.end())
        left_end, right = source[0], word.end()
    else:
        after = source_after(text, sentence, word.end())
        if after is None:
            return None
        source, cue = after, word.span()
        left_end, right = word.start(), after[1]
    left = text[sentence.start : left_end].rstrip()
    if not left.endswith(
        (",", ",”", ',"', "!”", "?”", '!"', '?"', ".”", '."', "”,", '",', "”", '"')
    ):
        return None
    if word[0].lower() in TOLD_VERBS:
        addressee = ADDRESSEE.match(text, right, sentence.end)
        right = addressee.end() if addressee else right
    if not _AFTER_CUE.match(text, right, sentence.end):
        return None
    content = read_before(text, sentence, sentence.start + len(left))
    if content is None:
        return None
    rest = [
        (quotation.inner_start, quotation.inner_end)
        for quotation in sentence.quotations
        if quotation.start >= right and text[right : quotation.start].strip(" ,.;:\n") == ""
    ]
    if not rest and text[left_end - 2 : left_end].startswith(",") and text[content[1]] == ",":
        rest = read_rest(text, sentence, content, right)
    return _build(text, sentence, source, cue, [content, *rest], "postposed")


def _according_to(text: str, sentence: Sentence, found: re.Match) -> Tagged | None:
    phrase = re.compile(r"[^,;:\"“”()]{2,160}").match(text, found.end(), sentence.end)
    if not phrase:
        return None
    end = phrase.end()
    source = clean_source(text, found.end(), found.end() + len(phrase[0].rstrip(" .\n")))
    if not source:
        return None
    before = text[sentence.start : found.start()].rstrip(" ,")
    if len(before.split()) >= 3:
        content = (sentence.start, sentence.start + len(before))
    else:
        start = after_insertion(text, sentence, end)
        content = (start, start + len(text[start : sentence.end].rstrip(" .\n")))
    cue = (found.start(), found.start() + len(found[0].rstrip()))
    return _build(text, sentence, source, cue, [content], "according_to")


def _participle(text: str, sentence: Sentence, word: re.Match, last: Tagged) -> Tagged | None:
    """Read "..., adding that ...": the speaker is that of the cue before."""
    before = text[sentence.start : word.start()].rstrip()
    if not before.endswith((",", " and", "”", '"')):
        return None
    if word[0].lower() in POSITION_VERBS and word[0].lower() not in ("calling", "urging"):
        return None
    start, cue_end = find_start(text, sentence, word, word[0].lower())
    if start is None:
        return None
    content = read_until(text, sentence, start)
    return _build(text, sentence, last.source, (word.start(), cue_end), content, "adding")


def _nested(text: str, outer: Tagged) -> Tagged | None:
    """Find an attribution that the content of another begins with."""
    if outer.pattern not in ("preposed", "postposed", "according_to") or len(outer.content) != 1:
        return None
    if outer.cue and _DENIES.search(text, *outer.cue):
        return None
    start, end = outer.content[0]
    if outer.pattern != "preposed":
        inside = replace(outer.sentence, start=start, end=end)
        closing = _closing_cue(text, inside, outer.source)
        if closing:
            return replace(closing, sentence=outer.sentence, outer=outer)
    for word in WORD.finditer(text, start, min(end, start + 120)):
        verb = word[0].lower()
        if verb not in POSTPOSED_VERBS or verb in _NOMINAL_USE or verb in _NOT_NESTED:
            continue
        inside = replace(outer.sentence, start=start, end=end)
        if in_quotation(word.start(), inside):
            continue
        before = source_before(text, inside, word.start())
        if before is None or before[0][0] - start > 12:
            continue
        content_start, cue_end = find_start(text, inside, word, word[0].lower())
        if content_start is None:
            continue
        content = read_until(text, inside, content_start)
        built = _build(text, outer.sentence, before[0], (before[1], cue_end), content, "preposed")
        return replace(built, outer=outer) if built else None
    return None


def _bare_quotation(
    text: str,
    sentence: Sentence,
    quotation: Quotation,
    claimed: Sequence[Span],
    here: Sequence[Tagged],
    previous: Tagged | None,
) -> Tagged | None:
    """Give a quotation that fills its sentence to the speaker of the words before."""
    if any(start < quotation.inner_end and quotation.inner_start < end for start, end in claimed):
        return None
    words = len(text[quotation.inner_start : quotation.inner_end].split())
    outside = text[sentence.start : quotation.start] + text[quotation.end : sentence.end]
    speaker = here[-1] if here else previous
    if words < _MIN_BARE_QUOTE_WORDS or speaker is None or len(outside.split()) > 2:
        return None
    is_announced = speaker.pattern == "announced"
    return Tagged(
        sentence=sentence,
        source=speaker.source,
        cue=speaker.cue if is_announced else None,
        content=((quotation.inner_start, quotation.inner_end),),
        pattern="preposed" if is_announced else "continued",
        outer=speaker.outer,
    )


def _announced(text: str, sentence: Sentence) -> Tagged | None:
    """Read "The minister said:" whose quotation is a paragraph of its own."""
    if not text.startswith(":", sentence.end - 1):
        return None
    words = list(WORD.finditer(text, max(sentence.start, sentence.end - 40), sentence.end))
    verb = words[-1] if words else None
    if verb is None or verb[0].lower() not in POSTPOSED_VERBS | {"read", "reads"}:
        return None
    before = source_before(text, sentence, verb.start())
    if before is None:
        return None
    return Tagged(
        sentence=sentence,
        source=before[0],
        cue=(before[1], verb.end()),
        content=(),
        pattern="announced",
    )


def _speaker_to_continue(
    text: str, sentence: Sentence, here: Sequence[Tagged], previous: Tagged | None
) -> Tagged | None:
    """Say whose quotation may go on in the next sentence."""
    if here:
        return here[-1]
    only_quotations = sum(q.end - q.start for q in sentence.quotations) * 2 > (
        sentence.end - sentence.start
    )
    return previous if only_quotations else None


def _build(
    text: str,
    sentence: Sentence,
    source: Span | None,
    cue: Span,
    content: Sequence[Span],
    pattern: str,
) -> Tagged | None:
    spans = tuple(_trim(text, span) for span in content)
    if not spans or sum(end - start for start, end in spans) < MIN_CONTENT:
        return None
    if len(text[spans[0][0] : spans[0][1]].split()) < 2:
        return None
    return Tagged(sentence=sentence, source=source, cue=cue, content=spans, pattern=pattern)


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " \n\t,":
        end -= 1
    return start, end


def _covers(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _starts_clause(text: str, start: int, end: int) -> bool:
    return bool(
        re.compile(r"\s+(?:the|a|an|his|her|its|their|he|she|it|they|there|this|[A-Z]\w+)\b").match(
            text, start, end
        )
    )

"""Who is said to say what: source, cue and content spans, sentence by sentence.

The rules look for a cue and for what stands around it: a source before a verb and content after
it ("X said that ..."), content before and source around ("..., said X"), and "according to X".
They know no names; who the source is, is decided elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extraction.lexicon import (
    ACCORDING_TO,
    CALL_PARTICLES,
    COLLECTIVE_HEADS,
    DOCUMENT_HEADS,
    PERSON_HEADS,
    POLL_HEADS,
    POSITION_VERBS,
    POSTPOSED_VERBS,
    PRONOUNS,
    SPEECH_VERBS,
)
from communique.extraction.sentences import Quotation, Sentence, split_sentences

Span = tuple[int, int]


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


_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*(?:['’]s?\b)?")
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
    r"(?:(?:also|meanwhile|however|earlier|later|still|yet|so|then|now|instead|today|yesterday"
    r"|on (?:[A-Z][a-z]+day|[A-Z][a-z]+ \d+)|in (?:\d{4}|[A-Z][a-z]+)|last \w+|this \w+)\s+)+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:(?:on|late|early|last|this|earlier|in|at|during|to|through|via|by)\b[^,:\"“”]{0,70}?)?"
    r"(?P<mark>,?\s*\bthat\b,?\s*|:\s*|,\s*(?=[\"“]))",
)
_TIME_BEFORE_CONTENT = re.compile(
    r"\s+(?:(?:on|late on|early on)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s+(?:morning|evening|night|afternoon))?\b(?:\s+that\b)?"
    r"|\s+(?:yesterday|today|earlier this week|last week|this week|last month)\b(?:\s+that\b)?"
)
_ADDRESSEE = re.compile(
    r"\s+(?P<who>(?:the |a |an |his |her |their |its )?(?:[A-Z][\w’'.&-]*|reporters|journalists"
    r"|lawmakers|parliament|members|supporters|officials|investors|him|her|them|us|me|state TV)"
    r"(?:(?: of| the| for| and| on)?(?: [A-Z][\w’'.&-]*|’s|'s| state television| news agency"
    r"| newspaper| TV| radio))*(?: in an interview| on (?:[A-Z][a-z]+day))?)"
)
_ADDING = re.compile(r",?\s+(?:and\s+)?(?=(?:adding|saying|warning|noting|stressing|arguing)\b)")
_FINITE_AFTER = re.compile(r"\s*(?:,|\bto\b|\bthat\b|[\"“:])")
_MAX_SOURCE_WORDS = 22
_MIN_CONTENT = 8
_MIN_BARE_QUOTE_WORDS = 4
_NOMINAL_USE = frozenset({"report", "reports", "claim", "claims", "plans", "notes", "states",
                          "hopes", "hope", "fears", "fear", "promise", "promises", "charges",
                          "estimates", "warning", "finding", "support", "supports", "back",
                          "backs", "praise", "blame", "demands", "demand", "calls", "call",
                          "offered", "read", "reads", "continued", "expected", "expects",
                          "recommended", "planned", "considers", "thought", "charged", "views",
                          "showed", "shows", "found", "finds", "posted"})  # fmt: skip


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
    for sentence in sentences:
        here = list(_tag_sentence(text, sentence))
        claimed = [span for tagged in here for span in tagged.content]
        for quotation in sentence.quotations:
            bare = _bare_quotation(text, sentence, quotation, claimed, here, previous)
            if bare:
                here.append(bare)
        here.sort(key=lambda tagged: tagged.content[0])
        found += here
        previous = _speaker_to_continue(text, sentence, here, previous)
    return found


def _tag_sentence(text: str, sentence: Sentence) -> Iterator[Tagged]:
    taken: list[Span] = []
    last: Tagged | None = None
    for found in ACCORDING_TO.finditer(text, sentence.start, sentence.end):
        if not _in_quotation(found.start(), sentence):
            tagged = _according_to(text, sentence, found)
            if tagged:
                taken.append((found.start(), tagged.source[1]))
                taken += tagged.content
                last = tagged
                yield tagged
                break
    for word in _WORD.finditer(text, sentence.start, sentence.end):
        if word[0].lower() not in SPEECH_VERBS and word[0].lower() not in POSITION_VERBS:
            continue
        if _in_quotation(word.start(), sentence) or _covers(taken, word.start()):
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


def _around_verb(
    text: str, sentence: Sentence, word: re.Match, last: Tagged | None
) -> Tagged | None:
    verb = word[0].lower()
    if verb.endswith("ing") and last:
        return _participle(text, sentence, word, last)
    before = _source_before(text, sentence, word.start())
    if verb in POSTPOSED_VERBS:
        postposed = _postposed(text, sentence, word, before)
        if postposed:
            return postposed
    if before is None:
        return None
    source, cue_start = before
    if verb in _NOMINAL_USE and not _FINITE_AFTER.match(text, word.end(), sentence.end):
        weak = verb not in ("supports", "backs", "calls", "demands", "expects", "plans")
        if weak and not _starts_clause(text, word.end(), sentence.end):
            return None
    content_start, cue_end = _content_start(text, sentence, word, verb)
    if content_start is None:
        return None
    content = _content_until(text, sentence, content_start)
    return _build(text, sentence, source, (cue_start, cue_end), content, "preposed")


def _source_before(text: str, sentence: Sentence, end: int) -> tuple[Span, int] | None:
    """Find the noun phrase that ends before a verb; gives it and where the cue begins."""
    cue_start = end
    left = text[sentence.start : end]
    auxiliary = _AUXILIARY.search(left)
    if auxiliary:
        cue_start = sentence.start + auxiliary.start() + 1
        left = left[: auxiliary.start()]
    left = left.rstrip()
    if left.endswith(","):
        return _source_with_apposition(text, sentence, left, cue_start)
    start = _clause_start(left)
    source = _clean_source(text, sentence.start + start, sentence.start + len(left))
    return (source, cue_start) if source else None


def _source_with_apposition(
    text: str, sentence: Sentence, left: str, cue_start: int
) -> tuple[Span, int] | None:
    """Read "X, the minister, said": the name stands before the comma before."""
    comma = left.rfind(",", 0, len(left) - 1)
    if comma <= 0 or left.count("”", comma) or left.count('"', comma):
        return None
    inserted = left[comma + 1 : -1].strip()
    if not re.match(
        r"(?:the|a|an|who|whose|his|her|its|which|\d{2}|former|head|[A-Z])\b", inserted
    ):
        return None
    start = _clause_start(left[:comma])
    source = _clean_source(text, sentence.start + start, sentence.start + comma)
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


def _clean_source(text: str, start: int, end: int) -> Span | None:
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
    words = _WORD.findall(phrase)
    if not words or len(words) > _MAX_SOURCE_WORDS or not _can_speak(words):
        return None
    return start, start + len(phrase)


def _can_speak(words: Sequence[str]) -> bool:
    lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    if lowered[0] in PRONOUNS:
        return len(words) == 1
    if lowered[0] in ("i", "we", "you", "there", "this", "which", "what", "to", "not", "it's"):
        return False
    heads = PERSON_HEADS | COLLECTIVE_HEADS | DOCUMENT_HEADS | POLL_HEADS
    if any(word in heads for word in lowered):
        return True
    return any(word[0].isupper() and word.lower() not in ("the", "a", "in", "on") for word in words)


def _postposed(
    text: str, sentence: Sentence, word: re.Match, before: tuple[Span, int] | None
) -> Tagged | None:
    """Read "...," X said and "...," said X, with what the quotation goes on with after it."""
    if before:
        source, cue = before[0], (before[1], word.end())
        left_end, right = source[0], word.end()
    else:
        after = _source_after(text, sentence, word.end())
        if after is None:
            return None
        source, cue = after, word.span()
        left_end, right = word.start(), after[1]
    left = text[sentence.start : left_end].rstrip()
    if not left.endswith(
        (",", ",”", ',"', "!”", "?”", '!"', '?"', ".”", '."', "”,", '",', "”", '"')
    ):
        return None
    tail = text[right : sentence.end]
    if not re.match(
        r"\s*(?:[.,;:!?]|$|(?:on|in|at|to|during|late|early|last|this|after|when|as|of"
        r"|while|before|from|through|yesterday|today|earlier|who|by|, )\b)",
        tail,
    ):
        return None
    content = _content_before(text, sentence, sentence.start + len(left))
    if content is None:
        return None
    rest = [
        (quotation.inner_start, quotation.inner_end)
        for quotation in sentence.quotations
        if quotation.start >= right and text[right : quotation.start].strip(" ,.;:\n") == ""
    ]
    return _build(text, sentence, source, cue, [content, *rest], "postposed")


def _source_after(text: str, sentence: Sentence, start: int) -> Span | None:
    """Find the noun phrase after an inverted verb: "said Anna Berg, the minister"."""
    found = re.compile(r"\s+([^,.;:\"“”()]{2,120})").match(text, start, sentence.end)
    if not found or re.match(r"(?:that|it|the same|he|she|they|this|there)\b", found[1]):
        return None
    phrase = re.split(
        r"\s(?:on|in|at|during|after|when|as|while|before|who|late|early|last|this|to|from)\s",
        found[1],
    )[0]
    return _clean_source(text, found.start(1), found.start(1) + len(phrase))


def _content_before(text: str, sentence: Sentence, end: int) -> Span | None:
    """Take what stands before a postposed cue: the quotation, or the clause."""
    for quotation in reversed(sentence.quotations):
        if quotation.end <= end and not text[quotation.end : end].strip(" ,"):
            before = text[sentence.start : quotation.start].strip()
            starts_own = not before or before[-1] in ",:;—–-"
            if starts_own or len(before.split()) <= 2:
                return quotation.inner_start, quotation.inner_end
            return sentence.start, end
    stripped = text[sentence.start : end].rstrip(" ,")
    return (sentence.start, sentence.start + len(stripped)) if stripped else None


def _content_start(
    text: str, sentence: Sentence, word: re.Match, verb: str
) -> tuple[int | None, int]:
    """Find where the content after a verb begins, and where the cue ends."""
    position, cue_end = word.end(), word.end()
    if verb.startswith("call") and verb not in SPEECH_VERBS:
        particle = re.compile(r"\s+(for|on|upon)\b").match(text, position, sentence.end)
        if particle and particle[1] in CALL_PARTICLES:
            return _skip_space(text, particle.end(), sentence.end), particle.end()
        quoted = any(position <= quotation.start for quotation in sentence.quotations)
        return (_skip_space(text, position, sentence.end) if quoted else None), cue_end
    if verb in ("told", "tells", "tell", "telling", "informed", "assured", "assures", "advised"):
        addressee = _ADDRESSEE.match(text, position, sentence.end)
        if addressee is None:
            return None, cue_end
        position = addressee.end()
    if verb in SPEECH_VERBS:
        skipped = _TIME_BEFORE_CONTENT.match(text, position, sentence.end)
        if skipped:
            position = skipped.end()
        between = _BETWEEN.match(text, position, sentence.end)
        if between:
            position = between.end()
    start = _skip_space(text, position, sentence.end)
    return (start if start < sentence.end else None), cue_end


def _content_until(text: str, sentence: Sentence, start: int) -> list[Span]:
    """Take the content from its start to the end of the clause."""
    for quotation in sentence.quotations:
        if quotation.start == start:
            rest = text[quotation.end : sentence.end].strip(" .,;:\n")
            if (
                not rest
                or not re.match(r"[\w“\"]", rest)
                or _ADDING.match(text, quotation.end, sentence.end)
            ):
                return [(quotation.inner_start, quotation.inner_end)]
    end = sentence.end
    for found in re.compile(
        r",\s+(?:according to)\b|;\s|(?:,\s+(?:and\s+)?|\s+and\s+)(?:adding|saying"
        r"|warning|noting|stressing)\b"
        r"|,\s+(?:but|while|and|whereas|though|although)\s+(?=[^,.]{2,60}?\b"
        r"(?:said|says|told|added|insisted|warned|denied|argued|claimed|rejected|urged)\b)"
    ).finditer(text, start, sentence.end):
        if not _in_quotation(found.start(), sentence):
            end = found.start()
            break
    stripped = text[start:end].rstrip(" .,;:\n!")
    if stripped.count("”") > stripped.count("“") or stripped.count('"') % 2:
        stripped = text[start:end].rstrip()
    return [(start, start + len(stripped))]


def _according_to(text: str, sentence: Sentence, found: re.Match) -> Tagged | None:
    phrase = re.compile(r"[^,;:\"“”()]{2,160}").match(text, found.end(), sentence.end)
    if not phrase:
        return None
    end = phrase.end()
    source = _clean_source(text, found.end(), found.end() + len(phrase[0].rstrip(" .\n")))
    if not source:
        return None
    before = text[sentence.start : found.start()].rstrip(" ,")
    if len(before.split()) >= 3:
        content = (sentence.start, sentence.start + len(before))
    else:
        start = end
        while start < sentence.end and text[start] in " ,":
            start += 1
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
    start, cue_end = _content_start(text, sentence, word, word[0].lower())
    if start is None:
        return None
    content = _content_until(text, sentence, start)
    return _build(text, sentence, last.source, (word.start(), cue_end), content, "adding")


def _nested(text: str, outer: Tagged) -> Tagged | None:
    """Find an attribution that the content of another begins with."""
    if outer.pattern != "preposed" or len(outer.content) != 1:
        return None
    start, end = outer.content[0]
    for word in _WORD.finditer(text, start, min(end, start + 120)):
        if word[0].lower() not in POSTPOSED_VERBS or word[0].lower() in _NOMINAL_USE:
            continue
        inside = replace(outer.sentence, start=start, end=end)
        if _in_quotation(word.start(), inside):
            continue
        before = _source_before(text, inside, word.start())
        if before is None or before[0][0] - start > 12:
            continue
        content_start, cue_end = _content_start(text, inside, word, word[0].lower())
        if content_start is None:
            continue
        content = _content_until(text, inside, content_start)
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
    return Tagged(
        sentence=sentence,
        source=speaker.source,
        cue=None,
        content=((quotation.inner_start, quotation.inner_end),),
        pattern="continued",
        outer=speaker.outer,
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
    if not spans or sum(end - start for start, end in spans) < _MIN_CONTENT:
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


def _in_quotation(position: int, sentence: Sentence) -> bool:
    return any(quotation.start <= position < quotation.end for quotation in sentence.quotations)


def _covers(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _starts_clause(text: str, start: int, end: int) -> bool:
    return bool(
        re.compile(r"\s+(?:the|a|an|his|her|its|their|he|she|it|they|there|this|[A-Z]\w+)\b").match(
            text, start, end
        )
    )


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position] in " \n,":
        position += 1
    return position

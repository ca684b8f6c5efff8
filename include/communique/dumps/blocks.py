"""The function of each stretch of a text: what is body, and what is page furniture around it.

Nothing is deleted: furniture is labelled, so that extraction can leave it out and people can see
why. The rules read one line at a time, with what stands before and after it.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from communique.dumps.repeats import HEAD, TAIL, key_of
from communique.dumps.text import first_sentences, last_sentences
from communique.dumps.wires import WIRE
from communique.records import Article, Block

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = (
    r"(?i:(?:[a-z]{3,6}day,?\s+)?"
    rf"(?:\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},\s+\d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}))"
)
_NAVIGATION = re.compile(
    r"(?:skip to (?:main )?content|(?:main )?menu|home|search|log ?in|sign in|my account"
    r"|share(?: this)?|print|e-?mail|comments?|back to top|(?:next|previous) article"
    r"|related (?:stories|articles)"
    r"|more on this (?:story|topic)|most read|top stories|copy link|listen|save"
    r"|photo|cookie settings"
    r"|(?:facebook|twitter|whatsapp|linkedin|telegram|x)(?: (?:facebook|twitter|whatsapp|email))*"
    r"|(?:https?://|www\.)\S+(?:\s+\d{1,3}\s*/\s*\d{1,3})?"
    r"|(?:page )?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?"
    r"|(?:the )?(?:rest|continuation) of the (?:text|article|material)\b.{0,50}"
    r"\b(?:below|under|after|video|advert\w*)\b.{0,20}"
    r"|(?:(?:media|press) (?:contacts?|enquiries|inquiries)|for (?:more|further) information"
    r"|url|last updated?|see)\b\s*[:\-–].{2,400}|\W*ends\W*"
    r"|just watched\b.{2,200}\breplay\b.{0,40}\bmust watch\b.{2,200}"
    r"|[*_=~#•·\-–—\s]{3,20})",
    re.I | re.S,
)
_KICKER = re.compile(
    r"(?:analysis|opinion|news|world|politics|exclusive|explainer|feature|interview|live|video"
    r"|middle east|europe|asia|africa|americas|business|breaking(?: news)?|editorial|comment"
    r"|(?:(?:joint |media )?transcripts?"
    r"|(?:joint )?(?:press|media) (?:release|statement|transcript))"
    rf"(?:\W+{_DAY})?)",
    re.I,
)
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{4},? \S.*")
"""What a browser puts at the top of a page that it prints."""
_LETTERHEAD = re.compile(
    r"(?=[^a-z]+$).*(?:\bTHE HON\b|\bMPS?\b|\b(?:MEMBER|SENATOR)S? FOR\b|\bLEADER OF THE\b"
    r"|\b(?:MINISTER|SECRETARY)(?: OF STATE)? FOR\b).*"
    r"|(?:senator\s+)?the\s+hon\b.*",
    re.S,
)
"""The offices of those who publish, in capital letters."""
_LETTERHEAD_LENGTH = 300
_LEGAL = re.compile(
    r"(?:(?:copyright\s+)?(?:©|\(c\) ?\d{4}|copyright \d{4})|all rights reserved"
    r"|this material may not be published|quotes displayed in real-time|legal statement"
    r"|(?:market )?data (?:also )?provided by|mutual fund and etf data|powered and implemented by"
    r"|the \S+ is not responsible for the content of external|read about our approach to external)"
    r".*|.{0,150}\ball rights reserved\W*",
    re.I | re.S,
)
_LEGAL_LENGTH = 100
_PROMOTION = re.compile(
    r"(?:(?:advertisement|sponsored)(?:\W*|\s*[-–—:|]?\s*(?:by|content|continue|scroll|story"
    r"|supported).{0,60})"
    r"|(?:subscribe|read more|click here|sign up|donate|support (?:us|our)"
    r"|join (?:our|us|now)|already a (?:subscriber|member)|become a member|follow us|get the app"
    r"|download (?:the|our) app|access the .{0,60}\byou can trust|unlock|start your free trial"
    r"|for more (?:stories|news)|our newsletters?|only [$€£]\d+|[$€£]\d+ (?:a|per) (?:month|year)"
    r"|this story is for subscribers|don[’']t miss|view video|watch (?:the video|live|now)"
    r"|story continue[sd] below|continue reading"
    r"|by (?:submitting|entering) your e-?mail|newsletters?\b(?!.*[.!?]$)"
    r"|you(?:’|'| a)re reading .{0,80}\bnewsletter|you can (?:also )?(?:listen|watch|subscribe)\b"
    r"(?=.*(?:\bhere|app|platforms?|websites?)\W*$))\b.*)",
    re.I | re.S,
)
_LINKED_HEADLINE = re.compile(r"(?=.*[A-Z]{2})(?!(?:.*\d){7})[^a-z]{30,200}[^a-z.!]")
"""Other articles stand between paragraphs in capital letters; a cross-heading is shorter."""
_LINKED_HEADLINE_WORDS = 9
_PROMOTION_LENGTH = 220
_PROMOTION_BEFORE = re.compile(r"(?:[^.!?]{0,40}\s)?Advertisement Supported by\s")
_PROMOTION_AFTER = re.compile(r"(?<=[.!?\"”’)]\s)(?:Advertisement|ADVERTISEMENT)$")
_CREDIT_WORDS = (
    r"(?:photos?|images?|pictures?|credits?)(?=\s*(?:by\b|from\b|via\b|courtesy\b|credit\b"
    r"|[:/|)\]]|(?-i:[A-Z@])))|getty|ap photo|(?:afp|epa|reuters|ap)\s*/|file photo|via reuters"
    r"|handout|courtesy(?= of|\))"
)
_CREDIT = re.compile(
    rf"\((?:{_CREDIT_WORDS})[^()]{{0,160}}\)"
    r"|\([^()]{0,120}(?:via getty images|/\s*(?:afp|reuters|getty images|ap|pa|epa))\)"
    r"|\[(?:photo|image)[^\]]{0,160}\]",
    re.I,
)
_CREDIT_LINE = re.compile(
    r"(?:photos?|images?|pictures?|credits?|getty|handout|courtesy)\b"
    r"\s*(?:by\b|:|/|\|).{0,120}"
    r"|(?-i:[A-Z])[\w.’'/ -]{2,90}/(?:AFP|AP|Reuters|Getty|EPA|PA|Shutterstock|Anadolu)\b.{0,40}"
    r"|(?-i:[A-Z])[\w.’' -]{2,60}(?:/[\w.’' -]{2,40}){0,3}/[\w.’' -]{0,30}"
    r"\b(?:press|news|images|photos?|pictures|pool|agency)"
    rf"|[\w.’' ]{{3,40}} [-–—] {_DAY}"
    r"|(?:this|the) (?:article|text|story) (?:comes from|(?:was )?(?:originally |first )?"
    r"(?:appeared|published) (?:in|on|by))\b.{2,100}"
    r"|source: .{2,60}|enlarge this image\b.{0,150}",
    re.I,
)
_CAPTION = re.compile(r"FILE(?: PHOTO)?\s*[-–—:]")
_CAPTION_SOURCE = re.compile(r"[A-Z][^.!?]{10,150}\s[a-z0-9-]{2,30}\.(?:com|net|org|[a-z]{2})")
"""A line that ends with the site that its picture is from."""
_CAPTION_SIGN = re.compile(
    r"\b(?-i:[A-Z])[\w’'-]+ \((?:L|R|C|left|right|cent(?:er|re))\)|\bpictured\b", re.I
)
_MAX_CAPTION = 900
_BYLINE = re.compile(
    r"(?:By|BY) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}(?:,? (?:and|in) .{0,80}|, .{0,80})?"
    r"|\(?(?:(?:Additional )?[Rr]eporting|Editing|Writing) by .{3,300}"
    r"|Author(?:s|/author)?: .{2,80}"
    r"|[A-Z].{2,150}\bcontributed (?:reporting|to (?:this|his|her|the) "
    r"(?:report|story|article|piece))\b.{0,60}"
)
_SIGNED = re.compile(
    r"\(\s*(?:with )?(?:(?:additional )?reporting|editing|writing|compiled) by [^()]{3,1000}\)*"
    r"(?:\s*\([^()]{0,60}\))?\s*$"
    r"|(?<=[.!?\"”] )additional reporting by [^.()]{2,120}$",
    re.I,
)
_PLACE = r"[A-Z][A-Z’'.\- /]{2,40}(?:\s?, [A-Z][A-Za-z.’' ]{2,30})?"
_DATELINE = re.compile(
    rf"(?!FILE\b|THE |MEDIA |VO\b|WATCH|UPDATE|BREAKING|NOTE|Q\b|E&OE){_PLACE}"
    rf"(?:(?:, {_MONTH} ?\d{{1,2}})?\s*(?:\([A-Za-z][\w .’'/-]{{1,40}}\)\s*)?[-–—]{{1,2}}\s+"
    rf"|, {_MONTH} ?\d{{1,2}}\. /{WIRE}/\.\s+)"
    rf"|[A-Z][\w’'.\- /]{{2,40}}(?:, [A-Z][A-Za-z.’' ]{{2,30}})?(?:, {_MONTH} ?\d{{1,2}})?"
    rf"\s*\({WIRE}\)\s*[-–—]{{1,2}}\s+"
    rf"|\({WIRE}\)\s*[-–—]{{1,2}}\s+"
)
_DATELINE_LINE = re.compile(rf"[A-Z][\w.,’' /()-]{{2,60}}\s[–—]|{_DAY}")
_TURN = re.compile(r"[A-Z][A-Z.'’ -]{1,30}: .*[a-z]")
"""Somebody speaks, in a transcript."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_OUTER = 8
"""Lines at the start of a text among which its headline stands."""
_MAX_HEADLINE = 200
_MAX_STANDFIRST = 320
_MIN_STANDFIRST_WORDS = 6
_MAX_CROSS_HEADING_WORDS = 8
_MAX_CALL_WORDS = 4
"""Speakers end many speeches with the same call."""
_WRAPPED_LINE = 50
_PARAGRAPH_IN_LINE = re.compile(r" \u00a0+ [ \u00a0]*")
"""Where no-break spaces stand between the words, as some programs write what they read from print,
one among ordinary spaces is what is left of a new paragraph."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool


def label_blocks(article: Article, repeated: Container[int] = ()) -> tuple[Block, ...]:
    """Label the text of an article, in order; blocks never overlap and leave out outer space.

    `repeated` are the keys of lines that its outlet repeats at the start or the end of articles,
    and of texts that it shows in the place of articles.
    """
    lines = _lines_of(article.body_text)
    labels = _label_lines(lines, article)
    if repeated:
        is_furniture = key_of(article.content_hash) in repeated
        labels = ["navigation"] * len(lines) if is_furniture else labels
        _label_repeated(lines, labels, repeated)
    stretches: list[tuple[str, int, int]] = []
    for position, (line, label) in enumerate(zip(lines, labels, strict=True)):
        for part in _split_line(line, label, repeated):
            if stretches and _goes_on(stretches[-1], part, lines, position):
                stretches[-1] = (part[0], stretches[-1][1], part[2])
            else:
                stretches.append(part)
    return tuple(
        Block(
            article_version_id=article.article_version_id,
            dump_date=article.dump_date,
            block_number=number,
            block_type=block_type,
            char_start=start,
            char_end=end,
        )
        for number, (block_type, start, end) in enumerate(stretches, start=1)
    )


def find_headline(text: str) -> str | None:
    """Find the headline that a plain text starts with, after its navigation; None without one."""
    lines = _lines_of(text)
    position = _headline_position(lines)
    return None if position is None else lines[position].text


def _lines_of(text: str) -> list[_Line]:
    lines: list[_Line] = []
    offset, blank = 0, True
    is_from_print = text.count("\u00a0") > text.count(" ")
    for raw in text.split("\n"):
        for start, end in _parts_of(raw) if is_from_print else ((0, len(raw)),):
            stripped = raw[start:end].strip()
            if stripped:
                start += offset + raw[start:end].index(stripped[0])
                words = stripped.replace("\u00a0", " ")
                lines.append(_Line(start, start + len(stripped), words, blank))
            blank = is_from_print or not stripped
        offset += len(raw) + 1
    return lines


def _parts_of(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH_IN_LINE.finditer(raw):
        yield start, gap.start()
        start = gap.end()
    yield start, len(raw)


def _label_lines(lines: list[_Line], article: Article) -> list[str]:
    labels = [_label_alone(line) for line in lines]
    for position, line in enumerate(lines):
        # A picture stands beside a text: what is longer than the rest is the text itself.
        if labels[position] == "caption" and _length_of_body(lines, labels) < len(line.text):
            labels[position] = "body"
    headline = next(
        (number for number, line in enumerate(lines[:_OUTER]) if _is_title(line, article)), None
    )
    if headline is not None:
        labels[headline] = "headline"
        for position in range(headline):
            if labels[position] == "body":
                labels[position] = "navigation"
        _label_standfirst(lines, labels, headline)
    has_begun = False
    for position, line in enumerate(lines):
        if labels[position] != "body":
            continue
        if position < _OUTER and not has_begun and _is_letterhead(line):
            labels[position] = "navigation"
        elif _is_cross_heading(lines, labels, position):
            labels[position] = "cross_heading"
        elif has_begun and _is_linked_headline(line):
            labels[position] = "promotion"
        has_begun = has_begun or bool(_SENTENCE_END.search(line.text))
    return labels


def _label_repeated(lines: list[_Line], labels: list[str], repeated: Container[int]) -> None:
    for position, line in enumerate(lines):
        from_end = len(lines) - position
        is_outer = position < HEAD or from_end <= TAIL
        if is_outer and labels[position] == "body" and key_of(line.text) in repeated:
            labels[position] = "navigation" if position < from_end else "promotion"


def _length_of_body(lines: list[_Line], labels: list[str]) -> int:
    return sum(len(line.text) for line, label in zip(lines, labels, strict=True) if label == "body")


def _is_linked_headline(line: _Line) -> bool:
    is_long = len(line.text.split()) >= _LINKED_HEADLINE_WORDS
    return is_long and bool(_LINKED_HEADLINE.fullmatch(line.text))


def _is_title(line: _Line, article: Article) -> bool:
    return " ".join(line.text.split()) == article.title


def _label_alone(line: _Line) -> str:
    if _NAVIGATION.fullmatch(line.text):
        return "navigation"
    if len(line.text) <= _LEGAL_LENGTH and _LEGAL.fullmatch(line.text):
        return "navigation"
    if len(line.text) <= _PROMOTION_LENGTH and _PROMOTION.fullmatch(line.text):
        return "promotion"
    if _CAPTION.match(line.text) and len(line.text) < _MAX_CAPTION:
        return "caption"
    if _CREDIT_LINE.fullmatch(line.text) or _CREDIT.fullmatch(line.text):
        return "credit"
    if _BYLINE.fullmatch(line.text):
        return "byline"
    if _DATELINE_LINE.fullmatch(line.text):
        return "dateline"
    if _CAPTION_SOURCE.fullmatch(line.text):
        return "caption"
    is_caption = _CREDIT.search(line.text[-200:]) or _CAPTION_SIGN.search(line.text[:160])
    return "caption" if is_caption and len(line.text) < _MAX_CAPTION else "body"


def _headline_position(lines: list[_Line]) -> int | None:
    """Take the first line that is no navigation, when it reads like a headline."""
    for position, line in enumerate(lines[:_OUTER]):
        if (
            _KICKER.fullmatch(line.text)
            or _NAVIGATION.fullmatch(line.text)
            or _DATELINE_LINE.fullmatch(line.text)
            or _is_letterhead(line)
            or _PRINTED.fullmatch(line.text)
        ):
            continue
        follows = position + 1 < len(lines)
        short = len(line.text) <= _MAX_HEADLINE and len(line.text.split()) >= 3
        return position if follows and short and not _SENTENCE_END.search(line.text) else None
    return None


def _is_letterhead(line: _Line) -> bool:
    return len(line.text) <= _LETTERHEAD_LENGTH and bool(_LETTERHEAD.fullmatch(line.text))


def _label_standfirst(lines: list[_Line], labels: list[str], headline: int) -> None:
    """Take the line after the headline when furniture or a blank line parts it from the body."""
    position = headline + 1
    if position + 1 >= len(lines) or labels[position] != "body":
        return
    line, following = lines[position], lines[position + 1]
    is_unfinished = following.after_blank and not _SENTENCE_END.search(line.text)
    parted = labels[position + 1] in ("caption", "credit", "byline") or is_unfinished
    one_sentence = len(re.findall(r"[.!?][\"”’]?(?=\s|$)", line.text)) <= 1
    rest_is_longer = sum(len(other.text) for other in lines[position + 1 :]) > 2 * len(line.text)
    reads_like_one = (
        len(line.text) <= _MAX_STANDFIRST
        and len(line.text.split()) >= _MIN_STANDFIRST_WORDS
        and not line.text.isupper()
    )
    if parted and one_sentence and rest_is_longer and reads_like_one:
        labels[position] = "standfirst"


def _is_cross_heading(lines: list[_Line], labels: list[str], position: int) -> bool:
    text = lines[position].text
    return (
        0 < position < len(lines) - 1
        and len(text.split()) <= _MAX_CROSS_HEADING_WORDS
        and text[0].isupper()
        and not _TURN.match(text)
        and not re.search(r"[.!?:;,\"”’…\]]$", text)
        and lines[position].after_blank
        and lines[position + 1].after_blank
        and labels[position - 1] not in ("headline", "standfirst", "cross_heading")
        and labels[position + 1] == "body"
    )


def _split_line(line: _Line, label: str, repeated: Container[int]) -> list[tuple[str, int, int]]:
    """Part a line where furniture, a credit or a dateline stands inside it."""
    if label not in ("body", "caption"):
        return [(label, line.start, line.end)]
    before: list[tuple[str, int, int]] = []
    after: list[tuple[str, int, int]] = []
    start, end = 0, len(line.text)
    if label == "body":
        if not _DATELINE.match(line.text):
            for name, stop in _furniture_before(line.text, repeated):
                before.append(_trimmed(line, name, start, stop))
                start = stop
        for name, stop in _furniture_after(line.text, start, repeated):
            after.insert(0, _trimmed(line, name, stop, end))
            end = stop
        dateline = _DATELINE.match(line.text, start, end)
        if dateline and dateline.end() < end:
            before.append(_trimmed(line, "dateline", start, dateline.end()))
            start = dateline.end()
    return before + _split_credits(line, label, start, end) + after


def _furniture_before(text: str, repeated: Container[int]) -> Iterator[tuple[str, int]]:
    """Find what a page puts before a text that lost its line ends, and where each part ends."""
    start = 0
    promotion = _PROMOTION_BEFORE.match(text)
    if promotion:
        start = promotion.end()
        yield "promotion", start
    for sentence in first_sentences(text, start):
        following = sentence.end() + 1
        if not _is_furniture(sentence[0], repeated) or following >= len(text):
            return
        yield "navigation", _skip_space(text, following)


def _is_furniture(sentence: str, repeated: Container[int]) -> bool:
    if _LEGAL.fullmatch(sentence):
        return True
    is_call = sentence.endswith("!") and len(sentence.split()) <= _MAX_CALL_WORDS
    return bool(repeated) and not is_call and key_of(sentence) in repeated


def _furniture_after(text: str, start: int, repeated: Container[int]) -> Iterator[tuple[str, int]]:
    """Find what a page puts after such a text, last part first, and where each part starts."""
    end = len(text)
    promotion = _PROMOTION_AFTER.search(text, start)
    if promotion:
        end = promotion.start()
        yield "promotion", end
    for sentence in last_sentences(text, start, end):
        if sentence.start() <= start or not _is_furniture(sentence[0].rstrip(), repeated):
            break
        end = sentence.start()
        yield "navigation", end
    signed = _SIGNED.search(text, start, end)
    if signed and signed.start() > start:
        yield "byline", signed.start()


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _split_credits(line: _Line, label: str, start: int, end: int) -> list[tuple[str, int, int]]:
    parts = []
    for credit in _CREDIT.finditer(line.text, start, end):
        if line.text[start : credit.start()].strip():
            parts.append(_trimmed(line, label, start, credit.start()))
        parts.append(_trimmed(line, "credit", credit.start(), credit.end()))
        start = credit.end()
    if line.text[start:end].strip():
        parts.append(_trimmed(line, label, start, end))
    return parts


def _trimmed(line: _Line, label: str, start: int, end: int) -> tuple[str, int, int]:
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    return (label, line.start + start, line.start + start + len(text.strip()))


def _goes_on(
    last: tuple[str, int, int], part: tuple[str, int, int], lines: list[_Line], position: int
) -> bool:
    """Tell whether a line only goes on with a hard-wrapped paragraph, or with more credits."""
    if last[0] != part[0]:
        return False
    if part[0] == "credit" and lines[position].start <= last[1]:
        return True
    before = lines[position - 1] if position else None
    return (
        part[0] == "body"
        and before is not None
        and part[1] == lines[position].start
        and not lines[position].after_blank
        and len(before.text) >= _WRAPPED_LINE
        and not _SENTENCE_END.search(before.text)
    )

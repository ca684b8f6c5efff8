"""The function of each stretch of a text: what is body, and what is page furniture around it.

Nothing is deleted: furniture is labelled, so that extraction can leave it out and people can see
why. The rules read one line at a time, with what stands before and after it.
"""

import re
from dataclasses import dataclass

from communique.records import Article, Block

_NAVIGATION = re.compile(
    r"(?:skip to (?:main )?content|(?:main )?menu|home|search|log ?in|sign in|my account"
    r"|share(?: this)?|print|e-?mail|comments?|back to top|(?:next|previous) article"
    r"|related (?:stories|articles)"
    r"|more on this (?:story|topic)|most read|top stories|copy link|listen|save|cookie settings"
    r"|(?:facebook|twitter|whatsapp|linkedin|telegram|x)(?: (?:facebook|twitter|whatsapp|email))*)",
    re.I,
)
_KICKER = re.compile(
    r"(?:analysis|opinion|news|world|politics|exclusive|explainer|feature|interview|live|video"
    r"|middle east|europe|asia|africa|americas|business|breaking(?: news)?|editorial|comment)",
    re.I,
)
_PROMOTION = re.compile(
    r"(?:subscribe|advertisement|sponsored|read more|click here|sign up|donate|support (?:us|our)"
    r"|join (?:our|us|now)|already a (?:subscriber|member)|become a member|follow us|get the app"
    r"|download (?:the|our) app|access the .{0,60}\byou can trust|unlock|start your free trial"
    r"|for more (?:stories|news)|our newsletters?|only [$€£]\d+|[$€£]\d+ (?:a|per) (?:month|year)"
    r"|this story is for subscribers|don[’']t miss)\b.*",
    re.I,
)
_PROMOTION_LENGTH = 220
_CREDIT_WORDS = (
    r"photos?|images?|pictures?|credits?|getty|afp|ap photo|epa|reuters/|file photo|via reuters"
    r"|handout|courtesy"
)
_CREDIT = re.compile(
    rf"\((?:{_CREDIT_WORDS})\b[^()]{{0,160}}\)|\([^()]{{0,120}}(?:via getty images|/afp|/ afp"
    r"|/reuters|/getty images|/ap)\)|\[(?:photo|image)[^\]]{0,160}\]",
    re.I,
)
_CREDIT_LINE = re.compile(rf"(?:{_CREDIT_WORDS})\b\s*(?:by\b|:|/|\|).{{0,120}}", re.I)
_CAPTION_SIGN = re.compile(r"\((?:L|R|C|left|right|cent(?:er|re))\)|\bpictured\b", re.I)
_BYLINE = re.compile(
    r"(?:By|BY) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}(?:,? (?:and|in) .{0,80}|, .{0,80})?"
    r"|\(?(?:Additional )?(?:Reporting|Editing|Writing) by .{3,300}"
)
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z’'.\- /]{2,40}(?:, [A-Z][A-Za-z.’' ]{2,30})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?\s*"
    r"(?:\([A-Za-z][\w .’'/-]{1,40}\)\s*)?[-–—]{1,2}\s+"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_MAX_HEADLINE = 200
_MAX_STANDFIRST = 320
_MAX_CROSS_HEADING_WORDS = 8
_WRAPPED_LINE = 50


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool


def label_blocks(article: Article) -> tuple[Block, ...]:
    """Label the text of an article, in order; blocks never overlap and leave out outer space."""
    lines = _lines_of(article.body_text)
    labels = _label_lines(lines, article)
    stretches: list[tuple[str, int, int]] = []
    for position, (line, label) in enumerate(zip(lines, labels, strict=True)):
        for part in _split_line(line, label):
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
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.index(stripped[0])
            lines.append(_Line(start, start + len(stripped), stripped, blank))
        blank = not stripped
        offset += len(raw) + 1
    return lines


def _label_lines(lines: list[_Line], article: Article) -> list[str]:
    labels = [_label_alone(line) for line in lines]
    headline = _headline_position(lines) if article.dump_format.startswith("text") else None
    for position, line in enumerate(lines):
        if article.title and line.text == article.title and position < 8:
            headline = position
            break
    if headline is not None:
        labels[headline] = "headline"
        for position in range(headline):
            if labels[position] == "body":
                labels[position] = "navigation"
        _label_standfirst(lines, labels, headline)
    for position in range(1, len(lines) - 1):
        if labels[position] == "body" and _is_cross_heading(lines, labels, position):
            labels[position] = "cross_heading"
    return labels


def _label_alone(line: _Line) -> str:
    if _NAVIGATION.fullmatch(line.text):
        return "navigation"
    if len(line.text) <= _PROMOTION_LENGTH and _PROMOTION.fullmatch(line.text):
        return "promotion"
    if _CREDIT_LINE.fullmatch(line.text) or _CREDIT.fullmatch(line.text):
        return "credit"
    if _BYLINE.fullmatch(line.text):
        return "byline"
    if _CREDIT.search(line.text[-200:]) or _CAPTION_SIGN.search(line.text[:160]):
        return "caption" if len(line.text) < 900 else "body"
    return "body"


def _headline_position(lines: list[_Line]) -> int | None:
    """Take the first line that is no navigation, when it reads like a headline."""
    for position, line in enumerate(lines[:8]):
        if _NAVIGATION.fullmatch(line.text) or _KICKER.fullmatch(line.text):
            continue
        follows = position + 1 < len(lines)
        short = len(line.text) <= _MAX_HEADLINE and len(line.text.split()) >= 3
        return position if follows and short and not _SENTENCE_END.search(line.text) else None
    return None


def _label_standfirst(lines: list[_Line], labels: list[str], headline: int) -> None:
    """Take the line after the headline when furniture or a blank line parts it from the body."""
    position = headline + 1
    if position + 1 >= len(lines) or labels[position] != "body":
        return
    line, following = lines[position], lines[position + 1]
    parted = labels[position + 1] in ("caption", "credit", "byline") or following.after_blank
    one_sentence = len(re.findall(r"[.!?][\"”’]?(?=\s|$)", line.text)) <= 1
    rest_is_longer = sum(len(other.text) for other in lines[position + 1 :]) > 2 * len(line.text)
    if parted and one_sentence and rest_is_longer and len(line.text) <= _MAX_STANDFIRST:
        labels[position] = "standfirst"


def _is_cross_heading(lines: list[_Line], labels: list[str], position: int) -> bool:
    text = lines[position].text
    return (
        len(text.split()) <= _MAX_CROSS_HEADING_WORDS
        and text[0].isupper()
        and not re.search(r"[.!?:;,\"”’…]$", text)
        and lines[position].after_blank
        and lines[position + 1].after_blank
        and labels[position - 1] == labels[position + 1] == "body"
    )


def _split_line(line: _Line, label: str) -> list[tuple[str, int, int]]:
    """Part a line where a credit or a dateline stands inside it."""
    if label == "body":
        dateline = _DATELINE.match(line.text)
        start = line.start
        parts = []
        if dateline and dateline.end() < len(line.text):
            parts.append(_trimmed(line, "dateline", 0, dateline.end()))
            start += dateline.end()
        return parts + _split_credits(line, label, start - line.start)
    return _split_credits(line, label, 0) if label == "caption" else [(label, line.start, line.end)]


def _split_credits(line: _Line, label: str, start: int) -> list[tuple[str, int, int]]:
    parts = []
    for credit in _CREDIT.finditer(line.text, start):
        if line.text[start : credit.start()].strip():
            parts.append(_trimmed(line, label, start, credit.start()))
        parts.append(_trimmed(line, "credit", credit.start(), credit.end()))
        start = credit.end()
    if line.text[start:].strip():
        parts.append(_trimmed(line, label, start, len(line.text)))
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

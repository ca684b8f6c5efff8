"""Delivered text to the text that is stored: repaired, never shortened."""

import re
import unicodedata
from collections.abc import Iterator

from ftfy import TextFixerConfig, fix_text
from ftfy.fixes import fix_c1_controls, fix_surrogates, unescape_html

from communique.records import make_id

_BLOCKS = (
    r"p|div|li|h[1-6]|blockquote|figure|figcaption|section|article|header|footer|aside|main"
    r"|ul|ol|dl|dt|dd|table|tr|pre"
)
_UNSEEN = re.compile(
    r"<(script|style)\b[^<>]{0,500}>(?:[^<]++|<(?!/?\1\b))*+</\1\s*>"
    r"|<!--(?:[^<-]++|<(?!!--)|-(?!->))*+-->",
    re.I,
)
_END_OF_BLOCK = re.compile(rf"<(?:/(?:{_BLOCKS})|br\s*/?|hr\s*/?)\s*>", re.I)
_START_OF_BLOCK = re.compile(rf"(?<=[^\n])<(?:{_BLOCKS})\b[^<>]{{0,500}}>", re.I)
_TAG = re.compile(
    rf"</?(?:{_BLOCKS}|br|hr|span|a|b|i|u|s|em|strong|small|sup|sub|cite|q|mark|code|img|picture"
    rf"|source|iframe|td|th|thead|tbody|html|head|body|title|meta|link)\b[^<>]{{0,500}}>",
    re.I,
)
_SENTENCE = re.compile(
    r"(?:\w[\w,;:'’\"“”()-]*\s+){3}.*?\w{2}[\"“”’)\]]*[.!?…][\"”’)\]»]*(?:\s|$)|\w{6}.*[。！？]"
)
_ONE_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"'”’)\]]*(?=\s|$)|$)", re.S)
_TAIL = 2000
_LINE_ENDS = re.compile("[\r\u2028\u2029\x85\x0b\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")

_MAYBE_MISREAD = (
    re.compile("[\u00c0-\u024f√≈≡‚¬\u2500-\u257f][^\x00-\x7f\u00a0\u00c0-\u00ff]"),
    re.compile("[ÂÃÎÐ](?<![A-ZÀ-Þ].)[ \u00a0]"),
    re.compile("[ВГРСΒΓΞΟ][^\x00-\x7fΑ-ώА-яЁё][ВГРСΒΓΞΟ]"),
    re.compile("[вβ][Ђ€]"),
)
"""The least that misread letters leave; looking for it takes a tenth of looking at them."""
_MERE_SPACE = re.compile("(?<=[\x00-\x7f])\u00a0")
_STAND_IN = "\x1f"
"""For no-break spaces that are no half of a letter, and keep others from being mended."""
_MEND_LETTERS = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def decode(content: bytes) -> str:
    """Decode a file: UTF-8 (with or without a mark), else Windows-1252.

    Raises UnicodeDecodeError for bytes that are neither.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def normalise(text: str) -> str:
    """Turn markup into paragraphs, decode entities, mend misread letters, remove the invisible.

    Quotation marks, dashes, no-break spaces, ligatures and wide letters stay as delivered.
    Entities are decoded once and after the markup, so that a tag a text writes about stays.
    """
    if "<" in text:
        text = _END_OF_BLOCK.sub("\n", _UNSEEN.sub("", text))
        text = _TAG.sub("", _START_OF_BLOCK.sub("\n", text))
    text = unescape_html(text.replace(_STAND_IN, ""))
    if any(sign.search(text) for sign in _MAYBE_MISREAD):
        text = fix_text(_MERE_SPACE.sub(_STAND_IN, text), _MEND_LETTERS)
        text = text.replace(_STAND_IN, "\u00a0")
    text = fix_c1_controls(_LINE_ENDS.sub("\n", text.replace("\r\n", "\n")))
    return unicodedata.normalize("NFC", make_encodable(_CONTROLS.sub("", text)))


def first_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Find the sentences of a stretch of a text one after the other, roughly."""
    return _ONE_SENTENCE.finditer(text, start, len(text) if end is None else end)


def last_sentences(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the last sentences of a stretch of a text, the last one first, within 2,000 letters."""
    return list(_ONE_SENTENCE.finditer(text, max(start, end - _TAIL), end))[::-1]


def is_prose(text: str, share: float) -> bool:
    """Tell whether such a share of the letters stands in lines that hold a sentence."""
    lines = [line.strip() for line in text.split("\n")]
    in_sentences = sum(len(line) for line in lines if _SENTENCE.search(line))
    return in_sentences >= share * sum(map(len, lines))


def make_encodable(text: str) -> str:
    """Join halves of characters, which JSON may hold and no file can; replace single ones."""
    return fix_surrogates(text)


def hash_content(text: str) -> str:
    """Hash a text so that only its words count, not the space between them."""
    return make_id(" ".join(text.split()))


def excerpt(text: str, length: int = 200) -> str | None:
    """Show the start of a record in one printable line; None for nothing."""
    start = make_encodable(text[:length])
    if _CONTROLS.search(start):
        start = start.encode("unicode_escape").decode("ascii")
    return " ".join(start.split()) or None

"""Delivered text to the text that is stored: repaired, never shortened."""

import html
import re
import unicodedata

from communique.records import make_id

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|figure|blockquote)\b[^<>]{0,500}>",
    re.I,
)
_PARAGRAPH_TAG = re.compile(r"<(?:/p|br\s*/?|/div|/li|/h[1-6]|/blockquote|/figure)\s*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.I)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SPACE = re.compile(r"\s+")


def decode(content: bytes) -> str:
    """Decode a file: UTF-8 (with or without a mark), UTF-16 by its mark, else Windows-1252.

    Raises UnicodeDecodeError for bytes that are none of them.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def normalise(text: str) -> str:
    """Decode entities, turn markup into paragraphs, and remove what cannot be seen.

    Quotation marks, dashes and no-break spaces stay as delivered.
    """
    if _PARAGRAPH_TAG.search(text) or _TAG.search(text):
        text = _TAG.sub("", _PARAGRAPH_TAG.sub("\n", text))
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def hash_content(text: str) -> str:
    """Hash a text so that only its words count, not the space between them."""
    return make_id(_SPACE.sub(" ", text).strip())


def excerpt(text: str, length: int = 200) -> str | None:
    """Show the start of a record in one printable line; None for nothing."""
    start = text[:length]
    if _CONTROLS.search(start):
        start = start.encode("unicode_escape").decode("ascii")
    return _SPACE.sub(" ", start).strip() or None

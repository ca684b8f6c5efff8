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
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def _in_windows_1252(byte: int) -> str:
    """Show what Windows-1252 makes of a byte; the five it leaves out stay themselves."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WINDOWS_1252 = re.compile("[\x80-\x84\x86-\x9f]")
_BYTES = {_in_windows_1252(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
_AFTER = "[" + "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0) + "]"
_MISREAD = re.compile(
    f"[\u00c2-\u00df]{_AFTER}|[\u00e0-\u00ef]{_AFTER}{{2}}|[\u00f0-\u00f4]{_AFTER}{{3}}"
)
_SURELY_MISREAD = re.compile(
    "\u00e2[\u20ac\x80]|\u00c2[\x80-\xbf]|\u00c3[\x80-\x9f\xa1-\xbf\u201a]|[\u00d0\u00d1][\x80-\xbf]"
    "|\u00f0[\u0178\x9f]"
)  # fmt: skip
"""What no language writes: the traces of UTF-8 that was read as Windows-1252 or Latin-1."""
_MAX_MISREADINGS = 3


def decode(content: bytes) -> str:
    """Decode a file: UTF-8 (with or without a mark), else Windows-1252.

    Raises UnicodeDecodeError for bytes that are neither.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def normalise(text: str) -> str:
    """Mend misread letters, decode entities, turn markup into paragraphs, remove the invisible.

    Quotation marks, dashes and no-break spaces stay as delivered.
    """
    for _ in range(_MAX_MISREADINGS):
        if not _SURELY_MISREAD.search(text):
            break
        text = _MISREAD.sub(_read_again, text)
    if _PARAGRAPH_TAG.search(text) or _TAG.search(text):
        text = _TAG.sub("", _PARAGRAPH_TAG.sub("\n", text))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _LINE_ENDS.sub("\n", text)
    text = _WINDOWS_1252.sub(lambda control: _in_windows_1252(ord(control[0])), text)
    return unicodedata.normalize("NFC", make_encodable(_CONTROLS.sub("", text)))


def make_encodable(text: str) -> str:
    """Replace halves of characters, which JSON may hold and no file can."""
    return _SURROGATES.sub("\ufffd", text)


def hash_content(text: str) -> str:
    """Hash a text so that only its words count, not the space between them."""
    return make_id(_SPACE.sub(" ", text).strip())


def excerpt(text: str, length: int = 200) -> str | None:
    """Show the start of a record in one printable line; None for nothing."""
    start = make_encodable(text[:length])
    if _CONTROLS.search(start):
        start = start.encode("unicode_escape").decode("ascii")
    return _SPACE.sub(" ", start).strip() or None


def _read_again(misread: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[char] for char in misread[0]).decode("utf-8")
    except UnicodeDecodeError:
        return misread[0]

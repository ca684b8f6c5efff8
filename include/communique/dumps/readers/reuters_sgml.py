"""SGML of the Reuters-21578 kind: the stories between `<REUTERS ...>` and `</REUTERS>`.

This is no XML (it has control characters and many roots): only the few tags that matter are
looked for. Entities stay in the text, since `&lt;A>` is a ticker there and no tag.
"""

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import decode

NAME = "sgml"
LARGEST = 32 * 2**20
"""Bytes: what is longer and has no end is no story."""

_START_OF_FILE = re.compile(rb"[\xef\xbb\xbf\s]*(?:<!DOCTYPE\s+lewis\b|<REUTERS)")
_START, _END = b"<REUTERS", b"</REUTERS>"
_CHUNK = 2**20
_CONTROL = re.compile(r"&#(?:[0-8]|1[1-9]|2\d|3[01]|127);|[\x00-\x08\x0b-\x1f\x7f]")
_NEWID = re.compile(r'\bNEWID="?(\w+)')
_TEXT = re.compile(r"<TEXT\b([^<>]{0,100})>")
_LISTS = ("topics", "places", "people", "orgs", "exchanges", "companies")
_PARAGRAPH = re.compile(r"\n(?=\s)")
_NO_TEXT = "blah blah blah."
"""What the collection writes in the place of a text that it does not have."""


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the file starts like a file of the collection."""
    return bool(_START_OF_FILE.match(head))


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the stories; one that breaks off is refused, and the next one is read."""
    for number, (offset, content) in enumerate(_split(stream), start=1):
        shown = content[:400].decode("utf-8", "replace")
        fields = partial(_fields_of, content)
        yield RawRecord(number=number, byte_offset=offset, fields=fields, source_text=shown)


def _split(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Part the file where stories start, each with its offset."""
    offset, rest = 0, b""
    while part := stream.read(_CHUNK):
        rest, start = rest + part, 0
        while (end := rest.find(_START, start + 1)) > 0:
            if rest.startswith(_START, start):
                yield offset + start, rest[start:end]
            start = end
        offset, rest = offset + start, rest[start:]
        if len(rest) > LARGEST:
            raise RefusedError(
                Reason.RECORD_TOO_LARGE,
                f"A story has more than {LARGEST // 2**20} MB without an end, and the rest of the "
                "file cannot be read: deliver it again.",
            )
    if rest.startswith(_START):
        yield offset, rest


def _fields_of(content: bytes) -> dict[str, Any]:
    if _END not in content:
        raise RefusedError(
            Reason.TRUNCATED_TEXT,
            f"The story breaks off without {_END.decode()}: deliver the file again.",
        )
    try:
        story = _CONTROL.sub("", decode(content).replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The story is no text we can decode: deliver it in UTF-8."
        ) from None
    newid = _NEWID.search(story.partition(">")[0])
    fields: dict[str, Any] = {
        "text": _text_of(story),
        "title": _inside(story, "TITLE"),
        "date": _inside(story, "DATE"),
        "author": _inside(story, "AUTHOR"),
        "source_name": "Reuters",
        "newid": newid and newid[1],
        "dateline": html.unescape(_inside(story, "DATELINE")).rstrip(" -"),
    }
    for name in _LISTS:
        items = _inside(story, name.upper()).replace("</D>", "<D>").split("<D>")
        fields[name] = [html.unescape(item) for item in items if item.strip()]
    return {name: value for name, value in fields.items() if value}


def _inside(story: str, tag: str) -> str:
    content = story.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
    return " ".join(content.split())


def _text_of(story: str) -> str:
    """Take the body, or what follows the title where nobody marked it as such."""
    found = _TEXT.search(story)
    text = story[found.end() :] if found else ""
    for tag in ("</TITLE>", "</AUTHOR>", "</DATELINE>", "<BODY>"):
        text = text.rpartition(tag)[2]
    text = text.partition("</BODY>")[0].partition("</TEXT>")[0].strip()
    if text.lower() == _NO_TEXT:
        return ""
    if found and "UNPROC" in found[1]:
        return text
    return "\n".join(" ".join(_lines_of(paragraph)) for paragraph in _PARAGRAPH.split(text))


def _lines_of(paragraph: str) -> Iterator[str]:
    return filter(None, (line.strip() for line in paragraph.split("\n")))

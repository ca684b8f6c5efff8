"""Plain text: one article a file, furniture and all; a header block where there is one."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers.json_document import read_whole
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import decode, is_prose

NAME = "text"

_HEADER_LINE = re.compile(r"-- ?(.*)")
_BYLINE = re.compile(r"By\s+(.+)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+")
_ABOUT_THE_DUMP = re.compile(
    r"(?:readme|licen[cs]e|codebook|changelog|citation|contributing|copying|notice)s?", re.I
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 4096
_LINES_OF_A_LIST = 5
_SHORT_LINE = 30
_ANY = 0.001


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the file is text at all."""
    return len(_BINARY.findall(head[:_SAMPLE])) * 100 < len(head[:_SAMPLE])


def describes_the_dump(name: str) -> bool:
    """Tell from a file's name whether it is a word about the dump and no article."""
    return bool(_ABOUT_THE_DUMP.fullmatch(PurePosixPath(name).name.partition(".")[0]))


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the file as one article.

    A block of lines that start with `--` (title, byline, date, address) is taken as the header;
    everything after it, or the whole file where there is none, is the text.
    """
    content = read_whole(stream, "one file an article")
    shown = content[:400].decode("utf-8", "replace")
    yield RawRecord(number=1, fields=partial(_fields_of, content), source_text=shown)


def _fields_of(content: bytes) -> dict[str, str]:
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The file is no text we can decode: deliver it in UTF-8."
        ) from None
    fields, body = _split_header(text)
    if _is_no_prose(body):
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            "The file holds short lines without any sentence, like settings or a table: leave it "
            "out of the dump folder, or deliver a table with a header as CSV.",
        )
    return {**fields, "text": body}


def _is_no_prose(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    is_short = len(text) <= _SHORT_LINE * len(lines)
    return len(lines) >= _LINES_OF_A_LIST and is_short and not is_prose(text, _ANY)


def _split_header(text: str) -> tuple[dict[str, str], str]:
    lines = text.splitlines(keepends=True)
    header = []
    for line in lines:
        found = _HEADER_LINE.fullmatch(line.rstrip("\r\n"))
        if not found:
            break
        header.append(found[1].strip())
    if len(header) < 2:
        return {}, text
    fields = {"title": header[0]}
    for line in filter(None, header[1:]):
        byline = _BYLINE.fullmatch(line)
        if _WEB.fullmatch(line):
            fields["url"] = line
        elif byline:
            fields["author"] = re.sub(r"\s+", " ", byline[1])
        else:
            fields.setdefault("date", line)
    return fields, "".join(lines[len(header) :])

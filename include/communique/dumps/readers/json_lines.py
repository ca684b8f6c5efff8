"""JSON Lines: one object a line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers.json_document import as_record
from communique.dumps.refusals import Reason, RefusedError

NAME = "jsonl"
LONGEST_LINE = 32 * 2**20
"""Bytes: a longer line is no article, and is refused without being kept in memory."""

_MARK = b"\xef\xbb\xbf"
_LINES_TO_LOOK_AT = 20


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether most of the first lines are objects, broken ones among them."""
    start = head.removeprefix(_MARK).lstrip().split(b"\n", _LINES_TO_LOOK_AT)
    lines = [line.rstrip() for line in start[:_LINES_TO_LOOK_AT] if line.strip()]
    objects = [line for line in lines if line.startswith(b"{")]
    whole = sum(line.endswith(b"}") for line in objects)
    several = len(lines) > 1 and len(objects) * 2 >= len(lines)
    return several and (whole > 0 or sum(line.startswith(b'{"') for line in objects) > 1)


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the lines, split at line feeds only: other separators may stand inside a text."""
    number = offset = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        length, is_whole = len(line), line.endswith(b"\n")
        while not is_whole and len(rest := stream.readline(LONGEST_LINE)) > 0:
            length, is_whole = length + len(rest), rest.endswith(b"\n")
        mark = len(_MARK) if number == 1 and line.startswith(_MARK) else 0
        start = offset + mark
        if length > LONGEST_LINE + 1:
            yield _too_long(number, start, line, length)
        elif line[mark:].strip():
            yield _read_line(number, start, line[mark:])
        offset += length


def _too_long(number: int, offset: int, line: bytes, length: int) -> RawRecord:
    refusal = RefusedError(
        Reason.RECORD_TOO_LARGE,
        f"The line has {length / 2**20:,.0f} MB, more than {LONGEST_LINE // 2**20}: this is no "
        "single article; split it.",
    )
    shown = line[:400].decode("utf-8", "replace")
    return RawRecord(number=number, byte_offset=offset, refusal=refusal, source_text=shown)


def _read_line(number: int, offset: int, line: bytes) -> RawRecord:
    shown = line[:400].decode("utf-8", "replace")
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        refusal = RefusedError(
            Reason.INVALID_ENCODING, "The line is not UTF-8: deliver the file in UTF-8."
        )
        return RawRecord(number=number, byte_offset=offset, refusal=refusal, source_text=shown)
    except (ValueError, RecursionError) as error:
        refusal = RefusedError(
            Reason.INVALID_JSON, f"The line is no JSON ({error}): deliver the record again."
        )
        return RawRecord(number=number, byte_offset=offset, refusal=refusal, source_text=shown)
    return as_record(value, number, byte_offset=offset, source_text=shown)

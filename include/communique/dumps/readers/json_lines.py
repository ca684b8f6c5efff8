"""JSON Lines: one object a line."""

import json
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from communique.dumps.delivery import Fields, RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers.json_document import check_fields
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
        shown = line[mark : mark + 400].decode("utf-8", "replace")
        if length > LONGEST_LINE + 1:
            refusal = _too_long(length)
            yield RawRecord(number=number, byte_offset=start, refusal=refusal, source_text=shown)
        elif line[mark:].strip():
            fields = partial(_parse, line[mark:])
            yield RawRecord(number=number, byte_offset=start, fields=fields, source_text=shown)
        offset += length


def _too_long(length: int) -> RefusedError:
    return RefusedError(
        Reason.RECORD_TOO_LARGE,
        f"The line has {length / 2**20:,.0f} MB, more than {LONGEST_LINE // 2**20}: this is no "
        "single article; split it.",
    )


def _parse(line: bytes) -> Fields:
    try:
        return check_fields(json.loads(line.decode("utf-8")))
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The line is not UTF-8: deliver the file in UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            Reason.INVALID_JSON, f"The line is no JSON ({error}): deliver the record again."
        ) from None

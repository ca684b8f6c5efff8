"""JSON Lines: one object a line."""

import json
from collections.abc import Iterator

from communique.dumps.delivery import RawRecord
from communique.dumps.readers.json_document import as_record
from communique.dumps.refusals import Reason, RefusedError

NAME = "jsonl"

_MARK = b"\xef\xbb\xbf"
_LINES_TO_LOOK_AT = 20


def accepts(content: bytes) -> bool:
    """Tell whether most of the first lines are objects, broken ones among them."""
    start = content.removeprefix(_MARK).lstrip().split(b"\n", _LINES_TO_LOOK_AT)
    lines = [line.rstrip() for line in start[:_LINES_TO_LOOK_AT] if line.strip()]
    objects = [line for line in lines if line.startswith(b"{")]
    whole = sum(line.endswith(b"}") for line in objects)
    several = len(lines) > 1 and len(objects) * 2 >= len(lines)
    return several and (whole > 0 or sum(line.startswith(b'{"') for line in objects) > 1)


def read(content: bytes) -> Iterator[RawRecord]:
    """Read the lines, split at line feeds only: other separators may stand inside a text."""
    lines = content.removeprefix(_MARK)
    offset = len(content) - len(lines)
    for number, line in enumerate(lines.split(b"\n"), start=1):
        if line.strip():
            yield _read_line(number, offset, line)
        offset += len(line) + 1


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

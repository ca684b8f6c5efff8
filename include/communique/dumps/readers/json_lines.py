"""JSON Lines: one object a line."""

import json
from collections.abc import Iterator

from communique.dumps.delivery import RawRecord
from communique.dumps.readers.json_document import as_record
from communique.dumps.refusals import Reason, RefusedError

NAME = "jsonl"


def accepts(content: bytes) -> bool:
    """Tell whether the first line is an object and more lines follow."""
    first, _, rest = content.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not first.startswith(b"{") or not rest.strip():
        return False
    return first.rstrip().endswith(b"}") or rest.lstrip().startswith(b'{"')


def read(content: bytes) -> Iterator[RawRecord]:
    """Read the lines, split at line feeds only: other separators may stand inside a text."""
    offset = 0
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
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

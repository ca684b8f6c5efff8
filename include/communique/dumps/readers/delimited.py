"""CSV and its relatives: a header line, then one article a row."""

import csv
import io
from collections.abc import Iterator

from communique.dumps.delivery import RawRecord
from communique.dumps.fields import CANDIDATES
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import decode

NAME = "csv"

_DELIMITERS = ",\t;|"
_KNOWN = {name for names in CANDIDATES.values() for name in names}
_MAX_FIELD = 2**31 - 1


def accepts(content: bytes, known_columns: frozenset[str] = frozenset()) -> bool:
    """Tell whether the first line is a header that names at least two fields we know."""
    header = _header_of(content)
    return header is not None and len(set(header) & (_KNOWN | known_columns)) >= 2


def read(content: bytes) -> Iterator[RawRecord]:
    """Read the rows; a row with more cells than the header is refused."""
    csv.field_size_limit(_MAX_FIELD)
    text = decode(content)
    delimiter = _delimiter_of(text.partition("\n")[0])
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip() for name in next(rows)]
    number = 0
    try:
        for row in rows:
            if not any(row):
                continue
            number += 1
            shown = delimiter.join(row)[:400]
            if len(row) > len(header):
                refusal = RefusedError(
                    Reason.INVALID_CSV,
                    f"The row has {len(row)} cells and the header {len(header)}: "
                    "quote cells that hold the delimiter.",
                )
                yield RawRecord(number=number, refusal=refusal, source_text=shown)
            else:
                fields = dict(zip(header, row, strict=False))
                yield RawRecord(number=number, fields=fields, source_text=shown)
    except csv.Error as error:
        refusal = RefusedError(
            Reason.INVALID_CSV, f"The rest of the file is no CSV ({error}): deliver it again."
        )
        yield RawRecord(number=number + 1, refusal=refusal)


def _header_of(content: bytes) -> list[str] | None:
    first = content[:20_000].partition(b"\n")[0]
    try:
        line = decode(first).strip()
    except UnicodeDecodeError:
        return None
    delimiter = _delimiter_of(line)
    return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]


def _delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)

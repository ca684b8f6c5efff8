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
_KNOWN = {name.lower() for names in CANDIDATES.values() for name in names}
_MAX_FIELD = 2**31 - 1
_LONGEST_HEADER = 20_000


def accepts(content: bytes, own_columns: frozenset[str] = frozenset()) -> bool:
    """Tell whether the first line is a header that names at least two fields we know."""
    first = content[:_LONGEST_HEADER].partition(b"\n")[0]
    try:
        header = _cells_of(decode(first).strip())
    except (UnicodeDecodeError, csv.Error):
        return False
    known = _KNOWN | {name.lower() for name in own_columns}
    return len({name.lower() for name in header} & known) >= 2


def read(content: bytes) -> Iterator[RawRecord]:
    """Read the rows; one with more cells than the header, or without an end, is refused.

    Raises RefusedError for a file that is no text.
    """
    csv.field_size_limit(_MAX_FIELD)
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The file is no text we can decode: deliver it in UTF-8."
        ) from None
    delimiter = _delimiter_of(text.partition("\n")[0])
    last_line = sum(1 for _ in io.StringIO(text, newline=""))
    is_last_closed = text.rstrip().endswith('"')
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    number = 0
    try:
        header = [name.strip() for name in next(rows)]
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
            elif "\n" in row[-1] and rows.line_num == last_line and not is_last_closed:
                refusal = RefusedError(
                    Reason.INVALID_CSV,
                    "The row opens a quotation mark that is never closed, so that it holds the "
                    "rest of the file: close it and deliver the file again.",
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


def _cells_of(line: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([line], delimiter=_delimiter_of(line)), [])]


def _delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)

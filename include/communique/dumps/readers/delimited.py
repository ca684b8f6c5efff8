"""CSV and its relatives: a header line, then one article a row."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.fields import CANDIDATES
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import decode

NAME = "csv"

_DELIMITERS = ",\t;|"
_KNOWN = {name.lower() for names in CANDIDATES.values() for name in names}
_MAX_FIELD = 2**31 - 1
_LONGEST_HEADER = 20_000
_LONGEST_LINE = 64 * 2**20


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the first line is a header that names at least two fields we know."""
    first = head[:_LONGEST_HEADER].partition(b"\n")[0]
    try:
        header = _cells_of(decode(first).strip())
    except (UnicodeDecodeError, csv.Error):
        return False
    known = _KNOWN | {name.lower() for name in settings.columns.values()}
    return len({name.lower() for name in header} & known) >= 2


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the rows; one with more cells than the header, or without an end, is refused.

    Raises RefusedError for a file that is no text.
    """
    csv.field_size_limit(_MAX_FIELD)
    lines = _Lines(stream)
    header: list[str] = []
    number = 0
    try:
        first = next(lines)
        delimiter = _delimiter_of(first)
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
        for row in csv.reader(lines, delimiter=delimiter):
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
            elif "\n" in row[-1] and lines.ends_inside_a_cell():
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


class _Lines:
    """The lines of a file as text, with a look at how it ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._is_over = False
        self._last = ""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(_LONGEST_LINE)
        if not line:
            self._is_over = True
            raise StopIteration
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line has more than {_LONGEST_LINE // 2**20} MB")
        try:
            text = decode(line)
        except UnicodeDecodeError:
            raise RefusedError(
                Reason.INVALID_ENCODING, "The file is no text we can decode: deliver it in UTF-8."
            ) from None
        self._last = text.rstrip() or self._last
        return text

    def ends_inside_a_cell(self) -> bool:
        """Tell whether all is read, and no quotation mark closes the last line."""
        return self._is_over and not self._last.endswith('"')


def _cells_of(line: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([line], delimiter=_delimiter_of(line)), [])]


def _delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)

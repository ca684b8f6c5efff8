"""Parquet: one article a row, in columns of any type."""

import math
import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError

NAME = "parquet"

LARGEST = 32 * 2**20
"""Bytes: a larger row is no article, and is refused."""

_IN_MEMORY = 2**20
_ROWS = 8
"""Rows in memory: a small file may unpack to rows of many megabytes each."""


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell by the mark that every Parquet file starts with."""
    return head.startswith(b"PAR1")


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the rows. Raises RefusedError where the file is damaged."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        if not stream.seekable():
            # The list of the columns stands at the end of the file.
            shutil.copyfileobj(stream, kept, _IN_MEMORY)
            kept.seek(0)
            stream = kept
        try:
            number = 0
            file = pq.ParquetFile(stream, buffer_size=_IN_MEMORY, pre_buffer=False)
            for rows in file.iter_batches(batch_size=_ROWS):
                for position in range(rows.num_rows):
                    number += 1
                    yield _read_row(rows, position, number)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise RefusedError(
                Reason.DAMAGED_ARCHIVE,
                f"The Parquet file is damaged ({str(error)[:200]}): deliver it again.",
            ) from error


def _read_row(rows: pa.RecordBatch, position: int, number: int) -> RawRecord:
    if rows.slice(position, 1).nbytes > LARGEST:
        refusal = RefusedError(
            Reason.RECORD_TOO_LARGE,
            f"The row has more than {LARGEST // 2**20} MB: this is no single article; leave it "
            "out.",
        )
        return RawRecord(number=number, refusal=refusal)
    fields = {}
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        try:
            fields[name] = _value_of(column[position])
        except UnicodeDecodeError:
            refusal = RefusedError(
                Reason.INVALID_ENCODING,
                f"The column {name[:60]!r} is not UTF-8 here: deliver it in UTF-8.",
            )
            return RawRecord(number=number, refusal=refusal)
    shown = " | ".join(value[:400] for value in fields.values() if isinstance(value, str))[:400]
    return RawRecord(number=number, fields=fields, source_text=shown)


def _value_of(scalar: pa.Scalar) -> object:
    """Take a value as Python has it; a time that Python cannot hold becomes text."""
    try:
        return _plain(scalar.as_py(maps_as_pydicts="lossy"))
    except UnicodeDecodeError:
        raise
    except (ValueError, OverflowError, LookupError):
        return _as_text(scalar)


def _as_text(scalar: pa.Scalar) -> str | None:
    try:
        return scalar.cast(pa.string()).as_py()
    except pa.ArrowException:
        return None


def _plain(value: object) -> object:
    """Keep what JSON can hold: texts in bytes become texts, and other bytes go."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(_plain(name)): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value

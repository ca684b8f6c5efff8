"""Records into the tables of a partition, in memory that does not grow with the night."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.lake.partitions import Edition, Partition
from communique.lake.reading import read_groups
from communique.records import Column, Record, columns_of

ROWS_PER_GROUP = 20_000
BYTES_PER_GROUP = 16 * 2**20
"""Rows, and bytes of text, kept in memory per table before they are written: bounds memory."""

_RECORDS_PER_TABLE = 1_000

_ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}


class PartitionWriter:
    """Appends records to the tables of a partition that is being written.

    Equal records in equal order make equal files, however many are appended at a time.
    """

    def __init__(self, edition: Edition, tables: Mapping[str, type]) -> None:
        self._edition = edition
        self._files = {
            record_type: _TableFile(edition, table, record_type)
            for table, record_type in tables.items()
        }
        self._rows: dict[type, list[Record]] = {record_type: [] for record_type in self._files}

    def __enter__(self) -> Self:
        for file in self._files.values():
            file.open()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                for record_type in self._files:
                    self._hand_over(record_type)
        finally:
            for file in self._files.values():
                file.close(is_whole=error is None)

    def append(self, records: Iterable[Record]) -> int:
        """Add records of any of the partition's tables; tells how many there were."""
        count = 0
        for record in records:
            count += 1
            rows = self._rows[type(record)]
            rows.append(record)
            if len(rows) >= _RECORDS_PER_TABLE:
                self._hand_over(type(record))
        return count

    def append_table(self, record_type: type, rows: pa.Table) -> None:
        """Add records that are a table of Arrow already, as `to_table` makes them."""
        self._hand_over(record_type)
        self._files[record_type].append(rows)

    def append_edition(self, edition: Edition, record_type: type) -> int:
        """Add all records of one type of another partition; tells how many there were."""
        count = 0
        for rows in read_groups(edition, self._files[record_type].table, record_type):
            self.append_table(record_type, rows)
            count += rows.num_rows
        return count

    def finish(self, table: str) -> Edition:
        """Close one table before the others, so that it can be read; gives what holds it."""
        record_type = next(kind for kind, file in self._files.items() if file.table == table)
        self._hand_over(record_type)
        self._files.pop(record_type).close(is_whole=True)
        return self._edition

    def _hand_over(self, record_type: type) -> None:
        if self._rows[record_type]:
            self._files[record_type].append(to_table(record_type, self._rows[record_type]))
            self._rows[record_type].clear()


class _TableFile:
    """The Parquet file of one table, written in groups that are full."""

    def __init__(self, edition: Edition, table: str, record_type: type) -> None:
        self.table = table
        self._edition = edition
        self._place = edition.file(table)
        self._schema = _schema_of(record_type)
        self._waiting: list[pa.Table] = []
        self._row_count = self._byte_count = 0

    def open(self) -> None:
        with self._place.told():
            self._file = _HashedFile(self._place.open_new())
            self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd")

    def append(self, rows: pa.Table) -> None:
        while rows.num_rows:
            ends = self._byte_count + np.cumsum(_text_bytes(rows))
            taken = min(
                int(np.searchsorted(ends, BYTES_PER_GROUP)) + 1,
                ROWS_PER_GROUP - self._row_count,
                rows.num_rows,
            )
            self._waiting.append(rows.slice(0, taken))
            self._row_count += taken
            self._byte_count = int(ends[taken - 1])
            if self._row_count >= ROWS_PER_GROUP or self._byte_count >= BYTES_PER_GROUP:
                self._write_group()
            rows = rows.slice(taken)

    def close(self, *, is_whole: bool) -> None:
        with self._place.told():
            try:
                if is_whole and self._waiting:
                    self._write_group()
                self._writer.close()
            finally:
                self._file.close()
        if is_whole:
            self._edition.hashes[self.table] = self._file.digest.hexdigest()

    def _write_group(self) -> None:
        with self._place.told():
            self._writer.write_table(pa.concat_tables(self._waiting))
        self._waiting.clear()
        self._row_count = self._byte_count = 0


class _HashedFile:
    """A file that is hashed as it is written, which spares its readers doing so."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    @property
    def closed(self) -> bool:
        return self._file.closed


def _text_bytes(rows: pa.Table) -> np.ndarray:
    """Count the bytes of text of each row, which hang on nothing but what it says."""
    total = np.zeros(rows.num_rows, np.int64)
    for column in rows.columns:
        if pa.types.is_string(column.type):
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    return total


def to_table(record_type: type, records: Sequence[Record]) -> pa.Table:
    """Make a table of Arrow of records of one type."""
    schema = _schema_of(record_type)
    columns = [[getattr(record, name) for record in records] for name in schema.names]
    return pa.table(columns, schema=schema)


@contextmanager
def replace_partition(
    partition: Partition, tables: Mapping[str, type]
) -> Iterator[PartitionWriter]:
    """Write a partition anew and put it in place when the block ends without an error.

    Raises ChangedMeanwhileError when another writer was first.
    """
    with partition.replaced() as edition, PartitionWriter(edition, tables) as writer:
        yield writer


def _schema_of(record_type: type) -> pa.Schema:
    return pa.schema([_field_of(column) for column in columns_of(record_type)])


def _field_of(column: Column) -> pa.Field:
    return pa.field(column.name, _ARROW_TYPES[column.python_type], nullable=column.is_nullable)

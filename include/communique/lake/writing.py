"""Records into the tables of a partition, in memory that does not grow with the night."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from communique.lake.partitions import Edition, Partition
from communique.records import Column, Record, columns_of

ROWS_PER_GROUP = 20_000
BYTES_PER_GROUP = 16 * 2**20
"""Rows and bytes kept in memory per table before they are written: bounds memory."""

_ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}


class PartitionWriter:
    """Appends records to the tables of a partition that is being written."""

    def __init__(self, edition: Edition, tables: Mapping[str, type]) -> None:
        self._edition = edition
        self._table_of = {record_type: table for table, record_type in tables.items()}
        self._rows: dict[type, list[Record]] = {record_type: [] for record_type in self._table_of}
        self._tables: dict[type, list[pa.Table]] = {kind: [] for kind in self._rows}
        self._writers: dict[type, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        for record_type, table in self._table_of.items():
            file = self._edition.file(table)
            with file.told():
                self._writers[record_type] = pq.ParquetWriter(
                    file.path, _schema_of(record_type), compression="zstd", filesystem=file.files
                )
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                for record_type in self._writers:
                    self._flush(record_type)
        finally:
            with self._edition.folder.told():
                for writer in self._writers.values():
                    writer.close()

    def append(self, records: Iterable[Record]) -> int:
        """Add records of any of the partition's tables; tells how many there were."""
        count = 0
        for record in records:
            count += 1
            rows = self._rows[type(record)]
            rows.append(record)
            if len(rows) >= ROWS_PER_GROUP:
                self._flush(type(record))
        return count

    def append_table(self, record_type: type, rows: pa.Table) -> None:
        """Add records that are a table of Arrow already, as `to_table` makes them."""
        if self._rows[record_type]:
            self._tables[record_type].append(to_table(record_type, self._rows[record_type]))
            self._rows[record_type].clear()
        tables = self._tables[record_type]
        tables.append(rows)
        is_full = sum(table.num_rows for table in tables) >= ROWS_PER_GROUP
        if is_full or sum(table.nbytes for table in tables) >= BYTES_PER_GROUP:
            self._flush(record_type)

    def finish(self, table: str) -> Edition:
        """Close one table before the others, so that it can be read; gives what holds it."""
        record_type = next(kind for kind, name in self._table_of.items() if name == table)
        self._flush(record_type)
        with self._edition.file(table).told():
            self._writers.pop(record_type).close()
        return self._edition

    def _flush(self, record_type: type) -> None:
        tables, rows = self._tables[record_type], self._rows[record_type]
        if rows:
            tables.append(to_table(record_type, rows))
            rows.clear()
        if tables:
            with self._edition.folder.told():
                self._writers[record_type].write_table(pa.concat_tables(tables))
            tables.clear()


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

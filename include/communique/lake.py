"""The Parquet partitions: where they lie, and how one is replaced whole.

A partition is one folder, `<lake>/<step>/<dump date>/`, with one file per table. It is written
beside its place and renamed into it, so that a reader sees the old night or the new one, and a
crash leaves either a complete partition or none (and the step is simply run again).
"""

import dataclasses
import hashlib
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.records import (
    EXTRACTED_TABLES,
    Article,
    Block,
    Column,
    Extraction,
    Record,
    columns_of,
)

ROWS_PER_GROUP = 20_000
BYTES_PER_GROUP = 16 * 2**20
"""Rows and bytes kept in memory per table before they are written: bounds memory."""
ROWS_PER_BATCH = 200
"""Rows that are read at a time."""

_ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}


def partition(lake: Path, step: str, dump_date: date) -> Path:
    """Name the folder of one step's partition of one dump date."""
    return lake / step / dump_date.isoformat()


def dump_dates(lake: Path, step: str) -> list[date]:
    """List the dump dates that have a partition of a step, oldest first."""
    return sorted(
        date.fromisoformat(folder.name)
        for folder in (lake / step).glob("*")
        if not folder.name.startswith(".")
    )


def table_file(folder: Path, table: str) -> Path:
    """Name the Parquet file of one table in a partition."""
    return folder / f"{table}.parquet"


class PartitionWriter:
    """Appends records to the tables of a partition that is being written."""

    def __init__(self, folder: Path, tables: Mapping[str, type]) -> None:
        self._folder = folder
        self._table_of = {record_type: table for table, record_type in tables.items()}
        self._rows: dict[type, list[Record]] = {record_type: [] for record_type in self._table_of}
        self._tables: dict[type, list[pa.Table]] = {kind: [] for kind in self._rows}
        self._writers: dict[type, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        for record_type, table in self._table_of.items():
            self._writers[record_type] = pq.ParquetWriter(
                table_file(self._folder, table), _schema_of(record_type), compression="zstd"
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

    def finish(self, table: str) -> Path:
        """Close one table before the others, so that it can be read; gives its folder."""
        record_type = next(kind for kind, name in self._table_of.items() if name == table)
        self._flush(record_type)
        self._writers.pop(record_type).close()
        return self._folder

    def _flush(self, record_type: type) -> None:
        tables, rows = self._tables[record_type], self._rows[record_type]
        if rows:
            tables.append(to_table(record_type, rows))
            rows.clear()
        if tables:
            self._writers[record_type].write_table(pa.concat_tables(tables))
            tables.clear()


def to_table(record_type: type, records: Sequence[Record]) -> pa.Table:
    """Make a table of Arrow of records of one type."""
    schema = _schema_of(record_type)
    columns = [[getattr(record, name) for record in records] for name in schema.names]
    return pa.table(columns, schema=schema)


@contextmanager
def replace_partition(folder: Path, tables: Mapping[str, type]) -> Iterator[PartitionWriter]:
    """Write a partition anew and put it in place when the block ends without an error."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    written, replaced = (folder.with_name(f".{folder.name}.{end}") for end in ("new", "old"))
    for left_by_a_crash in (written, replaced):
        shutil.rmtree(left_by_a_crash, ignore_errors=True)
    written.mkdir()
    try:
        with PartitionWriter(written, tables) as writer:
            yield writer
        if folder.exists():
            folder.rename(replaced)
        written.rename(folder)
    finally:
        for folder_to_drop in (written, replaced):
            shutil.rmtree(folder_to_drop, ignore_errors=True)


def read_records(folder: Path, table: str, record_type: type[Record]) -> Iterator[Record]:
    """Read one table of a partition, in the order in which it was written."""
    for batch in read_batches(folder, table, record_type):
        yield from records_in(batch, record_type)


def read_batches(
    folder: Path, table: str, record_type: type[Record], columns: list[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Read one table of a partition, or some columns of it, some records at a time."""
    columns = columns or [column.name for column in columns_of(record_type)]
    with pq.ParquetFile(table_file(folder, table)) as file:
        yield from file.iter_batches(ROWS_PER_BATCH, columns=columns)


def records_in(batch: pa.RecordBatch, record_type: type[Record]) -> Iterator[Record]:
    """Give the records of a batch."""
    return (record_type(**row) for row in batch.to_pylist())


def read_run(folder: Path, table: str, record_type: type[Record]) -> Record | None:
    """Read the one record that tells how a partition came about; None where there is none yet."""
    return next(read_records(folder, table, record_type), None) if folder.is_dir() else None


def read_text_lengths(landed: Path) -> list[int]:
    """Give the number of characters of each article of a night, in order."""
    return [
        length or 0
        for batch in read_batches(landed, "articles", Article, ["body_text"])
        for length in pc.utf8_length(batch["body_text"]).to_pylist()
    ]


def read_articles(landed: Path, first: int, last: int) -> list[Article]:
    """Read the articles of a night from place `first` on, up to but without place `last`."""
    found, place = [], 0
    for batch in read_batches(landed, "articles", Article):
        wanted = batch.slice(max(first - place, 0), max(last - max(first, place), 0))
        found += records_in(wanted, Article)
        place += len(batch)
        if place >= last:
            break
    return found


def read_blocks(landed: Path, version_ids: Collection[str]) -> Mapping[str, list[Block]]:
    """Read the blocks of some articles, by article version."""
    blocks = defaultdict(list)
    for block in _read_where(landed, "article_blocks", Block, "article_version_id", version_ids):
        blocks[block.article_version_id].append(block)
    return blocks


def read_extractions(extracted: Path, version_ids: Collection[str]) -> Mapping[str, Extraction]:
    """Read what was extracted of some articles, by article version."""
    found = {version_id: defaultdict(list) for version_id in version_ids}
    version_of: dict[str, str] = {}
    for table in (field.name for field in dataclasses.fields(Extraction)):
        record_type = EXTRACTED_TABLES[table]
        if table == "statement_spans":
            for span in _read_where(extracted, table, record_type, "statement_id", version_of):
                found[version_of[span.statement_id]][table].append(span)
            continue
        for record in _read_where(extracted, table, record_type, "article_version_id", version_ids):
            found[record.article_version_id][table].append(record)
            if table == "statements":
                version_of[record.statement_id] = record.article_version_id
    return {
        version_id: Extraction(**{table: tuple(records) for table, records in tables.items()})
        for version_id, tables in found.items()
    }


def _read_where(
    folder: Path, table: str, record_type: type[Record], column: str, values: Collection[str]
) -> Iterator[Record]:
    wanted = pa.array(list(values), pa.string())
    for batch in read_batches(folder, table, record_type):
        yield from records_in(batch.filter(pc.is_in(batch[column], wanted)), record_type)


def content_hash(folder: Path, tables: Iterable[str]) -> str:
    """Hash the files of some tables: equal when the same records were written."""
    digest = hashlib.sha256()
    for table in tables:
        with table_file(folder, table).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _schema_of(record_type: type) -> pa.Schema:
    return pa.schema([_field_of(column) for column in columns_of(record_type)])


def _field_of(column: Column) -> pa.Field:
    return pa.field(column.name, _ARROW_TYPES[column.python_type], nullable=column.is_nullable)

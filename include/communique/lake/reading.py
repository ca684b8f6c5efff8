"""Records out of the tables of a partition, some at a time."""

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.lake.partitions import Edition
from communique.records import (
    EXTRACTED_TABLES,
    Article,
    Block,
    Extraction,
    Record,
    columns_of,
)

ROWS_PER_BATCH = 200
"""Rows that are read at a time."""


def read_records(edition: Edition, table: str, record_type: type[Record]) -> Iterator[Record]:
    """Read one table of a partition, in the order in which it was written."""
    for batch in read_batches(edition, table, record_type):
        yield from records_in(batch, record_type)


def read_batches(
    edition: Edition, table: str, record_type: type[Record], columns: list[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Read one table of a partition, or some columns of it, some records at a time."""
    columns = columns or _names_of(record_type)
    with _open(edition, table) as parquet:
        yield from parquet.iter_batches(ROWS_PER_BATCH, columns=columns)


def read_groups(edition: Edition, table: str, record_type: type[Record]) -> Iterator[pa.Table]:
    """Read one table of a partition, in the pieces in which it was written."""
    with _open(edition, table) as parquet:
        for group in range(parquet.num_row_groups):
            yield parquet.read_row_group(group, columns=_names_of(record_type))


def records_in(rows: pa.RecordBatch | pa.Table, record_type: type[Record]) -> Iterator[Record]:
    """Give the records of a batch or a table."""
    return (record_type(**row) for row in rows.to_pylist())


def count_rows(edition: Edition, table: str) -> int:
    """Count the records of one table of a partition, without reading them."""
    with _open(edition, table) as parquet:
        return parquet.metadata.num_rows


def read_run(edition: Edition | None, table: str, record_type: type[Record]) -> Record | None:
    """Read the one record that tells how a partition came about; None where there is none yet."""
    return next(read_records(edition, table, record_type), None) if edition else None


def read_text_lengths(landed: Edition) -> list[int]:
    """Give the number of characters of each article of a night, in order."""
    return [
        length or 0
        for batch in read_batches(landed, "articles", Article, ["body_text"])
        for length in pc.utf8_length(batch["body_text"]).to_pylist()
    ]


def read_articles(landed: Edition, first: int, last: int) -> list[Article]:
    """Read the articles of a night from place `first` on, up to but without place `last`."""
    found, start = [], 0
    with _open(landed, "articles") as parquet:
        for group in range(parquet.num_row_groups):
            end = start + parquet.metadata.row_group(group).num_rows
            if start < last and end > first:
                rows = parquet.read_row_group(group, columns=_names_of(Article))
                skipped = max(first - start, 0)
                found += records_in(rows.slice(skipped, last - start - skipped), Article)
            start = end
    return found


def read_blocks(landed: Edition, version_ids: Collection[str]) -> Mapping[str, list[Block]]:
    """Read the blocks of some articles, by article version."""
    blocks = defaultdict(list)
    for block in _read_where(landed, "article_blocks", Block, "article_version_id", version_ids):
        blocks[block.article_version_id].append(block)
    return blocks


def read_extractions(extracted: Edition, version_ids: Collection[str]) -> Mapping[str, Extraction]:
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
    edition: Edition, table: str, record_type: type[Record], column: str, values: Collection[str]
) -> Iterator[Record]:
    wanted = pa.array(list(values), pa.string())
    with _open(edition, table) as parquet:
        for group in range(parquet.num_row_groups):
            # Most pieces hold nothing of what is wanted, and one column tells.
            is_wanted = pc.is_in(parquet.read_row_group(group, columns=[column])[column], wanted)
            if pc.any(is_wanted).as_py():
                rows = parquet.read_row_group(group, columns=_names_of(record_type))
                yield from records_in(rows.filter(is_wanted), record_type)


@contextmanager
def _open(edition: Edition, table: str) -> Iterator[pq.ParquetFile]:
    file = edition.file(table)
    with file.told(), pq.ParquetFile(file.path, filesystem=file.files) as parquet:
        yield parquet


def _names_of(record_type: type[Record]) -> list[str]:
    return [column.name for column in columns_of(record_type)]


def content_hash(edition: Edition, tables: Iterable[str]) -> str:
    """Hash what the files of some tables hash to: equal when the same records were written."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(bytes.fromhex(edition.hashes.get(table) or _hash(edition, table)))
    return digest.hexdigest()


def input_hash(landed: Edition) -> str:
    """Hash what extracting reads of a landed night."""
    return content_hash(landed, ("articles", "article_blocks"))


def _hash(edition: Edition, table: str) -> str:
    """Hash a file whose writer did not."""
    place = edition.file(table)
    with place.told(), place.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

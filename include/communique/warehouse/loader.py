"""Rows into the build file: whole dump dates from the lake, and single records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from communique.records import NightFigure, Record, columns_of
from communique.store import Place
from communique.warehouse.builds import note_touched, open_build
from communique.warehouse.database import open_file, read_through, transaction
from communique.warehouse.schema import TABLE_OF_LAKE_TABLE, TABLES

_TABLE_OF_RECORD = {record_type: table for table, record_type in TABLES.items()}


def append(build_file: Path, records: Iterable[Record]) -> None:
    """Add records to the tables of their types, all or none."""
    with open_build(build_file) as connection, transaction(connection):
        insert(connection, records)


def replace_dump_date(
    build_file: Path, dump_date: date, lake_files: Mapping[str, Place]
) -> dict[str, int]:
    """Replace one dump date by the Parquet files of its partitions, in one transaction.

    `lake_files` maps the lake's table names to files. What the date held and what it holds now is
    noted in the same transaction, for the next build. Returns the rows loaded per lake table.
    """
    counts = {}
    with open_build(build_file) as connection, transaction(connection):
        note_touched(connection, dump_date)
        for name, file in lake_files.items():
            table = TABLE_OF_LAKE_TABLE[name]
            read_through(connection, file)
            connection.execute(f"delete from {table} where dump_date = ?", [dump_date])
            (counts[name],) = connection.execute(
                f"insert into {table} by name select * from read_parquet(?)", [file.address]
            ).fetchone()
        note_touched(connection, dump_date)
    return counts


def count_known_articles(build_file: Path, dump_date: date) -> tuple[int, date | None]:
    """Count the articles of a dump date that another one has too, word for word.

    With it goes the date that has most of them.
    """
    with open_file(build_file, read_only=True) as connection:
        return connection.execute(
            "with tonight as (select article_id, content_hash from raw.articles "
            "where dump_date = $1) "
            "select count(distinct article_id), mode(dump_date) from raw.articles "
            "where dump_date <> $1 and (article_id, content_hash) in (from tonight)",
            [dump_date],
        ).fetchone()


def replace_figures(
    build_file: Path, dump_date: date, step: str, figures: Iterable[NightFigure]
) -> None:
    """Replace the figures of one step of one night."""
    with open_build(build_file) as connection, transaction(connection):
        connection.execute(
            "delete from ops.night_figures where dump_date = ? and step = ?", [dump_date, step]
        )
        insert(connection, figures)


def replace_all(build_file: Path, record_type: type[Record], records: Iterable[Record]) -> int:
    """Replace a whole table by the given records; returns how many there are."""
    rows = list(records)
    with open_build(build_file) as connection, transaction(connection):
        connection.execute(f"delete from {_TABLE_OF_RECORD[record_type]}")
        insert(connection, rows)
    return len(rows)


def insert(connection: DuckDBPyConnection, records: Iterable[Record]) -> None:
    """Add records to tables that are there."""
    rows = defaultdict(list)
    for record in records:
        columns = columns_of(type(record))
        rows[type(record)].append([getattr(record, column.name) for column in columns])
    for record_type, values in rows.items():
        names = ", ".join(column.name for column in columns_of(record_type))
        marks = ", ".join("?" for _ in columns_of(record_type))
        connection.executemany(
            f"insert into {_TABLE_OF_RECORD[record_type]} ({names}) values ({marks})", values
        )

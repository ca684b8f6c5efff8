"""The tables of `raw` and `ops`: one for each kind of record, with the record's own columns."""

from datetime import date, datetime

import duckdb

from communique.records import (
    EXTRACTED_TABLES,
    JUDGED_TABLES,
    LANDED_TABLES,
    Column,
    DbtResult,
    NightFigure,
    Publication,
    Review,
    ValidationResult,
    columns_of,
)

_SQL_TYPES = {
    str: "varchar",
    int: "bigint",
    float: "double",
    bool: "boolean",
    date: "date",
    datetime: "timestamp",
}

_OPS_TABLES = {
    "loads": LANDED_TABLES["loads"],
    "rejected_records": LANDED_TABLES["rejected_records"],
    "validation_results": ValidationResult,
    "night_figures": NightFigure,
    "dbt_results": DbtResult,
    "publications": Publication,
}

_RAW_TABLES = {
    **{name: kind for name, kind in LANDED_TABLES.items() if name not in _OPS_TABLES},
    **EXTRACTED_TABLES,
    **JUDGED_TABLES,
    "reviews": Review,
}

TABLES: dict[str, type] = {
    **{f"raw.{name}": kind for name, kind in _RAW_TABLES.items()},
    **{f"ops.{name}": kind for name, kind in _OPS_TABLES.items()},
}
"""Qualified table name -> type of its records."""

TABLE_OF_LAKE_TABLE = {
    name: f"ops.{name}" if name in _OPS_TABLES else f"raw.{name}"
    for name in (*LANDED_TABLES, *EXTRACTED_TABLES, *JUDGED_TABLES)
}
"""Name of a Parquet table in the lake -> the table that it is loaded into."""


_TABLES_OF_THE_BUILD = {
    "raw.touched_versions": "dump_date date, article_id varchar, article_version_id varchar",
    "raw.touched_keys": "noted_by varchar, key varchar",
    "raw.settled_builds": "fingerprint varchar",
    "warehouse.main.contents": "table_name varchar, row_count bigint, row_hash_sum hugeint",
}
"""What a build knows of itself: what changed since the last one that ended, by which code that was
made, and what its marts say."""


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schemas, tables and nullable columns that are not there yet."""
    for schema in ("raw", "ops"):
        connection.execute(f"create schema if not exists {schema}")
    for table, record_type in TABLES.items():
        columns = ", ".join(_definition_of(column) for column in columns_of(record_type))
        connection.execute(f"create table if not exists {table} ({columns})")
    for table, columns in _TABLES_OF_THE_BUILD.items():
        connection.execute(f"create table if not exists {table} ({columns})")
    present = set(
        connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        ).fetchall()
    )
    for table, record_type in TABLES.items():
        for column in columns_of(record_type):
            if (table, column.name) not in present:
                connection.execute(f"alter table {table} add column {_definition_of(column)}")


def _definition_of(column: Column) -> str:
    constraint = "" if column.is_nullable else " not null"
    return f"{column.name} {_SQL_TYPES[column.python_type]}{constraint}"

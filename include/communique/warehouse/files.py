"""Tables as files: Parquet as they are, CSV that a spreadsheet may open."""

from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from communique.tables import STARTS_A_FORMULA
from communique.warehouse.database import Warehouse, open_file, open_to_read
from communique.warehouse.differences import define, describe, tables_in


def row_counts(place: Warehouse, schema: str) -> dict[str, int]:
    """Count the rows of every table of a schema."""
    with open_to_read(place) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = ? order by table_name",
            [schema],
        ).fetchall()
        return {
            name: connection.execute(f'select count(*) from {schema}."{name}"').fetchone()[0]
            for (name,) in names
        }


def write_parquet(place: Warehouse, table: str, folder: Path) -> None:
    """Write a table of `marts` into a folder, a hive partition for each dump date where it has one.

    Without rows it is one file, as there is no dump date to name a partition by.
    `read_parquet('FOLDER/**/*.parquet', hive_partitioning = true)` gives the table back.
    """
    folder.mkdir(parents=True)
    with open_to_read(place) as connection:
        if "dump_date" in _columns(connection, table) and _has_rows(connection, table):
            connection.execute(
                f"copy (from marts.\"{table}\" order by dump_date) to '{_quoted(folder)}' "
                "(format parquet, compression zstd, partition_by (dump_date), overwrite_or_ignore)"
            )
        else:
            connection.execute(
                f"copy marts.\"{table}\" to '{_quoted(folder / 'data_0.parquet')}' "
                "(format parquet, compression zstd)"
            )


def write_csv(place: Warehouse, table: str, target: Path) -> None:
    """Write a table of `marts` as CSV in which no cell is a formula.

    Texts stand in double quotes, and one that a spreadsheet would run gets an apostrophe in front;
    an unknown is an empty cell without quotes. For exact texts there is Parquet.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with open_to_read(place) as connection:
        columns = _columns(connection, table)
        texts = [name for name, data_type in columns.items() if data_type == "VARCHAR"]
        selected = ", ".join(
            f"case when regexp_matches(\"{name}\", '{STARTS_A_FORMULA}') "
            f'then \'\'\'\' || "{name}" else "{name}" end as "{name}"'
            if name in texts
            else f'"{name}"'
            for name in columns
        )
        quoted = ", ".join(f'"{name}"' for name in texts)
        force = f", force_quote ({quoted})" if texts else ""
        connection.execute(
            f'copy (select {selected} from marts."{table}") '
            f"to '{_quoted(target)}' (format csv, header{force})"
        )


def write_outline(place: Warehouse, file: Path) -> None:
    """Write a DuckDB file with the tables of `marts` and their descriptions, and no rows."""
    with open_to_read(place) as connection:
        (database,) = connection.execute("select current_database()").fetchone()
        tables = tables_in(connection, database, "marts").values()
    with open_file(file) as connection:
        for table in tables:
            empty = replace(table, database=file.stem, comments={})
            define(connection, table, empty)
            describe(connection, table, empty)


def _columns(connection: DuckDBPyConnection, table: str) -> dict[str, str]:
    return dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where schema_name = 'marts' and table_name = ? order by column_index",
            [table],
        ).fetchall()
    )


def _has_rows(connection: DuckDBPyConnection, table: str) -> bool:
    return connection.execute(f'from marts."{table}" limit 1').fetchone() is not None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

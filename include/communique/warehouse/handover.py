"""Loads handed to another engine as Parquet, and the marts that it made of them taken back."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from communique.warehouse.builds import open_build
from communique.warehouse.database import literal, transaction
from communique.warehouse.differences import Column, Table, define, describe


def write_raw(build_file: Path, folder: Path) -> None:
    """Write each table of `raw` as TABLE.parquet."""
    folder.mkdir(parents=True)
    with open_build(build_file) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'raw'"
        ).fetchall()
        for (table,) in tables:
            file = folder / f"{table}.parquet"
            connection.execute(
                f'copy raw."{table}" to {literal(file)} (format parquet, compression zstd)'
            )


def take_marts(build_file: Path, folder: Path, nodes: Mapping[str, Mapping[str, Any]]) -> None:
    """Fill the marts of a build from TABLE/*.parquet, each held to its contract.

    `nodes` are those of dbt's manifest. Raises CommuniqueError when a table breaks its contract;
    then the marts stay empty.
    """
    with open_build(build_file) as connection, transaction(connection):
        for node in nodes.values():
            if node["resource_type"] == "model" and node["schema"] == "marts":
                _take(connection, node, folder / node["name"] / "*.parquet")


def _take(connection: DuckDBPyConnection, node: Mapping[str, Any], files: Path) -> None:
    table = Table(
        database="warehouse",
        schema="marts",
        name=node["name"],
        columns=[
            Column(column["name"], column["data_type"], not _is_required(column["constraints"]))
            for column in node["columns"].values()
        ],
        comments={
            None: node["description"],
            **{column["name"]: column["description"] for column in node["columns"].values()},
        },
    )
    define(connection, table, table)
    connection.execute(
        f"insert into {table} by name from read_parquet({literal(files)})"
        + (" order by dump_date" if table.is_dated else "")
    )
    describe(connection, table, Table(database="warehouse", schema="marts", name=table.name))
    clocks = node["config"]["meta"].get("clock_columns", [])
    hidden = f" exclude ({', '.join(clocks)})" if clocks else ""
    connection.execute(
        "insert into warehouse.main.contents "
        f"select {literal(table.name)}, count(*), coalesce(sum(hash(one)::hugeint), 0) "
        f"from (select *{hidden} from {table}) as one"
    )


def _is_required(constraints: Iterable[Mapping[str, Any]]) -> bool:
    return any(constraint["type"] == "not_null" for constraint in constraints)

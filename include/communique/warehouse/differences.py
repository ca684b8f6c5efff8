"""Tables of one database brought up to date with those of another: only what differs is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from communique.warehouse.database import literal

_DAY = "dump_date"
"""Tables with this column are compared date by date, and row by row only where a date differs."""

_SUMS = "(table_name varchar, dump_date date, row_count bigint, row_hash_sum varchar)"
"""Sums are words, since Parquet has no numbers of their size and would round them."""


class Column(NamedTuple):
    """A column as a table defines it."""

    name: str
    data_type: str
    is_nullable: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a database that is attached; `comments` are by column, its own under None."""

    database: str
    schema: str
    name: str
    columns: list[Column] = field(default_factory=list)
    comments: Mapping[str | None, str | None] = field(default_factory=dict)

    def __str__(self) -> str:
        return f'{self.database}.{self.schema}."{self.name}"'

    @property
    def key(self) -> str:
        """The name of the table in any database."""
        return f"{self.schema}.{self.name}"

    @property
    def is_dated(self) -> bool:
        """Whether rows belong to dump dates."""
        return any(column.name == _DAY for column in self.columns)


def tables_in(connection: DuckDBPyConnection, database: str, *schemas: str) -> dict[str, Table]:
    """Read the definitions of all tables in schemas of a database, by their keys."""
    wanted = (
        f"database_name = {literal(database)} "
        f"and schema_name in ({', '.join(map(literal, schemas))})"
    )
    columns, comments = defaultdict(list), defaultdict(dict)
    for schema, table, column, data_type, is_nullable, comment in connection.execute(
        "select schema_name, table_name, column_name, data_type, is_nullable, comment "
        f"from duckdb_columns() where {wanted} order by column_index"
    ).fetchall():
        columns[schema, table].append(Column(column, data_type, is_nullable))
        comments[schema, table][column] = comment
    tables = connection.execute(
        f"select schema_name, table_name, comment from duckdb_tables() where {wanted} order by all"
    ).fetchall()
    found = [
        Table(
            database=database,
            schema=schema,
            name=name,
            columns=columns[schema, name],
            comments={None: comment, **comments[schema, name]},
        )
        for schema, name, comment in tables
    ]
    return {table.key: table for table in found}


def bring_up_to_date(
    connection: DuckDBPyConnection, sources: Iterable[Table], database: str
) -> None:
    """Make tables of a database, in the schemas of these, say what these say; others of them go.

    `main.contents` of that database has a sum of hashes of rows for each table and dump date, by
    which it is known what differs. It is written anew as a whole, so that of two who do this at
    once in transactions one fails to commit: what they find to differ may not be mixed.
    """
    sources = {source.key: source for source in sources}
    schemas = sorted({source.schema for source in sources.values()})
    connection.execute(f"create table if not exists {database}.main.contents {_SUMS}")
    targets = tables_in(connection, database, *schemas)
    for key in targets.keys() - sources.keys():
        connection.execute(f"drop table {targets[key]}")
    differing = _differing_days(connection, sources.values(), f"{database}.main.contents")
    for key, source in sources.items():
        target = targets.get(key, Table(database=database, schema=source.schema, name=source.name))
        if target.columns != source.columns:
            _make_anew(connection, source, target)
        elif key in differing:
            _replace_rows(connection, source, target, differing[key])
        describe(connection, source, target)
    connection.execute(f"delete from {database}.main.contents")
    connection.execute(f"insert into {database}.main.contents from temp.sums order by all")


def _differing_days(
    connection: DuckDBPyConnection, sources: Iterable[Table], contents: str
) -> dict[str, list[date | None]]:
    """Sum up the tables in `temp.sums`; returns the dates that `contents` tells otherwise."""
    connection.execute(f"create or replace temp table sums {_SUMS}")
    for source in sources:
        day = _DAY if source.is_dated else "null::date"
        connection.execute(
            f"insert into temp.sums select {literal(source.key)}, {day}, count(*), "
            f"sum(hash(one)::hugeint)::varchar from {source} as one group by all"
        )
    days = connection.execute(
        f"select table_name, list(dump_date) from ((from temp.sums except from {contents}) "
        f"union all (from {contents} except from temp.sums)) group by all"
    ).fetchall()
    return dict(days)


def define(connection: DuckDBPyConnection, source: Table, target: Table) -> None:
    """Make a table like another one, without rows and descriptions."""
    definitions = ", ".join(
        f'"{column.name}" {column.data_type}{"" if column.is_nullable else " not null"}'
        for column in source.columns
    )
    connection.execute(f"create schema if not exists {target.database}.{target.schema}")
    connection.execute(f"drop table if exists {target}")
    connection.execute(f"create table {target} ({definitions})")


def describe(connection: DuckDBPyConnection, source: Table, target: Table) -> None:
    """Give a table and its columns the descriptions of another one."""
    for column, comment in source.comments.items():
        if comment != target.comments.get(column):
            what = f"table {target}" if column is None else f'column {target}."{column}"'
            text = "null" if comment is None else literal(comment)
            connection.execute(f"comment on {what} is {text}")


def _make_anew(connection: DuckDBPyConnection, source: Table, target: Table) -> None:
    define(connection, source, target)
    # Readers who ask for some dates then skip the files and row groups of the others.
    order = f" order by {_DAY}" if source.is_dated else ""
    connection.execute(f"insert into {target} from {source}{order}")


def _replace_rows(
    connection: DuckDBPyConnection, source: Table, target: Table, days: list[date | None]
) -> None:
    """Take out the rows of dates that only the target has, put in those that only the source has.

    Rows are told by their hashes; of equal ones as many are kept as the source has.
    """
    within = _in_days(days) if source.is_dated else "true"
    for name, table in {"there": source, "here": target}.items():
        connection.execute(
            f"create or replace temp table {name} as select rowid as row_id, "
            "hash(one) as row_hash, row_number() over (partition by hash(one)) as nth "
            f"from {table} as one where {within}"
        )
    only = "rowid in (select row_id from temp.{} anti join temp.{} using (row_hash, nth))"
    connection.execute(f"delete from {target} where {within} and {only.format('here', 'there')}")
    connection.execute(
        f"insert into {target} from {source} where {within} and {only.format('there', 'here')}"
    )


def _in_days(days: list[date | None]) -> str:
    known = ", ".join(sorted({f"date '{day}'" for day in days if day is not None}))
    conditions = [f"{_DAY} in ({known})"] if known else []
    if None in days:
        conditions.append(f"{_DAY} is null")
    return f"({' or '.join(conditions)})"

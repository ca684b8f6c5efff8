"""Reading tables: rows for terminals and pages, frames for checks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from duckdb import DuckDBPyConnection

from communique.warehouse.database import Warehouse, open_to_read

if TYPE_CHECKING:
    import pandas as pd


class Answer(NamedTuple):
    """What a query says: the names of its columns, and its rows."""

    columns: list[str]
    rows: list[tuple]

    def records(self) -> list[dict]:
        """Give each row as a mapping from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Release:
    """A release that is open: every query of one block sees the same night."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def ask(
        self,
        sql: str,
        parameters: Sequence | Mapping[str, object] = (),
        *,
        variables: Mapping[str, object] | None = None,
    ) -> Answer:
        """Run one query; `variables` are what its `getvariable('name')` give.

        `parameters` fill in `?` in their order, or `$name` by name.

        Values are bound by DuckDB and never become part of the query.
        """
        for name, value in (variables or {}).items():
            if not name.isidentifier():
                raise ValueError(f"{name!r} is no name of a variable")
            self._connection.execute(f'set variable "{name}" = ?', [value])
        found = answer(self._connection, sql, parameters)
        for name in variables or {}:
            self._connection.execute(f'reset variable "{name}"')
        return found


@contextmanager
def open_release(published: Warehouse) -> Iterator[Release]:
    """Open a release for one block, read-only and cut off from all that is not of it.

    Raises CommuniqueError when it cannot be opened or a query of the block fails.
    """
    with open_to_read(published, external_access=False) as connection:
        yield Release(connection)


def query(place: Warehouse, sql: str, parameters: Sequence | Mapping[str, object] = ()) -> Answer:
    """Run one query read-only."""
    with open_to_read(place) as connection:
        return answer(connection, sql, parameters)


def query_frame(
    place: Warehouse, sql: str, parameters: Sequence | Mapping[str, object] = ()
) -> "pd.DataFrame":
    """Run one query read-only; returns a data frame."""
    with open_to_read(place) as connection:
        return connection.execute(sql, parameters).df()


def answer(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence | Mapping[str, object] = ()
) -> Answer:
    """Run one query on a connection."""
    cursor = connection.execute(sql, parameters)
    return Answer([column[0] for column in cursor.description], cursor.fetchall())

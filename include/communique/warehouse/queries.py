"""Reading a DuckDB file: rows for terminals and pages, frames for checks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from duckdb import DuckDBPyConnection

from communique.warehouse.database import open_file

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
    """A published file that is open: every query of one block sees the same night."""

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
        answer = _answer(self._connection, sql, parameters)
        for name in variables or {}:
            self._connection.execute(f'reset variable "{name}"')
        return answer


@contextmanager
def open_release(published_file: Path) -> Iterator[Release]:
    """Open the newest release for one block, read-only and cut off from all other files.

    Raises CommuniqueError when it cannot be opened or a query of the block fails.
    """
    with open_file(published_file, read_only=True, external_access=False) as connection:
        yield Release(connection)


def query(file: Path, sql: str, parameters: Sequence | Mapping[str, object] = ()) -> Answer:
    """Run one query read-only."""
    with open_file(file, read_only=True) as connection:
        return _answer(connection, sql, parameters)


def query_frame(
    file: Path, sql: str, parameters: Sequence | Mapping[str, object] = ()
) -> "pd.DataFrame":
    """Run one query read-only; returns a data frame."""
    with open_file(file, read_only=True) as connection:
        return connection.execute(sql, parameters).df()


def _answer(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence | Mapping[str, object]
) -> Answer:
    cursor = connection.execute(sql, parameters)
    return Answer([column[0] for column in cursor.description], cursor.fetchall())

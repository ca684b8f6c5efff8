"""The only place that opens a DuckDB file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from communique.errors import CommuniqueError


@contextmanager
def open_file(
    file: Path, *, read_only: bool = False, external_access: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB file for one block, with times in UTC.

    Without external access, queries reach no other file and no network.

    Raises CommuniqueError when another process is writing it, it is no DuckDB file, or a query of
    the block fails.
    """
    if not read_only:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(file, read_only=read_only) as connection:
            connection.execute("set timezone = 'UTC'")
            if not external_access:
                connection.execute("set enable_external_access = false")
            yield connection
    except duckdb.Error as error:
        raise CommuniqueError(_explain(file, error)) from error


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit when the block ends, roll back when it fails."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _explain(file: Path, error: duckdb.Error) -> str:
    if "set lock on file" in str(error):
        return f"{file} is being written by another process: wait until it has ended."
    if "not a valid DuckDB database" in str(error):
        return f"{file} is no DuckDB file: move it away and run again."
    if "No space left" in str(error) or "Could not write" in str(error):
        return f"The disk is full ({error}): free some space beside {file} and run again."
    return f"{file}: {error}"

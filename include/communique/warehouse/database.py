"""The only place that opens a DuckDB file."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import duckdb

from communique.errors import CommuniqueError
from communique.store import Place

MEMORY_LIMIT = "3GB"
"""DuckDB spills to disk beyond it, so that a night fits beside whatever else runs."""


class BeingWrittenError(CommuniqueError):
    """Another process is writing a DuckDB file, which nobody can open meanwhile."""


class Readable(Protocol):
    """What is no file and yet can be opened to be read as one."""

    def open(
        self, *, external_access: bool = True
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open it read-only for one block, in which it says the same throughout."""


Warehouse = Path | Readable
"""Where tables are read from."""


def marts_file(build_file: Path) -> Path:
    """Name the file that holds the marts of a build, so that they can be published as they are."""
    return build_file.with_suffix(f".marts{build_file.suffix}")


def attach_marts(
    connection: duckdb.DuckDBPyConnection, build_file: Path, *, read_only: bool = False
) -> None:
    """Let `marts.x` mean the table in the file beside the build."""
    (build,) = connection.execute("select current_database()").fetchone()
    options = " (read_only)" if read_only else ""
    connection.execute(f"attach {literal(marts_file(build_file))} as warehouse{options}")
    if not read_only:
        connection.execute("create schema if not exists warehouse.marts")
    connection.execute(f"set search_path = '{build}.main,warehouse.marts'")


def literal(value: object) -> str:
    """Write a value as a string of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def open_file(
    file: Path, *, read_only: bool = False, external_access: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB file for one block, with times in UTC; a build with its marts.

    Without external access, queries reach no other file and no network.

    Raises BeingWrittenError when another process is writing it, CommuniqueError when it is no
    DuckDB file or a query of the block fails.
    """
    if not read_only:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(file, read_only=read_only) as connection:
            prepare(connection)
            if marts_file(file).exists():
                attach_marts(connection, file, read_only=read_only)
            if not external_access:
                connection.execute("set enable_external_access = false")
            yield connection
    except duckdb.Error as error:
        raise _explain(file, error) from error


def read_through(connection: duckdb.DuckDBPyConnection, file: Place) -> None:
    """Let queries read a file of object storage, which DuckDB does not know by itself."""
    if file.is_remote and not set(file.files.protocol) & set(connection.list_filesystems()):
        connection.register_filesystem(file.files)


def open_to_read(
    place: Warehouse, *, external_access: bool = True
) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """Open a place read-only for one block; raises what opening it does."""
    if isinstance(place, Path):
        return open_file(place, read_only=True, external_access=external_access)
    return place.open(external_access=external_access)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Let times be in UTC, memory be bounded, and nothing be drawn on the terminal."""
    connection.execute("set timezone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")


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


def _explain(file: Path, error: duckdb.Error) -> CommuniqueError:
    if "set lock on file" in str(error):
        return BeingWrittenError(
            f"{file} is being written by another process: wait until it has ended."
        )
    if "not a valid DuckDB database" in str(error):
        return CommuniqueError(f"{file} is no DuckDB file: move it away and run again.")
    if "No space left" in str(error) or "Could not write" in str(error):
        return CommuniqueError(
            f"The disk is full ({error}): free some space beside {file} and run again."
        )
    return CommuniqueError(f"{file}: {error}")

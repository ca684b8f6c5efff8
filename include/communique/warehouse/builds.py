"""The build: what a night touches in it, and whether it is what the models say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from communique.warehouse.database import attach_marts, marts_file, open_file, transaction
from communique.warehouse.schema import create_tables


@contextmanager
def open_build(build_file: Path) -> Iterator[DuckDBPyConnection]:
    """Open the build for one block, with all tables of `raw` and `ops`."""
    with open_file(build_file) as connection:
        if not marts_file(build_file).exists():
            attach_marts(connection, build_file)
        create_tables(connection)
        yield connection


def note_touched(connection: DuckDBPyConnection, dump_date: date) -> None:
    """Note what the build holds of a dump date: before a load replaces it, and after."""
    connection.execute(
        "insert into raw.touched_versions by name "
        "select dump_date, article_id, article_version_id from raw.articles where dump_date = ?",
        [dump_date],
    )


def must_be_whole(build_file: Path, fingerprint: str) -> bool:
    """Tell whether everything must be built anew; if so, take out all that was built before.

    It must after the first load, after any edit of models, seeds or variables (`fingerprint`), when
    a whole build did not end, and when the file of the marts was lost.
    """
    with open_build(build_file) as connection:
        settled = connection.execute("select fingerprint from raw.settled_builds").fetchall()
        (content,) = connection.execute("select count(*) from warehouse.main.contents").fetchone()
        if settled == [(fingerprint,)] and content:
            return False
    clear_build(build_file)
    return True


def clear_build(build_file: Path) -> None:
    """Take out all that was built from the loads."""
    with open_build(build_file) as connection:
        with transaction(connection):
            connection.execute("delete from raw.settled_builds")
            for schema in _built_schemas(connection):
                connection.execute(f'drop schema "{schema}" cascade')
        with transaction(connection):
            connection.execute("drop schema warehouse.marts cascade")
            connection.execute("create schema warehouse.marts")
            connection.execute("delete from warehouse.main.contents")


def settle(build_file: Path, fingerprint: str) -> None:
    """Forget what was touched: all that follows from it is built."""
    with open_build(build_file) as connection, transaction(connection):
        connection.execute("delete from raw.touched_versions")
        connection.execute("delete from raw.touched_keys")
        connection.execute("delete from raw.settled_builds")
        connection.execute("insert into raw.settled_builds values (?)", [fingerprint])


def _built_schemas(connection: DuckDBPyConnection) -> list[str]:
    """Name what dbt made beside the loads, by models that are no more, too."""
    rows = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = current_database() "
        "and not internal and schema_name not in ('main', 'raw', 'ops')"
    ).fetchall()
    return [schema for (schema,) in rows]

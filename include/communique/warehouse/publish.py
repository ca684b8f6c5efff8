"""One release: a new file with only what readers need, swapped in by renaming a link."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from communique.records import Publication, make_id
from communique.warehouse.database import open_file
from communique.warehouse.loader import append, insert

PUBLISHED_SCHEMAS = ("marts", "ops")

_CLOCK_COLUMNS = {"dim_extraction_runs": ["started_at"]}
"""Columns that say when we computed, not what the articles say: no part of the content hash."""


def publish(
    build_file: Path, releases: Path, published_file: Path, *, published_at: datetime, keep: int
) -> Publication:
    """Copy the marts into a release of their own and point the published link at it.

    A reader sees the whole old night until the link is renamed, and the whole new one after it;
    connections that are open keep reading the release they opened. Returns the publication.
    """
    _recover_publications(build_file, published_file)
    with open_file(build_file, read_only=True) as build:
        publication = _describe(build, published_at)
    folder = releases / f"{published_at:%Y%m%dT%H%M%S%f}-{publication.publication_id}"
    draft = releases / f".{folder.name}"
    releases.mkdir(parents=True, exist_ok=True)
    for left_by_a_crash in releases.glob(".*"):
        shutil.rmtree(left_by_a_crash)
    draft.mkdir()
    try:
        _copy(build_file, draft / published_file.name, publication)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _point(published_file, folder / published_file.name)
    append(build_file, [publication])
    for old in sorted(path for path in releases.iterdir() if path.is_dir())[:-keep]:
        shutil.rmtree(old)
    return publication


def marts_hash(connection: DuckDBPyConnection) -> str:
    """Hash all rows of all marts, whatever their order: equal when the marts say the same."""
    hashes = []
    for table in _tables_of(connection, "marts"):
        clocks = _CLOCK_COLUMNS.get(table)
        columns = f"* exclude ({', '.join(clocks)})" if clocks else "*"
        row_hashes = connection.execute(
            "select count(*), sum(md5_number_lower(to_json(published_row)::varchar)::hugeint) "
            f'from (select {columns} from marts."{table}") as published_row'
        ).fetchone()
        hashes.append((table, *row_hashes))
    return make_id(*hashes)


def _describe(build: DuckDBPyConnection, published_at: datetime) -> Publication:
    content = marts_hash(build)
    first, last = build.execute(
        "select min(dump_date), max(dump_date) from raw.extraction_runs"
    ).fetchone()
    (statements,) = build.execute("select count(*) from marts.fct_statements").fetchone()
    (stances,) = build.execute("select count(*) from marts.fct_stances").fetchone()
    return Publication(
        publication_id=make_id(published_at, content),
        published_at=published_at,
        first_dump_date=first,
        last_dump_date=last,
        marts_hash=content,
        statement_count=statements,
        stance_count=stances,
    )


def _recover_publications(build_file: Path, published_file: Path) -> None:
    """Take over the publication that a crash between swap and entry left out of the build file."""
    if not published_file.exists():
        return
    with open_file(build_file) as build:
        build.execute(f"attach {_literal(published_file)} as published (read_only)")
        build.execute(
            "insert into ops.publications by name from published.ops.publications as released "
            "where not exists (from ops.publications as known "
            "where known.publication_id = released.publication_id)"
        )


def _copy(build_file: Path, release: Path, publication: Publication) -> None:
    with open_file(release) as connection:
        connection.execute(f"attach {_literal(build_file)} as build (read_only)")
        for schema in PUBLISHED_SCHEMAS:
            connection.execute(f"create schema {schema}")
            for table in _tables_of(connection, schema, database="build"):
                connection.execute(
                    f'create table {schema}."{table}" as from build.{schema}."{table}"'
                )
        _copy_descriptions(connection)
        insert(connection, [publication])


def _copy_descriptions(connection: DuckDBPyConnection) -> None:
    described = connection.execute(
        "select 'table', schema_name, table_name, null, comment from duckdb_tables() "
        "where database_name = 'build' and comment is not null and schema_name in ('marts', 'ops') "
        "union all "
        "select 'column', schema_name, table_name, column_name, comment from duckdb_columns() "
        "where database_name = 'build' and comment is not null and schema_name in ('marts', 'ops')"
    ).fetchall()
    for kind, schema, table, column, comment in described:
        name = f'{schema}."{table}"' + (f'."{column}"' if column else "")
        connection.execute(f"comment on {kind} {name} is {_literal(comment)}")


def _tables_of(connection: DuckDBPyConnection, schema: str, database: str | None = None) -> list:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? "
        "and database_name = coalesce(?, current_database()) order by table_name",
        [schema, database],
    ).fetchall()
    return [table for (table,) in rows]


def _point(link: Path, target: Path) -> None:
    """Let the link name the target; the rename is the one moment in which the night changes."""
    new_link = link.with_name(f".{link.name}.new")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(os.path.relpath(target, link.parent))
    new_link.replace(link)


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"

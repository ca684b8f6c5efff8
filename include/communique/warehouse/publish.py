"""One release: a copy of the build's marts with the accounts beside them, swapped in by a link."""

import errno
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from communique.records import Publication, make_id
from communique.warehouse.builds import open_build
from communique.warehouse.database import literal, marts_file, open_file
from communique.warehouse.loader import append, insert
from communique.warehouse.nights import moment_after, publications

_CANNOT_COPY_WITHIN = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
"""What a kernel says that cannot copy between these two files by itself."""

_READ_ONLY = 0o444


def publish(
    build_file: Path, releases: Path, published_file: Path, *, published_at: datetime, keep: int
) -> Publication:
    """Make a release of the marts as they are and point the published link at it.

    A reader sees the whole old night until the link is renamed, and the whole new one after it;
    connections that are open keep reading the release they opened. A release that fails leaves
    nothing behind. Returns the publication.
    """
    earlier = publications(published_file) if published_file.exists() else []
    append_missing(build_file, earlier)
    published_at = moment_after(earlier, published_at)
    with open_file(build_file, read_only=True) as build:
        publication = describe(build, published_at)
    folder = releases / f"{published_at:%Y%m%dT%H%M%S%f}-{publication.publication_id}"
    draft = releases / f".{folder.name}"
    releases.mkdir(parents=True, exist_ok=True)
    for left_by_a_crash in releases.glob(".*"):
        shutil.rmtree(left_by_a_crash)
    draft.mkdir()
    try:
        release = draft / published_file.name
        _copy_file(marts_file(build_file), release)
        _add_accounts(build_file, release, publication)
        release.chmod(_READ_ONLY)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _point(published_file, folder / published_file.name)
    append(build_file, [publication])
    for old in release_folders(releases)[:-keep]:
        shutil.rmtree(old)
    return publication


def release_folders(releases: Path) -> list[Path]:
    """List the releases that are kept, the oldest first."""
    return sorted(
        path for path in releases.glob("*") if path.is_dir() and not path.name.startswith(".")
    )


def describe(build: DuckDBPyConnection, published_at: datetime) -> Publication:
    """Tell what a build publishes, from what was noted as it was made."""
    contents = build.execute(
        "select table_name, sum(row_count)::bigint, sum(row_hash_sum)::hugeint "
        "from warehouse.main.contents group by all order by all"
    ).fetchall()
    row_counts = {table: row_count for table, row_count, _ in contents}
    content = make_id(*contents)
    first, last = build.execute(
        "select min(dump_date), max(dump_date) from raw.extraction_runs"
    ).fetchone()
    return Publication(
        publication_id=make_id(published_at, content),
        published_at=published_at,
        first_dump_date=first,
        last_dump_date=last,
        marts_hash=content,
        statement_count=row_counts["fct_statements"],
        stance_count=row_counts["fct_stances"],
    )


def append_missing(build_file: Path, earlier: Iterable[Publication]) -> None:
    """Let a build know of publications; it may lack one after a crash between swap and entry.

    Also brings into the marts' file what still stands in the log beside it.
    """
    with open_build(build_file) as build:
        build.execute("checkpoint warehouse")
        known = {
            one
            for (one,) in build.execute("select publication_id from ops.publications").fetchall()
        }
        insert(build, [one for one in earlier if one.publication_id not in known])


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file within the kernel, at no cost where the file system can share blocks."""
    with source.open("rb") as reader, target.open("wb") as writer:
        left = os.fstat(reader.fileno()).st_size
        try:
            while left:
                left -= os.copy_file_range(reader.fileno(), writer.fileno(), left)
        except OSError as error:
            if error.errno not in _CANNOT_COPY_WITHIN:
                raise
            shutil.copyfileobj(reader, writer)


def _add_accounts(build_file: Path, release: Path, publication: Publication) -> None:
    with open_file(release) as connection:
        connection.execute("drop table main.contents")
        connection.execute(f"attach {literal(build_file)} as build (read_only)")
        connection.execute("create schema ops")
        tables = connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'build' and schema_name = 'ops' order by table_name"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f'create table ops."{table}" as from build.ops."{table}"')
        insert(connection, [publication])


def _point(link: Path, target: Path) -> None:
    """Let the link name the target; the rename is the one moment in which the night changes."""
    new_link = link.with_name(f".{link.name}.new")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(os.path.relpath(target, link.parent))
    new_link.replace(link)

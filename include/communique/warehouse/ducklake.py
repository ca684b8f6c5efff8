"""The marts as a DuckLake: a catalog in PostgreSQL or in one file, data as Parquet.

A publication is one snapshot. Its message names its nights, and its extra info is the publication,
so that an earlier one is found again.
"""

import importlib
import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import tenacity
from duckdb import DuckDBPyConnection

from communique.errors import CommuniqueError
from communique.records import Publication, columns_of
from communique.warehouse.database import literal, marts_file, prepare, transaction
from communique.warehouse.differences import bring_up_to_date, tables_in
from communique.warehouse.loader import append
from communique.warehouse.nights import moment_after, unknown_release
from communique.warehouse.publish import append_missing, describe
from communique.warehouse.queries import answer

AUTHOR = "communique"
"""Whose snapshots are publications."""

_DAY = timedelta(days=1)
_BUSY_MILLISECONDS = 30_000
"""How long to wait for another writer of a catalog in a file."""

_SMALL_FILE = 2**20
"""Bytes; files of a night that are smaller become one with those before them."""

_SECRET = re.compile(
    r"(?i)(?:\w*password\s*=\s*)(?:'(?P<quoted>(?:\\.|[^'\\])*)'|(?P<plain>[^\s'&]+))"
    r"|://[^:/@\s]*:(?P<uri>[^@\s]+)@"
)
"""The password in what PostgreSQL takes as a connection: words, or an address."""


_OVERTAKEN = ("conflict", "database is locked", "failed to get files scheduled for deletion")
"""How it is said that another was faster, who commits or who removes files that were listed."""


class _ConflictError(CommuniqueError):
    """Somebody else was there meanwhile: what was found to differ must be found anew."""


_again = tenacity.Retrying(
    retry=tenacity.retry_if_exception_type(_ConflictError),
    wait=tenacity.wait_random(0, 2),
    stop=tenacity.stop_after_attempt(20),
    reraise=True,
)


class _Release(NamedTuple):
    """A snapshot that is a publication, and the last night that this knew of."""

    snapshot_id: int
    last_dump_date: date | None


@dataclass(frozen=True, kw_only=True)
class DuckLake:
    """A DuckLake: its catalog (`postgres:` and a connection, or a file) and the place of its data.

    What is read is the newest publication, or the one that is the `snapshot`. Files that no
    snapshot needs are removed when that is so for a time of `grace`: until then somebody may read
    them, or be about to commit them. `s3` has what DuckDB's secret of an object store takes.
    """

    catalog: str = field(repr=False)
    data: str
    s3: Mapping[str, str] = field(default_factory=dict, repr=False)
    snapshot: int | None = None
    grace: timedelta = _DAY

    @property
    def name(self) -> str:
        """The catalog without a password."""
        return f"DuckLake {self._without_secrets(self.catalog)}"

    def exists(self) -> bool:
        """Say whether a publication was committed."""
        with self._connection() as connection:
            return self._attach_if_there(connection) and bool(_releases(connection))

    def pinned(self) -> "DuckLake":
        """Give the newest publication, whatever is committed meanwhile."""
        with self._connection() as connection:
            return replace(self, snapshot=self._newest(connection))

    def known_as_of(self, night: date) -> "DuckLake":
        """Find the last publication that knew of no later night."""
        with self._connection() as connection:
            releases = _releases(connection) if self._attach_if_there(connection) else []
        nights = {one.snapshot_id: one.last_dump_date for one in releases if one.last_dump_date}
        found = [snapshot for snapshot, last in nights.items() if last <= night]
        if not found:
            raise unknown_release(night, nights.values())
        return replace(self, snapshot=max(found))

    @contextmanager
    def open(self, *, external_access: bool = True) -> Iterator[DuckDBPyConnection]:
        """Attach one snapshot read-only as `warehouse` for one block.

        Raises CommuniqueError when it cannot be read or a query of the block fails.
        """
        with self._connection() as connection:
            snapshot = self.snapshot or self._newest(connection)
            self._attach(connection, "warehouse", f"read_only, snapshot_version {snapshot}")
            connection.execute("use warehouse")
            if not external_access:
                connection.execute(f"set allowed_directories = [{literal(self._folder)}]")
                connection.execute("set enable_external_access = false")
            yield connection

    def publish(self, build_file: Path, *, published_at: datetime, keep: int) -> Publication:
        """Commit what differs between the marts of a build and the newest snapshot, as one more.

        Publications that are committed at once take turns, and each is whole; what others commit in
        other schemas is left alone. Raises CommuniqueError when it cannot be committed.
        """
        publication = _again(self._commit, build_file, published_at)
        append(build_file, [publication])
        _again(self._tidy, keep)
        return publication

    def _commit(self, build_file: Path, published_at: datetime) -> Publication:
        with self._connection() as connection:
            self._attach(connection, "published", f"data_path {literal(self._folder)}")
            # What is known of others is read in the transaction that commits: who publishes
            # meanwhile then conflicts, and would else be forgotten, or be the later of the two.
            with _build_let_go(connection), transaction(connection):
                earlier = _publications(connection)
                # The build lacks those of others, and its own after a crash between commit and
                # entry.
                append_missing(build_file, earlier)
                _attach_build(connection, build_file)
                sources = tables_in(connection, "warehouse", "marts")
                sources |= tables_in(connection, "build", "ops")
                publication = describe(connection, moment_after(earlier, published_at))
                bring_up_to_date(connection, sources.values(), "published")
                _add(connection, publication)
                _sign(connection, publication)
        return publication

    def _tidy(self, keep: int) -> None:
        """Let snapshots before the newest publications expire, and remove what only they need."""
        with self._connection() as connection:
            self._attach(connection, "published", f"data_path {literal(self._folder)}")
            releases = _releases(connection)
            oldest = releases[-keep:][0].snapshot_id
            expired = connection.execute(
                "select snapshot_id from published.snapshots() where snapshot_id < ?", [oldest]
            ).fetchall()
            if expired:
                versions = ", ".join(str(snapshot) for (snapshot,) in expired)
                connection.execute(
                    f"call ducklake_expire_snapshots('published', versions => [{versions}])"
                )
            # What is larger is not written again: a night shall cost the night.
            connection.execute(
                f"call ducklake_merge_adjacent_files('published', max_file_size => {_SMALL_FILE})"
            )
            connection.execute("call ducklake_rewrite_data_files('published')")
            before = f"older_than => now() - interval '{self.grace.total_seconds()} seconds'"
            connection.execute(f"call ducklake_cleanup_old_files('published', {before})")
            before = f"older_than => now() - interval '{_DAY.total_seconds()} seconds'"
            connection.execute(f"call ducklake_delete_orphaned_files('published', {before})")

    @contextmanager
    def _connection(self) -> Iterator[DuckDBPyConnection]:
        """Connect to no database yet, with all that a DuckLake takes.

        What DuckDB says of an error may hold the password. So it is told without, and without the
        original, which a log would show as the cause.
        """
        try:
            with duckdb.connect() as connection:
                prepare(connection)
                _load(connection, "ducklake")
                _load(connection, "postgres_scanner" if self._is_in_postgres else "sqlite_scanner")
                if self.data.startswith("s3://"):
                    _load(connection, "httpfs")
                    options = ", ".join(f"{key} {literal(value)}" for key, value in self.s3.items())
                    connection.execute(f"create secret (type s3{', ' if options else ''}{options})")
                yield connection
        except duckdb.Error as error:
            said = self._without_secrets(str(error))
            is_conflict = any(words in said.lower() for words in _OVERTAKEN)
            kind = _ConflictError if is_conflict else CommuniqueError
            raise kind(_explain(self.name, said)) from None

    @property
    def _is_in_postgres(self) -> bool:
        return self.catalog.startswith("postgres:")

    @property
    def _folder(self) -> str:
        return self.data.rstrip("/") + "/"

    def _attach(self, connection: DuckDBPyConnection, alias: str, options: str) -> None:
        address = self.catalog
        if not self._is_in_postgres:
            address = f"sqlite:{self.catalog}"
            options += f", meta_busy_timeout {_BUSY_MILLISECONDS}"
            if "read_only" not in options:
                Path(self.catalog).parent.mkdir(parents=True, exist_ok=True)
                # Readers need not wait for a writer then, nor a writer for readers.
                options += ", meta_journal_mode 'wal'"
        connection.execute(f"attach {literal(f'ducklake:{address}')} as {alias} ({options})")

    def _attach_if_there(self, connection: DuckDBPyConnection) -> bool:
        """Attach the newest snapshot as `published` where there is any."""
        if not self._is_in_postgres and not Path(self.catalog).exists():
            return False
        try:
            self._attach(connection, "published", "read_only")
        except duckdb.InvalidInputException as error:
            if "does not exist" not in str(error):
                raise
            return False
        return True

    def _newest(self, connection: DuckDBPyConnection) -> int:
        releases = _releases(connection) if self._attach_if_there(connection) else []
        if not releases:
            raise CommuniqueError(f"Nothing is published in {self.name} yet.")
        connection.execute("detach published")
        return releases[-1].snapshot_id

    def _without_secrets(self, text: str) -> str:
        secrets = [match[match.lastgroup] for match in _SECRET.finditer(self.catalog)]
        secrets += [value for key, value in self.s3.items() if key in ("secret", "session_token")]
        for secret in secrets:
            text = text.replace(secret, "***")
        return text


def _load(connection: DuckDBPyConnection, extension: str) -> None:
    """Load an extension from its package, without the network."""
    try:
        package = importlib.import_module(f"duckdb_extension_{extension}")
    except ModuleNotFoundError:
        raise CommuniqueError(
            f"DuckDB's extension {extension} is not installed: the extra `lake` of communique has "
            "it (`pip install communique[lake]`)."
        ) from None
    folder = importlib.resources.files(package) / "extensions" / f"v{duckdb.__version__}"
    connection.execute(f"load {literal(folder / f'{extension}.duckdb_extension')}")


def _attach_build(connection: DuckDBPyConnection, build_file: Path) -> None:
    """Attach a build as `build` and its marts as `warehouse`."""
    connection.execute(f"attach {literal(build_file)} as build (read_only)")
    connection.execute(f"attach {literal(marts_file(build_file))} as warehouse (read_only)")
    connection.execute("use build")


@contextmanager
def _build_let_go(connection: DuckDBPyConnection) -> Iterator[None]:
    """Detach the build when a block ends, so that the next attempt can write it."""
    try:
        yield
    finally:
        connection.execute("use memory")
        connection.execute("detach database if exists warehouse")
        connection.execute("detach database if exists build")


def _releases(connection: DuckDBPyConnection) -> list[_Release]:
    """List the publications among the snapshots of `published`, the oldest first."""
    rows = connection.execute(
        "select snapshot_id, try_cast(commit_extra_info ->> 'last_dump_date' as date) "
        f"from published.snapshots() where author = {literal(AUTHOR)} order by snapshot_id"
    ).fetchall()
    return [_Release(*row) for row in rows]


def _publications(connection: DuckDBPyConnection) -> list[Publication]:
    """List what `published` tells of all publications until now."""
    if not _releases(connection):
        return []
    rows = answer(connection, "from published.ops.publications").records()
    return [Publication(**row) for row in rows]


def _add(connection: DuckDBPyConnection, publication: Publication) -> None:
    values = _values(publication)
    connection.execute(
        f"insert into published.ops.publications ({', '.join(values)}) "
        f"values ({', '.join('?' for _ in values)})",
        list(values.values()),
    )


def _sign(connection: DuckDBPyConnection, publication: Publication) -> None:
    """Let the snapshot that is being committed tell what it is."""
    connection.execute(
        "call published.set_commit_message(?, ?, extra_info => ?)",
        [
            AUTHOR,
            f"nights {publication.first_dump_date} to {publication.last_dump_date}",
            json.dumps(_values(publication), default=str),
        ],
    )


def _values(publication: Publication) -> dict[str, object]:
    return {column.name: getattr(publication, column.name) for column in columns_of(Publication)}


def _explain(name: str, said: str) -> str:
    if "conflict" in said.lower() or "database is locked" in said:
        return f"{name}: others keep writing what is to be published: run again. ({said})"
    if "No space left" in said or "Could not write" in said:
        return f"The disk is full ({said}): free some space for the data of {name} and run again."
    return f"{name}: {said}"

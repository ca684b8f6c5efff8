"""What readers are handed: a file with its releases, or a DuckLake with its snapshots.

The one place that knows which of them an installation has (`COMMUNIQUE_TARGET`). Whichever it is,
dbt builds the marts in the file beside the build, and a publication hands them on as a whole.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from communique.errors import CommuniqueError
from communique.records import Publication
from communique.settings import Settings
from communique.warehouse.database import open_file
from communique.warehouse.ducklake import DuckLake
from communique.warehouse.nights import last_publication, lost_nights, unknown_release
from communique.warehouse.publish import publish, release_folders


class Published(Protocol):
    """Where builds are published, and what was."""

    @property
    def name(self) -> str:
        """Where it is, as people may be told: without any secret."""

    def exists(self) -> bool:
        """Say whether anything was published yet."""

    def pinned(self) -> "Published":
        """Give the newest release alone, whatever is published meanwhile."""

    def known_as_of(self, night: date) -> "Published":
        """Give the last release that knew of no later night.

        Raises WrongCallError when none is kept.
        """

    def publish(self, build_file: Path, *, published_at: datetime, keep: int) -> Publication:
        """Let readers have the marts of a build in one step, and keep so many releases.

        Readers see the whole old night before and the whole new one after it; who has a release
        open keeps it. Where the clock went back, it is published the moment after the last one.
        Raises CommuniqueError when it cannot be, and then readers keep what they
        have.
        """

    def open(self, *, external_access: bool = True) -> AbstractContextManager[DuckDBPyConnection]:
        """Open a release read-only for one block, with its `marts` and `ops`.

        Raises CommuniqueError when it cannot be opened or a query of the block fails.
        """


def published(settings: Settings) -> Published:
    """Give what the readers of an installation have."""
    if settings.target == "ducklake":
        return DuckLake(
            catalog=settings.ducklake_catalog or str(settings.ducklake / "catalog.sqlite"),
            data=settings.ducklake_data or str(settings.ducklake / "data"),
            s3=settings.s3,
        )
    return ReleaseFiles(settings.published_file, settings.releases)


@dataclass(frozen=True)
class ReleaseFiles:
    """A link to the newest of several files, each a release."""

    file: Path
    releases: Path

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.file)

    def exists(self) -> bool:
        """Say whether the link leads to a file."""
        return self.file.exists()

    def pinned(self) -> "ReleaseFiles":
        """Give the file that the link leads to now."""
        return replace(self, file=self.file.resolve())

    def known_as_of(self, night: date) -> "ReleaseFiles":
        """Find the newest file whose last night is no later."""
        files = [folder / self.file.name for folder in reversed(release_folders(self.releases))]
        last = {file: last_publication(file).last_dump_date for file in files}
        for file in files:
            if last[file] is not None and last[file] <= night:
                return replace(self, file=file)
        raise unknown_release(night, [day for day in last.values() if day])

    def publish(self, build_file: Path, *, published_at: datetime, keep: int) -> Publication:
        """Copy the marts into a new file and let the link lead to it.

        Raises CommuniqueError when the build lacks nights that readers have, as a build does that
        was lost and begun anew.
        """
        if lost := lost_nights(build_file, self.file) if self.exists() else []:
            raise CommuniqueError(
                f"The build in {build_file.parent} lacks {len(lost)} night(s) that readers have, "
                f"the first of them {lost[0]}, so nothing was published: `communique rescore` "
                "loads all that the lake holds and publishes it in one step. To publish without "
                f"them, remove the link {self.file} first."
            )
        return publish(build_file, self.releases, self.file, published_at=published_at, keep=keep)

    @contextmanager
    def open(self, *, external_access: bool = True) -> Iterator[DuckDBPyConnection]:
        """Open the file; an open connection keeps it, whatever is published."""
        with open_file(self.file, read_only=True, external_access=external_access) as connection:
            yield connection

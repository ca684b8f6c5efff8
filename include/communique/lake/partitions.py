"""Where the partitions lie, and which edition of one is the current one.

A partition is a folder, `<lake>/<step>/<dump date>/`, of editions: folders with one file a table,
which nobody changes once they are written. The manifest beside it, `<dump date>.json`, names the
one to read. So a partition is replaced by one write of a small file, and a reader who has opened
an edition keeps it.
"""

import json
import os
import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError
from communique.store import ChangedMeanwhileError, Place, Seen

_MANIFEST = ".json"
_EDITION = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Edition:
    """A partition as one writer left it; `hashes` are the SHA-256 of its files, by table."""

    folder: Place
    hashes: dict[str, str] = field(default_factory=dict, compare=False)

    def file(self, table: str) -> Place:
        """Name the Parquet file of one table."""
        return self.folder / f"{table}.parquet"

    def discard(self) -> None:
        """Remove one that has not become current, as well as that goes."""
        with suppress(OSError, CommuniqueError):
            self.folder.remove()


@dataclass(frozen=True)
class Partition:
    """The results of one step for one dump date, or for a chunk of it: a name, there or not yet."""

    place: Place

    @property
    def manifest(self) -> Place:
        """The file that says which edition is the current one."""
        return Place(f"{self.place}{_MANIFEST}")

    @property
    def lock_file(self) -> Path | None:
        """The file to lock while it is written; None in object storage, which has no locks."""
        return None if self.place.is_remote else Path(f"{self.place.path}.lock")

    def current(self) -> Edition | None:
        """Give the edition to read; None where there is none yet.

        What reads several tables asks once, so that they belong together.
        """
        return self._edition_in(self.manifest.look())

    @contextmanager
    def replaced(self) -> Iterator[Edition]:
        """Give a new edition to fill, which becomes the current one when the block ends.

        An edition whose block fails is dropped. The one that was current stays until the next
        replacement, for its readers; what a crash left goes. Raises ChangedMeanwhileError when
        another writer was first.
        """
        seen = self.manifest.look()
        before = self._edition_in(seen)
        old = [self.place / name for name in self.place.names()]
        old = [folder for folder in old if before is None or folder != before.folder]
        if not self.place.is_remote:
            # The lock says that none of these is being written.
            _remove(old)
        edition = Edition(self.place / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}")
        edition.folder.make_folder()
        try:
            yield edition
        except BaseException:
            edition.discard()
            raise
        try:
            self._point_to(edition, seen)
        except ChangedMeanwhileError:
            # After any other error the manifest may name this edition all the same.
            edition.discard()
            raise
        if self.place.is_remote:
            # Who still writes one of these has begun before, and will be refused by the manifest.
            _remove(old)

    def drop(self) -> None:
        """Drop it with all its editions, first what makes it one."""
        self.manifest.remove()
        self.place.remove()

    def _point_to(self, edition: Edition, seen: Seen | None) -> None:
        manifest = {
            "edition": edition.folder.name,
            "written_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "written_by": f"process {os.getpid()} on {socket.gethostname()}",
            "sha256": edition.hashes,
        }
        try:
            self.manifest.replace(json.dumps(manifest, indent=1).encode(), seen)
        except ChangedMeanwhileError as error:
            # An answer that was lost on the way is asked for again: then it was our own write.
            first = self._read(self.manifest.look())
            if first.get("edition") != edition.folder.name:
                raise ChangedMeanwhileError(_tell_first(self.place, first)) from error

    def _edition_in(self, seen: Seen | None) -> Edition | None:
        if seen is None:
            return None
        manifest = self._read(seen)
        return Edition(self.place / manifest["edition"], manifest.get("sha256", {}))

    def _read(self, seen: Seen | None) -> dict[str, Any]:
        if seen is None:
            return {}
        with suppress(ValueError, TypeError, KeyError):
            manifest = json.loads(seen.content)
            if _EDITION.fullmatch(manifest["edition"]):
                return manifest
        raise CommuniqueError(
            f"{self.manifest} does not name an edition: remove it, and run the night again."
        )


def partition(lake: str, step: str, dump_date: date) -> Partition:
    """Name one step's partition of one dump date."""
    return Partition(Place(lake) / step / dump_date.isoformat())


def find(lake: str, step: str, dump_date: date) -> Edition | None:
    """Give what one step made of one dump date; None where it has made nothing yet."""
    return partition(lake, step, dump_date).current()


def made_in(folder: Place) -> list[str]:
    """List the names of the partitions in a folder, in order.

    This asks for the manifests that are there, which a store that lists what was written before
    shows: disks do, and S3 does since 2020.
    """
    return [
        name.removesuffix(_MANIFEST)
        for name in folder.names()
        if name.endswith(_MANIFEST) and not name.startswith(".")
    ]


def dump_dates(lake: str, step: str) -> list[date]:
    """List the dump dates that have a partition of a step, oldest first."""
    return [date.fromisoformat(name) for name in made_in(Place(lake) / step)]


def _remove(folders: list[Place]) -> None:
    for folder in folders:
        folder.remove()


def _tell_first(place: Place, first: dict[str, Any]) -> str:
    who = f"{first['written_by']}, at {first['written_at']}," if first else "somebody"
    what = "wrote it first, and that stands" if first else "removed it"
    return (
        f"Another run is working on {place}: {who} {what}. Nothing of this run was kept; see that "
        "one is enough, and run it again if not."
    )

"""The published file once more, in another folder or in object storage, for readers elsewhere.

It lies there as it does here: whole releases, and beside them one small file, `newest`, that says
which to open. That is replaced in one step when all of a release is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from communique.errors import CommuniqueError, explain
from communique.store import ChangedMeanwhileError, Place

_NEWEST, _RELEASES = "newest", "releases"


def hand_out(published_file: Path, address: str, *, keep: int) -> Place:
    """Put the published release there, point to it, and drop all but the newest few.

    Gives where it is. What was there stays until all of the new one is; the release that readers
    may just have opened is among those that are kept. Raises CommuniqueError.
    """
    with _told(published_file, address):
        return _hand_out(published_file.resolve(), Place(address), keep)


def is_handed_out(published_file: Path, address: str) -> bool:
    """Say whether `newest` names the published release there. Raises CommuniqueError."""
    with _told(published_file, address):
        newest = (Place(address) / _NEWEST).read()
    return newest == _pointer(published_file.resolve()).encode()


@contextmanager
def _told(published_file: Path, address: str) -> Iterator[None]:
    try:
        yield
    except (CommuniqueError, OSError) as error:
        raise CommuniqueError(
            f"The night is published here, as {published_file}, but not in {address}, where what "
            f"was there stays: {explain(error, Path(address))} `communique publish` with the date "
            "of the night tries again."
        ) from error


def _pointer(release: Path) -> str:
    return f"{_RELEASES}/{release.parent.name}/{release.name}"


def _hand_out(release: Path, there: Place, keep: int) -> Place:
    releases, newest = there / _RELEASES, there / _NEWEST
    seen = newest.look()
    copy = there / _pointer(release)
    copy.upload(release)
    pointer = _pointer(release).encode()
    try:
        newest.replace(pointer, seen)
    except ChangedMeanwhileError:
        # An answer that was lost on the way is asked for again: then it was our own write.
        if newest.read() != pointer:
            raise
    for old in releases.names()[:-keep]:
        if old != release.parent.name:
            (releases / old).remove()
    return copy

"""The published file once more, in another folder or in object storage, for readers elsewhere.

It lies there as it does here: whole releases, and beside them one small file, `newest`, that says
which to open. That is replaced in one step when all of a release is there.
"""

from pathlib import Path

from communique.errors import CommuniqueError, explain
from communique.store import ChangedMeanwhileError, Place

_NEWEST = "newest"


def hand_out(published_file: Path, address: str, *, keep: int) -> Place:
    """Put the published release there, point to it, and drop all but the newest few.

    Gives where it is. What was there stays until all of the new one is; the release that readers
    may just have opened is among those that are kept. Raises CommuniqueError.
    """
    release = published_file.resolve()
    try:
        return _hand_out(release, Place(address), keep)
    except (CommuniqueError, OSError) as error:
        raise CommuniqueError(
            f"The night is published here, as {published_file}, but not in {address}, where what "
            f"was there stays: {explain(error, Path(address))} `communique publish` with the date "
            "of the night tries again."
        ) from error


def _hand_out(release: Path, there: Place, keep: int) -> Place:
    name = release.parent.name
    releases, newest = there / "releases", there / _NEWEST
    seen = newest.look()
    copy = releases / name / release.name
    copy.upload(release)
    pointer = copy.address.removeprefix(f"{there}/").encode()
    try:
        newest.replace(pointer, seen)
    except ChangedMeanwhileError:
        # An answer that was lost on the way is asked for again: then it was our own write.
        if newest.read() != pointer:
            raise
    for old in releases.names()[:-keep]:
        if old != name:
            (releases / old).remove()
    return copy

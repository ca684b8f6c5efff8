"""Who may write: the locks that keep two runs off the build file and off one night's partitions.

`Settings.lock_file` is for the build file, of which there is one writer; `Settings.lock_of` is for
the partitions of one dump date, so that different nights can be read at once. A lake in object
storage cannot be locked: there the second of them lies in the home, and holds for who shares that.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from communique.errors import CommuniqueError, WrongCallError

_held: set[Path] = set()


@contextmanager
def hold(
    lock_file: Path | None, *, tell_waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the lock while the block runs; the kernel lets go of it when the process dies.

    None is for what lies where nothing can be locked. A process that already holds it may enter
    again, so a whole run and its stages share it. While another process holds it, who has said how
    to `tell_waiting` waits. Raises CommuniqueError for all others then, WrongCallError when its
    folder cannot be written.
    """
    if lock_file is None or lock_file in _held:
        yield
        return
    with _open(lock_file) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            busy = f"Another run is working in {lock_file.parent} (it holds {lock_file.name})"
            if tell_waiting is None:
                raise CommuniqueError(
                    f"{busy}: wait until it has ended (`communique status` shows the last nights), "
                    "then start again."
                ) from None
            tell_waiting(f"{busy}: waiting until it has ended.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        _held.add(lock_file)
        try:
            yield
        finally:
            _held.discard(lock_file)


def _open(lock_file: Path) -> TextIO:
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        return lock_file.open("a")
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise WrongCallError(
            f"{lock_file.parent} is no folder that can be written ({error.strerror}): point "
            "COMMUNIQUE_HOME at one."
        ) from error

"""The files of a dump folder: which there are, and where each one really lies."""

import hashlib
import os
from pathlib import Path

from communique.dumps.dump_settings import FILE_NAME
from communique.dumps.refusals import Reason, RefusedError


def list_files(folder: Path) -> tuple[str, ...]:
    """Name the files of a dump folder and its subfolders, sorted; hidden ones are not delivered.

    Every link is named, so that one that leads nowhere or to a folder is refused with a reason.
    A name that is no UTF-8 is shown with escapes, and refused for the same reason.
    """
    paths = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    names = (path.relative_to(folder) for path in paths)
    return tuple(
        sorted(
            os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
            for name in names
            if name.name != FILE_NAME and not any(part.startswith(".") for part in name.parts)
        )
    )


def find_file(folder: Path, name: str) -> Path:
    """Find a file that lies in the dump folder itself; a link may lead to another file there.

    Raises RefusedError for one that lies elsewhere or cannot be read.
    """
    path = folder / name
    try:
        found = path.resolve(strict=True)
    except PermissionError as error:
        raise not_permitted(error) from error
    except (OSError, RuntimeError, ValueError) as error:
        why = (
            "The link leads nowhere: deliver the file itself."
            if path.is_symlink()
            else "There is no file of that name, or the name is no UTF-8: rename the file and "
            "deliver it again."
        )
        raise RefusedError(Reason.UNREADABLE_FILE, why) from error
    if not found.is_relative_to(folder.resolve()):
        raise RefusedError(
            Reason.UNREADABLE_FILE,
            "The link leads out of the dump folder and is not followed: deliver the file itself.",
        )
    if not found.is_file():
        raise RefusedError(
            Reason.UNREADABLE_FILE,
            "The link leads to a folder and is not followed: deliver the folder itself.",
        )
    try:
        found.open("rb").close()
    except OSError as error:
        raise not_permitted(error) from error
    return found


def hash_file(folder: Path, name: str) -> str | None:
    """Hash a file as it was delivered (SHA-256); None for one that cannot be read."""
    try:
        with find_file(folder, name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (RefusedError, OSError):
        return None


def size_of(folder: Path, name: str) -> int:
    """Give the bytes of a file as it was delivered; 0 for one that cannot be read."""
    try:
        return find_file(folder, name).stat().st_size
    except (RefusedError, OSError):
        return 0


def not_permitted(error: OSError) -> RefusedError:
    """Refuse a file that the system does not let us read."""
    return RefusedError(
        Reason.UNREADABLE_FILE,
        f"The file cannot be read ({error.strerror}): check its permissions and deliver it again.",
    )

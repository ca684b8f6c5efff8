"""What goes wrong on purpose: each error is one clear line for a person, and an exit code."""

import errno
from pathlib import Path

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CommuniqueError(Exception):
    """A run that cannot go on; its text says what happened, where, and what to do."""

    exit_code = 1


class WrongCallError(CommuniqueError):
    """A wrong call or a missing place: a date that is no date, a folder that is not there."""

    exit_code = 2


class CheckFailedError(CommuniqueError):
    """A check marked fail did fail: the night stops and nothing is published."""

    exit_code = 3


def explain(error: BaseException, home: Path) -> str:
    """Say for a person what went wrong while something ran in `home`."""
    if isinstance(error, CommuniqueError):
        return str(error)
    reason = system_error_in(error)
    if reason is None:
        return f"{type(error).__name__}: {error}"
    place = reason.filename or home
    if reason.errno in _DISK_FULL:
        return (
            f"The disk is full ({place}): free some space and run again; the published file is "
            "untouched."
        )
    return (
        f"{place}: {reason.strerror or reason}. Check that it exists and that you may write there, "
        "then run again; the published file is untouched."
    )


def system_error_in(error: BaseException | None) -> OSError | None:
    """Find the refusal of the operating system, however deep a library has wrapped it."""
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error

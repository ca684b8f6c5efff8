"""What goes wrong on purpose: each error is one clear line for a person, and an exit code."""


class CommuniqueError(Exception):
    """A run that cannot go on; its text says what happened, where, and what to do."""

    exit_code = 1


class WrongCallError(CommuniqueError):
    """A wrong call or a missing place: a date that is no date, a folder that is not there."""

    exit_code = 2


class CheckFailedError(CommuniqueError):
    """A check marked fail did fail: the night stops and nothing is published."""

    exit_code = 3

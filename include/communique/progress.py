"""How far long work is, for whoever watches; silent where nobody does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

_CONSOLE = Console(stderr=True)


@contextmanager
def count_up(says: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how many of a total are done and how long the rest takes.

    The function it gives takes how many more are done.
    """
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeRemainingColumn(), **_options()) as progress:
        task = progress.add_task(says, total=total)
        yield lambda more: progress.advance(task, more)


@contextmanager
def track_bytes(says: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """Show bytes, rate and time left; the function it gives takes the bytes and records so far."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TextColumn("{task.fields[records]:,} records"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, **_options()) as progress:
        task = progress.add_task(says, total=total, records=0)
        yield lambda done, records: progress.update(task, completed=done, records=records)


def _options() -> dict[str, object]:
    return {"console": _CONSOLE, "transient": True, "disable": not _CONSOLE.is_terminal}

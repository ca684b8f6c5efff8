"""Nights on their way: one small file a night that is begun and not published, for `status`."""

import dataclasses
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from communique.errors import explain
from communique.settings import Settings

LAST_STAGE = "publish_warehouse"
_LONGEST_MESSAGE = 4_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Where a night is: in which stage since when (UTC), `running`, `done` or `failed` and why."""

    dump_date: str
    stage: str
    state: str
    at: str
    process: int
    message: str | None = None

    def __str__(self) -> str:
        """Say it in one line, with what to do."""
        if self.state == "failed":
            return f"{self.dump_date} failed in {self.stage} at {self.at} UTC: {self.message}"
        if self.state == "done":
            return f"{self.dump_date} has finished {self.stage} at {self.at} UTC and goes on."
        if _is_alive(self.process):
            return f"{self.dump_date} is running {self.stage} since {self.at} UTC."
        return (
            f"{self.dump_date} was cut off in {self.stage}, which began at {self.at} UTC: "
            f"`communique run {self.dump_date}` finishes it."
        )


@contextmanager
def keep(settings: Settings, dump_date: date, stage: str) -> Iterator[None]:
    """Note that a stage of a night runs, and how it ended; a published night is on no list."""
    note(settings, dump_date, stage, "running")
    with keep_failure(settings, dump_date, stage):
        yield
    if stage == LAST_STAGE:
        with suppress(OSError):
            _file(settings, dump_date).unlink()
    else:
        note(settings, dump_date, stage, "done")


@contextmanager
def keep_failure(settings: Settings, dump_date: date, stage: str) -> Iterator[None]:
    """Note that a part of a stage failed; of one that ends well others know no more than before."""
    try:
        yield
    except Exception as error:
        note(settings, dump_date, stage, "failed", explain(error, settings.home))
        raise


def note(
    settings: Settings, dump_date: date, stage: str, state: str, message: str | None = None
) -> None:
    """Write down where a night is. A disk that is too full for it stops nothing."""
    entry = Entry(
        dump_date=str(dump_date),
        stage=stage,
        state=state,
        at=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        process=os.getpid(),
        message=message[:_LONGEST_MESSAGE] if message else None,
    )
    file = _file(settings, dump_date)
    beside = file.with_suffix(".new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(dataclasses.asdict(entry)), encoding="utf-8")
        beside.replace(file)


def unfinished(settings: Settings) -> list[Entry]:
    """List the nights that are begun and not published, the newest first."""
    entries = []
    for file in sorted(settings.journal.glob("*.json"), reverse=True):
        # Two shares of one night may write at the same moment.
        with suppress(OSError, ValueError, TypeError):
            entries.append(Entry(**json.loads(file.read_text(encoding="utf-8"))))
    return entries


def forget_failures(
    settings: Settings, dump_dates: Collection[date], stages: Collection[str]
) -> None:
    """Drop what is noted of nights that failed in one of these stages, since it was made up for."""
    nights = set(map(str, dump_dates))
    for entry in unfinished(settings):
        if entry.dump_date in nights and entry.stage in stages and entry.state == "failed":
            _file(settings, date.fromisoformat(entry.dump_date)).unlink(missing_ok=True)


def _file(settings: Settings, dump_date: date) -> Path:
    return settings.journal / f"{dump_date}.json"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

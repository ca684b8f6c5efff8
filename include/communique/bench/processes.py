"""What a process and all below it take, looked at again and again while they work."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

_SAMPLED_EVERY = 0.5
"""Seconds."""


@dataclass(slots=True)
class Watched:
    """Peaks of memory in MiB, shared pages counted once; seconds of work by process.

    `peak_memory_mb` is what all took together at any moment, `largest_mb` what one of them took.
    """

    peak_memory_mb: float = 0
    largest_mb: float = 0
    cpu_seconds: dict[int, float] = field(default_factory=dict)

    def cpu_seconds_of_all(self) -> float:
        """Add up how long all of them have worked so far, also those that have ended."""
        return sum(self.cpu_seconds.copy().values())


def cpu_seconds_so_far() -> float:
    """Count what this process and those that it has waited for have worked."""
    return sum(os.times()[:4])


@contextmanager
def watch(process: int) -> Iterator[Watched]:
    """Watch a process and all below it while the block runs."""
    watched, stop = Watched(), threading.Event()

    def look() -> None:
        while not stop.wait(_SAMPLED_EVERY):
            memory = [_look_at(member, watched) for member in _family_of(process)]
            watched.peak_memory_mb = max(watched.peak_memory_mb, sum(memory))
            watched.largest_mb = max(watched.largest_mb, *memory, 0)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield watched
    finally:
        stop.set()
        watcher.join()


def _family_of(process: int) -> list[psutil.Process]:
    """Find a process and all below it."""
    try:
        first = psutil.Process(process)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _look_at(member: psutil.Process, watched: Watched) -> float:
    """Note how long a process has worked, and give the memory that it takes in MiB."""
    try:
        times = member.cpu_times()
        watched.cpu_seconds[member.pid] = times.user + times.system
        memory = member.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(memory, "pss", memory.uss) / 2**20

"""Work on several cores: a function over many tasks, its results in the order of the tasks."""

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

from communique.errors import CommuniqueError

Kept = TypeVar("Kept")
Result = TypeVar("Result")

_TASKS_PER_WORKER = 2
"""Tasks that are sent out at a time: one that is done, and one that waits meanwhile."""


class Map(Protocol):
    """A function that calls another one for each task."""

    def __call__(
        self, function: Callable[..., Result], tasks: Iterable[tuple[Kept, tuple[Any, ...]]]
    ) -> Iterator[tuple[Kept, Result]]:
        """Give the results in the order of the tasks.

        A task is what is kept here, and the arguments that are sent to the function; what was kept
        comes back with what the function returned. Only a few tasks are taken ahead of the
        results, so that memory is bounded.
        """
        ...


@contextmanager
def start(count: int) -> Iterator[Map]:
    """Start that many processes, which end with the block or with this process; none for one.

    Functions and tasks must be such that can be pickled, the functions of a module and not of the
    program that runs. Raises CommuniqueError when a process was
    killed from outside.
    """
    if count == 1 or multiprocessing.current_process().daemon:
        yield _map_here
        return
    # A fork of this process would copy the locks that its threads hold.
    context = multiprocessing.get_context("forkserver")
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_prepare)
    try:
        with _hidden_program():
            yield partial(_map_there, executor, _TASKS_PER_WORKER * count)
    except BrokenProcessPool:
        raise CommuniqueError(
            "A process that this one started was killed, perhaps for want of memory: run again, "
            "with COMMUNIQUE_WORKERS=1 where memory is short."
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _hidden_program() -> Iterator[None]:
    """Keep new processes from importing the program that runs: in a task, Airflow's refuses to."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def _map_here(
    function: Callable[..., Result], tasks: Iterable[tuple[Kept, tuple[Any, ...]]]
) -> Iterator[tuple[Kept, Result]]:
    for kept, sent in tasks:
        yield kept, function(*sent)


def _map_there(
    executor: ProcessPoolExecutor,
    ahead: int,
    function: Callable[..., Result],
    tasks: Iterable[tuple[Kept, tuple[Any, ...]]],
) -> Iterator[tuple[Kept, Result]]:
    waiting: deque[tuple[Kept, Future[Result]]] = deque()
    for kept, sent in tasks:
        waiting.append((kept, executor.submit(function, *sent)))
        if len(waiting) > ahead:
            done, future = waiting.popleft()
            yield done, future.result()
    for done, future in waiting:
        yield done, future.result()


def _prepare() -> None:
    """Leave it to the process that started this one to end it, also where that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)

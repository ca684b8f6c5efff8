"""Work on several cores gives what one core gives, and nothing outlives who asked for it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique import workers
from communique.errors import CommuniqueError


def square(number):
    return number * number


def die(number):
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number):
    raise ValueError(f"{number} is refused")


@pytest.mark.parametrize("count", [1, 2])
def test_results_come_in_the_order_of_the_tasks(count):
    with workers.start(count) as run:
        found = list(run(square, ((number, (number,)) for number in range(20))))

    assert found == [(number, number * number) for number in range(20)]


def test_few_tasks_are_taken_ahead_of_the_results():
    taken = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield number, (number,)

    with workers.start(2) as run:
        next(run(square, tasks()))

    assert len(taken) < 10


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_in_a_task_reaches_who_asked(count):
    with pytest.raises(ValueError, match="3 is refused"), workers.start(count) as run:
        list(run(fail, [(None, (3,))]))


def test_a_process_that_is_killed_is_told_in_words():
    with pytest.raises(CommuniqueError, match="COMMUNIQUE_WORKERS=1"), workers.start(2) as run:
        list(run(die, [(None, (3,))]))


PROGRAM = """
import os, time
from communique import workers

assert __name__ == "__main__", "programs such as Airflow's cannot be imported everywhere"
with workers.start(2) as run:
    print(*{pid for _, pid in run(os.getpid, [(None, ())] * 9)}, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_processes_do_without_the_program_that_started_them_and_end_with_it(tmp_path, how):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs, such as these tests may be, ignore SIGINT and pass that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        started = list(map(int, process.stdout.readline().split()))
        process.send_signal(how)
        process.wait()

    assert started
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]

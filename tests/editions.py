"""A small partition that tests write and read, on a disk and in object storage alike."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Event

from communique import lake
from communique.records import ExtractionRun, JudgingRun

NIGHT = date(2026, 3, 9)
TABLES = {"judging_runs": JudgingRun, "extraction_runs": ExtractionRun}
_AT = datetime(2026, 3, 9, 3)
_HALF_WRITER = """
import sys
from editions import *
with lake.replace_partition(partition_in(sys.argv[1]), TABLES) as writer:
    writer.append(records_of("killed"))
    writer.finish("judging_runs")
    print("half", flush=True)
    sys.stdin.read()
"""


def partition_in(address: str) -> lake.Partition:
    return lake.partition(address, "judged", NIGHT)


def records_of(name: str) -> list[JudgingRun | ExtractionRun]:
    """One record a table, which tell by whom they were written."""
    return [
        JudgingRun(
            judging_run_id=name, extraction_run_id=name, judge_version="1", codebook_version="1",
            dump_date=NIGHT, started_at=_AT, stance_count=0,
        ),
        ExtractionRun(
            extraction_run_id=name, extractor_version="1", model_hash="1", dump_date=NIGHT,
            input_hash="1", started_at=_AT, article_count=0, statement_count=0,
        ),
    ]  # fmt: skip


def write(address: str, name: str) -> None:
    """Replace the partition."""
    with lake.replace_partition(partition_in(address), TABLES) as writer:
        writer.append(records_of(name))


def read(edition: lake.Edition | None) -> set[str]:
    """Tell by whom the tables of an edition were written: by one, if it is whole."""
    if edition is None:
        return set()
    judging = lake.read_run(edition, "judging_runs", JudgingRun)
    extraction = lake.read_run(edition, "extraction_runs", ExtractionRun)
    return {judging.judging_run_id, extraction.extraction_run_id}


def editions_in(address: str) -> list[str]:
    return partition_in(address).place.names()


def read_during_replacements(address: str, count: int) -> list[set[str]]:
    """Replace the partition so many times; gives what two readers have read meanwhile.

    An edition stays for one replacement more, so the writer lets each reader end what it began.
    """
    write(address, "0")
    is_over = Event()
    found = [], []

    def keep_reading(own: list[set[str]]) -> None:
        while not is_over.is_set():
            own.append(read(partition_in(address).current()))

    with ThreadPoolExecutor(2) as readers:
        reading = [readers.submit(keep_reading, own) for own in found]
        try:
            for number in range(1, count + 1):
                write(address, str(number))
                goals = [len(own) + 2 for own in found]
                while any(len(own) < goal for own, goal in zip(found, goals, strict=True)):
                    assert not any(one.done() for one in reading)
                    time.sleep(0.001)
        finally:
            is_over.set()
        for one in reading:
            one.result()
    return [*found[0], *found[1]]


def kill_half_way(address: str, environment: dict[str, str]) -> None:
    """Write one table of a new edition in a process of its own, and kill that."""
    with subprocess.Popen(
        [sys.executable, "-c", _HALF_WRITER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
        env=environment,
    ) as writer:
        assert writer.stdout.readline() == "half\n"
        writer.kill()

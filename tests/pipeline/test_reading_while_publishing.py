"""Readers never wait and never see half a night, however often is published."""

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from builds import invent_build
from communique import warehouse

READERS = 8
PUBLISHES = 50
KEPT = 7
SECONDS_BETWEEN = 0.2
"""A release is kept for so many publications; a reader opens what it was led to before that."""
START = datetime(2026, 3, 2, 5, 0)

READER = """
import json, sys
from pathlib import Path
import duckdb

published, stop = Path(sys.argv[1]), Path(sys.argv[2])
nights, errors, torn, reads = set(), [], [], 0
while not stop.exists():
    try:
        with duckdb.connect(published, read_only=True, config={"threads": 1}) as connection:
            row = connection.execute(
                "select min(night), max(night), count(*), "
                "(select min(night) from marts.fct_stances), "
                "(select statement_count from ops.publications order by published_at desc limit 1) "
                "from marts.fct_statements"
            ).fetchone()
    except Exception as error:
        errors.append(str(error))
        continue
    reads += 1
    first, last, rows, of_stances, announced = row
    nights.add(last)
    if not (first == last == of_stances and rows == announced):
        torn.append(row)
    if reads == 1:
        print("reading", flush=True)
print(json.dumps({"reads": reads, "errors": errors, "torn": torn, "nights": sorted(nights)}))
"""


@pytest.fixture
def publish(tmp_path):
    """Build and publish the night of a number."""

    def run(night: int):
        return warehouse.publish(
            invent_build(tmp_path, night),
            tmp_path / "releases",
            tmp_path / "warehouse.duckdb",
            published_at=START + timedelta(days=night),
            keep=KEPT,
        )

    return run


def size_of(folder) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_eight_readers_see_only_whole_nights_through_fifty_publishes(publish, tmp_path):
    publish(1)
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, tmp_path / "warehouse.duckdb", stop],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        assert [reader.stdout.readline() for reader in readers] == ["reading\n"] * READERS
        for night in range(2, PUBLISHES + 2):
            publish(night)
            time.sleep(SECONDS_BETWEEN)
    finally:
        stop.touch()
        told = [json.loads(reader.communicate()[0]) for reader in readers]

    assert [one["errors"] for one in told] == [[]] * READERS
    assert [one["torn"] for one in told] == [[]] * READERS
    assert all(len(one["nights"]) > 1 for one in told)


def test_the_last_releases_are_kept_and_the_disk_does_not_fill(publish, tmp_path):
    used = []
    for night in range(1, 4 * KEPT + 1):
        publish(night)
        used.append(size_of(tmp_path) / night)

    assert len(list((tmp_path / "releases").iterdir())) == KEPT
    assert used[-1] <= used[KEPT]

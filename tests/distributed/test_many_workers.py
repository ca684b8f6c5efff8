"""A night on many workers is the night of one machine, also when a worker dies in it."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from communique.bench.invented_articles import NIGHT, write_articles
from communique.settings import Settings
from house import House

pytestmark = pytest.mark.distributed

ARTICLES = 60
"""Two shares of two chunks and more."""


@pytest.fixture
def hash_of_one_machine(house, tmp_path) -> str:
    """The content hash of what `communique run` publishes of the night."""
    write_articles(Settings.from_environment({}), house.settings, article_count=ARTICLES)
    alone = House(replace(house.settings, home=tmp_path / "alone", workers=2))
    run = alone.call("run", NIGHT)
    assert run.returncode == 0, run.stdout + run.stderr
    return newest_hash(alone)


def test_a_night_of_which_a_worker_is_killed_while_it_extracts_is_published_as_by_one_machine(
    hash_of_one_machine, cluster
):
    with ThreadPoolExecutor(1) as waiting:
        night = waiting.submit(cluster.airflow.backfill, NIGHT, NIGHT)
        draft = half_a_chunk_after_a_whole_one(cluster.second, night)
        cluster.second.kill()
        assert draft.is_dir()
        (run,) = night.result().values()

    assert set(run.states.values()) == {"success"}, run.states
    assert newest_hash(cluster.first.house) == hash_of_one_machine
    assert not draft.exists()
    assert not cluster.second.house.settings.build_file.exists()


def half_a_chunk_after_a_whole_one(worker, night: Future) -> Path:
    """Wait until a worker has made one chunk and has begun an edition of the next."""
    first = None
    while not night.done():
        chunk = worker.chunk_in_hand()
        first = first or chunk
        manifest = chunk and chunk.with_name(f"{chunk.name}.json")
        if chunk and chunk != first and chunk.is_dir() and not manifest.exists():
            return chunk
        time.sleep(0.05)
    pytest.fail(f"the night has ended before the worker made two chunks: {night.result()}")


def newest_hash(house: House) -> str:
    ((newest,),) = house.ask(
        "select marts_hash from ops.publications order by published_at desc limit 1"
    )
    return newest

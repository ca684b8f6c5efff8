"""The lake and the published files in object storage: what holds on a disk holds there."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import duckdb
import pytest

from communique import chunks, lake, mirror
from communique.errors import CommuniqueError
from communique.records import EXTRACTED_TABLES, LANDED_TABLES
from communique.settings import CHECKOUT, Settings
from communique.stages import extract, land
from communique.store import ChangedMeanwhileError, Place
from editions import (
    NIGHT,
    TABLES,
    editions_in,
    kill_half_way,
    partition_in,
    read,
    read_during_replacements,
    records_of,
    write,
)
from house import FIRST_NIGHT, SECRET, House, files_that_tell
from markdown_blocks import blocks_of

pytestmark = pytest.mark.distributed


@pytest.fixture
def address(bucket, request) -> str:
    return f"{bucket}/{request.node.name}"


@pytest.fixture(scope="module")
def night(bucket, tmp_path_factory) -> House:
    """A night of the sample, from a lake in object storage published there, too."""
    settings = replace(
        Settings.from_environment({}),
        home=tmp_path_factory.mktemp("home"),
        lake_at=f"{bucket}/lake",
        publish_to=f"{bucket}/published",
        keep_releases=2,
        workers=2,
    )
    house = House(settings)
    run = house.call("run", FIRST_NIGHT)
    assert run.returncode == 0, run.stdout + run.stderr
    assert SECRET not in run.stdout + run.stderr
    assert "/published/newest points" in run.stdout
    return house


def test_a_night_in_object_storage_is_the_one_on_a_disk(night, week):
    published = "select marts_hash from ops.publications where last_dump_date = ?"
    assert night.ask(published, FIRST_NIGHT) == week.ask(published, FIRST_NIGHT)
    hashes = [
        lake.content_hash(lake.find(house.settings.lake, step, FIRST_NIGHT), tables)
        for house in (night, week)
        for step, tables in (
            ("landed", LANDED_TABLES.keys() - {"loads"}),
            ("extracted", EXTRACTED_TABLES.keys() - {"extraction_runs"}),
        )
        for tables in [sorted(tables)]
    ]
    assert hashes[:2] == hashes[2:], "the files are the same, byte for byte"
    assert lake.dump_dates(night.settings.lake, "judged") == [FIRST_NIGHT]
    assert Place(f"{night.settings.lake}/chunks").names() == []
    assert not (night.settings.home / "lake").exists()


def test_a_night_that_is_done_is_kept(night):
    run = night.call("backfill", FIRST_NIGHT, FIRST_NIGHT)

    assert run.stdout == "1 of 1 night(s) are done and kept (--again does them again).\n"


def test_no_file_tells_the_key_of_the_storage(night):
    assert files_that_tell(SECRET, night.settings.home) == []


@pytest.fixture
def httpfs():
    """What DuckDB fetches by itself where it may: its extension for addresses of S3."""
    extensions = pytest.importorskip("duckdb_extensions")
    with duckdb.connect() as connection:
        extensions.import_extension("httpfs", con=connection)


def test_an_analyst_opens_the_newest_release_with_two_calls_of_the_page(night, httpfs):
    *_, lines = blocks_of(CHECKOUT / "docs" / "larger.md", "python")
    exec(lines.text.replace("s3://bucket/published", night.settings.publish_to))
    found = duckdb.sql("select count(*) from news.marts.fct_statements").fetchone()
    duckdb.sql("detach news")

    assert found == night.ask("select count(*) from marts.fct_statements")[0]


def test_an_analyst_opens_a_release_in_plain_sql(night, storage, httpfs):
    there = night.settings.publish_to
    with duckdb.connect() as connection:
        connection.execute("load httpfs")
        connection.execute(
            f"create secret (type s3, key_id 'communique', secret '{SECRET}', "
            f"endpoint '{storage}', url_style 'path', use_ssl false)"
        )
        query = f"select content from read_text('{there}/newest')"
        (newest,) = connection.execute(query).fetchone()
        connection.execute(f"attach '{there}/{newest}' as news (read_only)")
        found = connection.execute("select count(*) from news.marts.fct_statements").fetchone()

    assert found == night.ask("select count(*) from marts.fct_statements")[0]


def test_only_the_newest_releases_are_kept_in_object_storage(tmp_path, address):
    for name in ("1", "12", "2"):
        release = tmp_path / name / "warehouse.duckdb"
        release.parent.mkdir()
        release.write_text(f"release {name}")
        copy = mirror.hand_out(release, address, keep=2)

    assert Place(f"{address}/releases").names() == ["12", "2"]
    assert (Place(address) / "newest").read() == b"releases/2/warehouse.duckdb"
    assert copy.read() == b"release 2"


def test_what_cannot_be_published_there_stands_here(night, storage):
    elsewhere = House(replace(night.settings, publish_to="s3://no-such-bucket/published"))
    before = night.settings.published_file.readlink()

    run = elsewhere.call("publish", FIRST_NIGHT)

    assert run.returncode == 1
    assert f"The night is published here, as {night.settings.published_file}" in run.stderr
    assert "There is no bucket no-such-bucket: make it" in run.stderr
    assert night.settings.published_file.readlink() != before


def test_who_reads_while_a_partition_is_replaced_never_sees_a_mixture(address):
    found = read_during_replacements(address, 25)

    assert {len(one) for one in found} == {1}
    assert len(set(map(frozenset, found))) > 3
    assert read(partition_in(address).current()) == {"25"}
    assert len(editions_in(address)) == 2


def test_a_writer_that_is_killed_leaves_the_old_partition_and_the_next_one_clears_up(address):
    write(address, "old")
    kill_half_way(address, dict(os.environ))
    assert len(editions_in(address)) == 2
    assert read(partition_in(address).current()) == {"old"}

    write(address, "new")

    assert read(partition_in(address).current()) == {"new"}
    assert len(editions_in(address)) == 2


def test_of_writers_at_once_one_is_first_and_the_others_are_told_who(address):
    write(address, "old")
    begin, end = Barrier(4), Barrier(4)

    def compete(name):
        with lake.replace_partition(partition_in(address), TABLES) as writer:
            begin.wait()
            writer.append(records_of(name))
            end.wait()
        return name

    with ThreadPoolExecutor(4) as writers:
        runs = [writers.submit(compete, str(number)) for number in range(4)]
    errors = [run.exception() for run in runs if run.exception()]

    (first,) = [run.result() for run in runs if not run.exception()]
    assert read(partition_in(address).current()) == {first}
    assert len(errors) == 3
    assert all(isinstance(one, ChangedMeanwhileError) for one in errors)
    assert all(f"process {os.getpid()} on " in str(one) for one in errors)
    assert len(editions_in(address)) == 2


def test_a_writer_that_was_overtaken_while_it_was_cleared_up_after_spoils_nothing(address):
    write(address, "old")
    with (
        pytest.raises(CommuniqueError),
        lake.replace_partition(partition_in(address), TABLES) as writer,
    ):
        writer.append(records_of("late"))
        writer.finish("judging_runs")
        write(address, "new")
        write(address, "newer")

    assert read(partition_in(address).current()) == {"newer"}


def test_a_chunk_that_two_make_at_once_is_made(bucket, house, deliver):
    house = House(replace(house.settings, lake_at=f"{bucket}/twice", workers=1))
    deliver(NIGHT, "a.jsonl", json.dumps(article(1)) + "\n")
    land.do(house.settings, NIGHT)
    begin = Barrier(2)

    class Slow(extract.Extraction):
        def do(self, articles, partition):
            begin.wait()
            super().do(articles, partition)

    ((share,),) = chunks.plan(extract.Extraction, house.settings, NIGHT)
    with ThreadPoolExecutor(2) as workers:
        both = [
            workers.submit(chunks.do_share, Slow, house.settings, NIGHT, [share]) for _ in range(2)
        ]
        assert [one.result().counts["articles"] for one in both] == [1, 1]

    report = chunks.gather(extract.Extraction, house.settings, NIGHT)

    assert report.counts == {"articles": 1, "statements": 1}


def test_processes_that_share_a_night_out_make_what_one_makes_on_a_disk(
    bucket, house, deliver, monkeypatch
):
    deliver(NIGHT, "a.jsonl", "".join(json.dumps(article(number)) + "\n" for number in range(5)))
    monkeypatch.setattr(chunks, "LEAST_CHARACTERS", 1)
    alone = replace(house.settings, workers=1)
    together = replace(house.settings, workers=2, lake_at=f"{bucket}/processes")
    tables = sorted(EXTRACTED_TABLES.keys() - {"extraction_runs"})

    hashes = set()
    for settings in (alone, together):
        land.do(settings, NIGHT)
        assert extract.do(settings, NIGHT).counts == {"articles": 5, "statements": 5}
        hashes.add(lake.content_hash(lake.find(settings.lake, "extracted", NIGHT), tables))

    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"COMMUNIQUE_LAKE": "s3://no-such-bucket/lake"}, "There is no bucket no-such-bucket"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "there are no credentials for it"),
        ({"AWS_PROFILE": "nobody"}, "there are no credentials for it"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "cannot be reached"),
    ],
    ids=["bucket", "credentials", "profile", "network"],
)
def test_a_lake_that_cannot_be_opened_is_one_clear_line(
    bucket, house, deliver, monkeypatch, wrong, told
):
    deliver(NIGHT, "a.jsonl", "{}\n")
    house = House(replace(house.settings, lake_at=f"{bucket}/lake"))
    environment = house.environment | wrong

    run = house.call("land", NIGHT, environment=environment)

    assert run.returncode in (1, 2)
    assert told in run.stderr
    assert "Traceback" not in run.stderr
    assert SECRET not in run.stdout + run.stderr


def test_a_bucket_that_denies_is_one_clear_line_that_names_the_permissions(storage, house, deliver):
    deliver(NIGHT, "a.jsonl", "{}\n")
    files = Place("s3://denied").files
    files.call_s3("create_bucket", Bucket="denied")
    policy = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::*"}
    files.call_s3(
        "put_bucket_policy",
        Bucket="denied",
        Policy=json.dumps({"Version": "2012-10-17", "Statement": [policy]}),
    )
    house = House(replace(house.settings, lake_at="s3://denied/lake"))

    run = house.call("land", NIGHT)

    assert run.returncode == 2
    assert "is denied to us" in run.stderr
    assert "s3:PutObject" in run.stderr
    assert "Traceback" not in run.stderr


def article(number: int) -> dict[str, str]:
    return {
        "url": f"https://tribune.example/{number}",
        "source": "Tribune",
        "title": f"Minister speaks {number}",
        "text": f"“We will leave in {number} days,” Foreign Minister Dana Roshal said on Monday.",
    }

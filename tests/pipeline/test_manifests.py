"""Partitions are replaced whole while others read them, and what failed is never read."""

import os
import shutil
from pathlib import Path

import pytest

from communique import lake
from communique.errors import CommuniqueError
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


@pytest.fixture
def address(tmp_path) -> str:
    return str(tmp_path / "lake")


def test_who_reads_while_a_partition_is_replaced_never_sees_a_mixture(address):
    found = read_during_replacements(address, 25)

    assert {len(one) for one in found} == {1}
    assert len(set(map(frozenset, found))) > 3
    assert read(partition_in(address).current()) == {"25"}
    assert len(editions_in(address)) == 2


def test_who_has_opened_an_edition_can_read_it_until_the_next_replacement_but_one(address):
    write(address, "first")
    opened = partition_in(address).current()

    write(address, "second")

    assert read(opened) == {"first"}
    assert read(partition_in(address).current()) == {"second"}


def test_a_writer_that_is_killed_leaves_the_old_partition_and_the_next_one_clears_up(address):
    write(address, "old")
    kill_half_way(address, dict(os.environ))
    assert len(editions_in(address)) == 2
    assert read(partition_in(address).current()) == {"old"}

    write(address, "new")

    assert read(partition_in(address).current()) == {"new"}
    assert len(editions_in(address)) == 2
    assert lake.dump_dates(address, "judged") == [NIGHT]


def test_a_writer_that_fails_leaves_the_old_partition_and_nothing_else(address):
    write(address, "old")

    with (
        pytest.raises(ZeroDivisionError),
        lake.replace_partition(partition_in(address), TABLES) as writer,
    ):
        writer.append(records_of("new"))
        raise ZeroDivisionError

    assert read(partition_in(address).current()) == {"old"}
    assert len(editions_in(address)) == 1


def test_a_manifest_that_may_be_written_or_not_loses_no_edition(address, monkeypatch):
    replace = Place.replace

    def lose_the_answer(self, content, seen):
        replace(self, content, seen)
        raise CommuniqueError("the network is gone")

    monkeypatch.setattr(Place, "replace", lose_the_answer)

    with pytest.raises(CommuniqueError, match="the network is gone"):
        write(address, "new")

    assert read(partition_in(address).current()) == {"new"}


def test_of_two_writers_at_once_the_second_is_told_who_was_first(address):
    with (
        pytest.raises(ChangedMeanwhileError, match=f"process {os.getpid()} on .* wrote it first"),
        lake.replace_partition(partition_in(address), TABLES) as writer,
    ):
        writer.append(records_of("second"))
        write(address, "first")

    assert read(partition_in(address).current()) == {"first"}
    assert len(editions_in(address)) == 1


def test_a_first_partition_that_was_killed_is_none(address):
    kill_half_way(address, dict(os.environ))

    assert partition_in(address).current() is None
    assert lake.dump_dates(address, "judged") == []


def test_a_lake_that_is_moved_can_be_read(address, tmp_path):
    write(address, "old")

    shutil.move(address, tmp_path / "elsewhere")

    assert read(partition_in(str(tmp_path / "elsewhere")).current()) == {"old"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"edition": 7}', '{"edition": "../other"}'])
def test_a_manifest_that_names_no_edition_says_what_to_do(address, content):
    write(address, "old")
    manifest = Path(partition_in(address).manifest.path)
    manifest.write_text(content)

    with pytest.raises(CommuniqueError, match="remove it, and run the night again") as told:
        partition_in(address).current()

    assert str(manifest) in str(told.value)

"""A line of `reviews.csv` that decides nothing usable is named, with what is allowed."""

import csv
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from communique import warehouse
from communique.errors import CommuniqueError
from communique.records import Review

HEADER = "target_table,target_id,decision,reviewer,reviewed_at,note,value\n"
ACTOR, OTHER_ACTOR = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def read(tmp_path: Path):
    def write_and_read(*lines: str, header: str = HEADER) -> list[Review]:
        file = tmp_path / "reviews.csv"
        file.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return warehouse.read_reviews(file)

    return write_and_read


def test_a_file_without_values_is_read_as_before(read):
    (review,) = read(
        f"fct_stances,{ACTOR},rejected,ada,2026-03-09T08:00:00+02:00,misread",
        header="target_table,target_id,decision,reviewer,reviewed_at,note\n",
    )

    assert (review.decision, review.note, review.value) == ("rejected", "misread", None)
    assert review.reviewed_at == datetime(2026, 3, 9, 6)


def test_one_person_may_merge_and_rename_an_actor_at_one_time(read):
    reviews = read(
        f"dim_actors,{ACTOR},merge,ada,2026-03-09T08:00:00,,{OTHER_ACTOR}",
        f"dim_actors,{ACTOR},rename,ada,2026-03-09T08:00:00,,Bureau of Tides",
    )

    assert [review.value for review in reviews] == [OTHER_ACTOR, "Bureau of Tides"]
    assert len({review.review_id for review in reviews}) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            f"dim_outlets,{ACTOR},merge,ada,2026-03-09,,{OTHER_ACTOR}",
            "target_table is 'dim_outlets'; write dim_actors, dim_actor_aliases, "
            "dim_actor_roles or fct_stances.",
        ),
        (
            f"dim_actors,{ACTOR},delete,ada,2026-03-09,,",
            "decision is 'delete'; on a row of dim_actors write merge or rename.",
        ),
        (
            f"dim_actors,{ACTOR},merge,ada,2026-03-09,,Bureau of Tides",
            "value is 'Bureau of Tides'; for the decision merge write an actor_id.",
        ),
        (
            f"dim_actors,{ACTOR},rename,ada,2026-03-09,,",
            "value is ''; for the decision rename write a name.",
        ),
        (
            f"dim_actor_roles,{ACTOR},end,ada,2026-03-09,,20 March",
            "value is '20 March'; for the decision end write a day such as 2026-03-02.",
        ),
        (
            f"dim_actor_aliases,{ACTOR},reject,ada,2026-03-09,,{OTHER_ACTOR}",
            f"value is '{OTHER_ACTOR}'; for the decision reject leave it empty.",
        ),
        (
            f"fct_stances,{ACTOR},rejected,ada,yesterday,,",
            "reviewed_at is 'yesterday'; write a time such as 2026-03-02T09:30:00.",
        ),
    ],
)
def test_a_line_that_cannot_be_decided_is_named_with_what_is_allowed(read, line, message):
    with pytest.raises(CommuniqueError) as error:
        read(f"fct_stances,{ACTOR},accepted,ada,2026-03-08,,", line)

    assert str(error.value).endswith(f"reviews.csv, line 3: {message}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"fct_stances,{ACTOR},rejected,José,2026-03-09,,".encode("cp1252"), "is not in UTF-8"),
        ("sep=;\r\n".encode("utf-16"), "is not in UTF-8"),
        (b"fct_stances," + b"a" * 200_000, "is no CSV"),
    ],
)
def test_a_file_that_a_spreadsheet_has_saved_otherwise_is_named(tmp_path, request, content, reason):
    # Who reads dumps has raised the limit for the whole process, and a cell beyond it is no CSV.
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(1_000)))
    file = tmp_path / "reviews.csv"
    file.write_bytes(HEADER.encode() + content)

    with pytest.raises(CommuniqueError) as error:
        warehouse.read_reviews(file)

    assert str(error.value).startswith(f"{file} {reason} (")
    assert str(error.value).endswith("save it as CSV with commas, in UTF-8.")


def test_a_build_file_of_an_earlier_version_takes_reviews_with_values(tmp_path, read):
    build_file = tmp_path / "build.duckdb"
    with duckdb.connect(build_file) as connection:
        connection.execute("create schema raw")
        connection.execute(
            "create table raw.reviews (review_id varchar not null, target_table varchar not null, "
            "target_id varchar not null, decision varchar not null, reviewer varchar not null, "
            "reviewed_at timestamp not null, note varchar)"
        )
    reviews = read(f"dim_actors,{ACTOR},rename,ada,2026-03-09T08:00:00,,Bureau of Tides")

    warehouse.replace_all(build_file, Review, reviews)

    _, rows = warehouse.query(build_file, "select value, note from raw.reviews")
    assert rows == [("Bureau of Tides", None)]

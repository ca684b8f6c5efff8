"""What a partition holds does not hang on how it was written, nor on how it is read."""

from dataclasses import replace

import pytest

from communique import lake
from communique.lake import writing
from communique.records import Article, Block
from editions import NIGHT, partition_in

TABLES = {"articles": Article, "article_blocks": Block}
ARTICLES = [
    Article(
        article_version_id=f"{number:016x}", article_id=f"{number:016x}", dump_date=NIGHT,
        dump_file="a.jsonl", dump_record=number, byte_offset=None, dump_format="jsonl", url=None,
        canonical_url=None, outlet_name="Tribune", outlet_domain=None, title=f"Nr. {number}",
        standfirst=None, author=None, body_text="Better late than never. " * (number % 40),
        content_hash="", language_code="en", published_text=None, published_at=None,
        published_precision="none", published_reason=None, wire_credit=None, extra=None,
    )
    for number in range(333)
]  # fmt: skip
BLOCKS = [
    Block(
        article_version_id=one.article_version_id, dump_date=NIGHT, block_number=number,
        block_type="body", char_start=number, char_end=number + 1,
    )
    for one in ARTICLES
    for number in range(one.dump_record % 5)
]  # fmt: skip


@pytest.fixture(autouse=True)
def small_groups(monkeypatch):
    """So that a small night is written in many."""
    monkeypatch.setattr(writing, "ROWS_PER_GROUP", 50)
    monkeypatch.setattr(writing, "BYTES_PER_GROUP", 12_000)
    monkeypatch.setattr(writing, "_RECORDS_PER_TABLE", 20)


@pytest.fixture
def write(tmp_path):
    def fill(name, *steps):
        partition = partition_in(str(tmp_path / name))
        with lake.replace_partition(partition, TABLES) as writer:
            for step in steps:
                step(writer)
        return partition.current()

    return fill


def records(first, last):
    return lambda writer: writer.append([*ARTICLES[first:last], *BLOCKS[first:last]])


def tables(size):
    def append(writer):
        for kind, rows in ((Article, ARTICLES), (Block, BLOCKS)):
            whole = lake.to_table(kind, rows)
            for start in range(0, len(rows), size):
                writer.append_table(kind, whole.slice(start, size))

    return append


def edition(of):
    return lambda writer: [writer.append_edition(of, kind) for kind in TABLES.values()]


def test_equal_records_make_equal_files_however_many_come_at_a_time(write):
    at_once = write("at once", records(0, 1000))
    halves = [
        write(f"half {n}", records(*places)) for n, places in enumerate([(0, 70), (70, 1000)])
    ]

    hashes = [
        lake.content_hash(one, TABLES)
        for one in (
            at_once,
            write("one by one", *[records(place, place + 1) for place in range(1000)]),
            write("in small tables", tables(7)),
            write("in one table", tables(1000)),
            write("out of two partitions", *map(edition, halves)),
            write("mixed", records(0, 70), edition(halves[1])),
        )
    ]

    assert len(set(hashes)) == 1
    assert list(lake.read_records(at_once, "articles", Article)) == ARTICLES
    assert list(lake.read_records(at_once, "article_blocks", Block)) == BLOCKS


def test_a_long_text_fills_a_group_by_itself(write):
    def sizes(of):
        return [rows.num_rows for rows in lake.reading.read_groups(of, "articles", Article)]

    long = replace(ARTICLES[1], body_text="x" * 12_000)

    written = write("long", lambda writer: writer.append([ARTICLES[0], long, *ARTICLES[2:4]]))

    assert sizes(written) == [2, 2]


def test_appending_a_partition_tells_how_many_records_it_had(write):
    whole = write("whole", records(0, 1000))
    counts = []

    write("copy", lambda writer: counts.append(writer.append_edition(whole, Block)))

    assert counts == [len(BLOCKS)] == [lake.count_rows(whole, "article_blocks")]


def test_the_hash_that_the_writer_notes_is_that_of_the_files(write):
    written = write("noted", records(0, 1000))

    assert set(written.hashes) == set(TABLES)
    read_anew = lake.Edition(written.folder)
    assert lake.content_hash(written, TABLES) == lake.content_hash(read_anew, TABLES)


@pytest.mark.parametrize("places", [(0, 1), (0, 333), (49, 51), (50, 50), (120, 290), (332, 333)])
def test_articles_are_found_by_their_places(write, places):
    written = write("night", records(0, 1000))

    assert lake.read_articles(written, *places) == ARTICLES[slice(*places)]


def test_blocks_are_found_by_their_articles(write):
    written = write("night", records(0, 1000))
    wanted = {one.article_version_id for one in ARTICLES[3:5] + ARTICLES[300:302]}

    found = lake.read_blocks(written, wanted)

    assert [block for blocks in found.values() for block in blocks] == [
        block for block in BLOCKS if block.article_version_id in wanted
    ]


def test_a_table_without_records_is_there_all_the_same(write):
    written = write("empty")

    assert lake.count_rows(written, "articles") == 0
    assert lake.read_articles(written, 0, 10) == []

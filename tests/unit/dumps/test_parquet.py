import gzip
import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.dumps import Reason
from communique.dumps.readers import parquet
from communique.dumps.refusals import RefusedError

TEXT = "The ice is gone from the gulf, and the ferries sail."


def pack(columns, **options):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


def records(columns, **options):
    return list(parquet.read(io.BytesIO(pack(columns, **options))))


def test_each_row_is_an_article(read):
    content = pack({"text": [TEXT, "Fog."], "title": ["Ice", None]})
    delivery = read("articles.parquet", content)
    assert delivery.dump_format == "parquet"
    assert [(article.dump_record, article.title) for article in delivery.articles] == [
        (1, "Ice"), (2, None),
    ]  # fmt: skip


def test_a_packed_file_that_cannot_be_read_from_its_end_is_read(read):
    delivery = read("a.parquet.gz", gzip.compress(pack({"text": [TEXT] * 3})))
    assert (len(delivery.articles), delivery.dump_format) == (3, "parquet.gz")


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_rows_are_read_in_any_compression_and_in_order(compression):
    texts = [f"The ice is {number} days old." for number in range(1000)]
    found = records({"text": texts}, compression=compression, row_group_size=300)
    assert [record.fields["text"] for record in found] == texts
    assert [record.number for record in found] == list(range(1, 1001))


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Tallinn"])
def test_a_time_is_read_as_a_time(read, unit, zone):
    moments = pa.array([datetime(2026, 3, 7, 22, 13, 20)]).cast(pa.timestamp(unit, zone))
    (article,) = read("a.parquet", pack({"text": [TEXT], "published_at": moments})).articles
    assert article.published_at == datetime(2026, 3, 7, 22, 13, 20)
    assert article.published_precision == "exact"


def test_a_time_finer_than_python_has_is_read(read):
    moments = pa.array([1_772_921_600_123_456_789], pa.timestamp("ns"))
    (article,) = read("a.parquet", pack({"text": [TEXT], "date": moments})).articles
    assert article.published_at == datetime(2026, 3, 7, 22, 13, 20, 123456)


def test_a_day_is_read_as_a_day(read):
    days = pa.array([datetime(2026, 3, 7, tzinfo=UTC).date()])
    (article,) = read("a.parquet", pack({"text": [TEXT], "date": days})).articles
    assert article.published_precision == "day"


@pytest.mark.parametrize(
    "odd",
    [pa.array([9 * 10**17], pa.timestamp("us")), pa.array([2**30], pa.date32()),
     pa.array([0], pa.timestamp("ms", "Nowhere/Land")), pa.array([7], pa.duration("ns"))],
)  # fmt: skip
def test_a_time_that_python_cannot_hold_does_not_stop_the_reading(read, odd):
    (article,) = read("a.parquet", pack({"text": [TEXT], "date": odd})).articles
    assert article.published_at is None


def test_lists_and_objects_stay_what_they_are(read):
    columns = {
        "paragraphs": [["The ice is gone.", "The ferries sail."]],
        "source": [{"name": "The Gulf Post", "id": 7}],
        "counts": pa.array([[("ice", 1)]], pa.map_(pa.string(), pa.int64())),
    }
    (article,) = read("a.parquet", pack(columns)).articles
    assert article.body_text == "The ice is gone.\n\nThe ferries sail."
    assert article.outlet_name == "The Gulf Post"
    assert json.loads(article.extra)["counts"] == {"ice": 1}


def test_a_text_in_bytes_is_text_and_other_bytes_are_left_out():
    (found,) = records({"text": ["Лёд ушёл.".encode()], "image": [{"bytes": b"\x89PNG"}]})
    assert found.fields == {"text": "Лёд ушёл.", "image": {"bytes": None}}


def test_a_missing_number_is_nothing(read):
    (article,) = read("a.parquet", pack({"text": [TEXT], "author": [float("nan")]})).articles
    assert article.author is None
    assert json.loads(article.extra or "{}").get("author") is None


def test_a_text_that_is_not_utf_8_is_refused_and_the_next_row_is_read(read):
    texts = pa.array([b"\xff\xfe", b"The ice is gone."]).view(pa.string())
    delivery = read("a.parquet", pack({"text": texts}))
    assert len(delivery.articles) == 1
    assert [(row.record_number, row.reason_code) for row in delivery.rejected] == [
        (1, Reason.INVALID_ENCODING)
    ]


def test_a_row_without_text_is_refused(read):
    delivery = read("a.parquet", pack({"text": [None, TEXT]}))
    assert [row.reason_code for row in delivery.rejected] == [Reason.NO_TEXT]
    assert len(delivery.articles) == 1


def test_a_row_that_is_too_large_is_refused_and_the_next_one_is_read(read):
    large = "x" * (parquet.LARGEST + 1)
    delivery = read("a.parquet", pack({"text": [large, TEXT, large]}, compression="zstd"))
    assert [row.reason_code for row in delivery.rejected] == [Reason.RECORD_TOO_LARGE] * 2
    assert len(delivery.articles) == 1


def test_a_refused_row_is_shown(read):
    (row,) = read(
        "a.parquet", pack({"title": ["Ice leaves the gulf"], "url": ["a.example"]})
    ).rejected
    assert row.raw_excerpt == "Ice leaves the gulf | a.example"


def test_a_column_whose_name_is_not_utf_8_is_damage():
    content = pack({"text": [TEXT], "tally": ["a"]}, store_schema=False, compression="none")
    with pytest.raises(RefusedError, match="damaged"):
        list(parquet.read(io.BytesIO(content.replace(b"tally", b"tall\xff"))))


def test_a_file_without_rows_is_empty(read):
    (refused,) = read("a.parquet", pack({"text": pa.array([], pa.string())})).rejected
    assert refused.reason_code == Reason.EMPTY_FILE


@pytest.mark.parametrize("content", [b"PAR1", pack({"text": [TEXT]})[:-9], b"PAR1" + bytes(99)])
def test_a_damaged_file_is_refused(content):
    with pytest.raises(RefusedError) as refused:
        list(parquet.read(io.BytesIO(content)))
    assert refused.value.code == Reason.DAMAGED_ARCHIVE
    assert refused.value.reason.endswith("deliver it again.")


def test_rows_before_the_damage_stay():
    content = bytearray(pack({"text": [TEXT] * 100}, row_group_size=50, compression="gzip"))
    damaged = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(0)
    start = damaged.dictionary_page_offset
    content[start : start + damaged.total_compressed_size] = b"\xff" * damaged.total_compressed_size
    found = []
    with pytest.raises(RefusedError, match="damaged"):
        for record in parquet.read(io.BytesIO(content)):
            found.append(record.number)
    assert found == list(range(1, len(found) + 1))
    assert len(found) >= 32

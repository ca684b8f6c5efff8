"""The lake: Parquet partitions, one a step and dump date, each replaced whole by its manifest."""

from communique.lake.partitions import Edition, Partition, dump_dates, find, made_in, partition
from communique.lake.reading import (
    content_hash,
    count_rows,
    input_hash,
    read_articles,
    read_batches,
    read_blocks,
    read_extractions,
    read_records,
    read_run,
    read_text_lengths,
    records_in,
)
from communique.lake.writing import PartitionWriter, replace_partition, to_table

__all__ = [
    "Edition",
    "Partition",
    "PartitionWriter",
    "content_hash",
    "count_rows",
    "dump_dates",
    "find",
    "input_hash",
    "made_in",
    "partition",
    "read_articles",
    "read_batches",
    "read_blocks",
    "read_extractions",
    "read_records",
    "read_run",
    "read_text_lengths",
    "records_in",
    "replace_partition",
    "to_table",
]

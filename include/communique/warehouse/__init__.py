"""The DuckDB side of the house: the build file, the loads into it, and what is published of it."""

from communique.warehouse.builds import clear_build, must_be_whole, settle
from communique.warehouse.database import BeingWrittenError, Warehouse
from communique.warehouse.files import row_counts, write_csv, write_outline, write_parquet
from communique.warehouse.handover import take_marts, write_raw
from communique.warehouse.loader import (
    append,
    count_known_articles,
    replace_all,
    replace_dump_date,
    replace_figures,
)
from communique.warehouse.nights import figures_before, last_nights, last_publication
from communique.warehouse.publish import publish
from communique.warehouse.published import Published, published
from communique.warehouse.queries import Answer, Release, open_release, query, query_frame
from communique.warehouse.reviews import read_reviews

__all__ = [
    "Answer",
    "BeingWrittenError",
    "Published",
    "Release",
    "Warehouse",
    "append",
    "clear_build",
    "count_known_articles",
    "figures_before",
    "last_nights",
    "last_publication",
    "must_be_whole",
    "open_release",
    "publish",
    "published",
    "query",
    "query_frame",
    "read_reviews",
    "replace_all",
    "replace_dump_date",
    "replace_figures",
    "row_counts",
    "settle",
    "take_marts",
    "write_csv",
    "write_outline",
    "write_parquet",
    "write_raw",
]

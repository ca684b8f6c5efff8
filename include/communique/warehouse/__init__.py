"""The DuckDB side of the house: the build file, the loads into it, and what is published of it."""

from communique.warehouse.files import row_counts, write_csv, write_parquet
from communique.warehouse.loader import (
    append,
    count_known_articles,
    create,
    replace_all,
    replace_dump_date,
)
from communique.warehouse.nights import last_nights, last_publication
from communique.warehouse.publish import publish
from communique.warehouse.queries import Answer, Release, open_release, query, query_frame
from communique.warehouse.reviews import read_reviews

__all__ = [
    "Answer",
    "Release",
    "append",
    "count_known_articles",
    "create",
    "last_nights",
    "last_publication",
    "open_release",
    "publish",
    "query",
    "query_frame",
    "read_reviews",
    "replace_all",
    "replace_dump_date",
    "row_counts",
    "write_csv",
    "write_parquet",
]

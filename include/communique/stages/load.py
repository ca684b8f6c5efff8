"""load: the partitions of one dump date replace that date in `raw` and `ops` of the build file."""

import time
from datetime import date

from communique import lake, night_lock, warehouse
from communique.errors import WrongCallError
from communique.records import EXTRACTED_TABLES, LANDED_TABLES, Review
from communique.report import Report
from communique.settings import Settings

STEPS = {"landed": LANDED_TABLES, "extracted": EXTRACTED_TABLES}


def do(settings: Settings, dump_date: date) -> Report:
    """Replace the night in one transaction, and the reviews by what people decided until now.

    Raises WrongCallError when the night was not landed and extracted.
    """
    started = time.monotonic()
    files = {}
    for step, tables in STEPS.items():
        folder = lake.partition(settings.lake, step, dump_date)
        if not folder.is_dir():
            raise WrongCallError(
                f"Nothing is {step} for {dump_date}: run `communique run {dump_date}`."
            )
        files |= {table: lake.table_file(folder, table) for table in tables}
    with night_lock.hold(settings.lock_file):
        reviews = warehouse.read_reviews(settings.reviews_file)
        counts = warehouse.replace_dump_date(settings.build_file, dump_date, files)
        warehouse.replace_all(settings.build_file, Review, reviews)
    return Report(
        stage="load",
        counts={name: counts[name] for name in ("articles", "statements", "stances")},
        seconds=time.monotonic() - started,
    )

"""load: the partitions of one dump date replace that date in `raw` and `ops` of the build file."""

import time
from datetime import date

from communique import lake, night_lock, warehouse
from communique.errors import WrongCallError
from communique.records import (
    EXTRACTED_TABLES,
    JUDGED_TABLES,
    LANDED_TABLES,
    ExtractionRun,
    JudgingRun,
    Review,
)
from communique.report import Report
from communique.settings import Settings

STEPS = {"landed": LANDED_TABLES, "extracted": EXTRACTED_TABLES, "judged": JUDGED_TABLES}

_REPEATED_SHARE = 0.5


def do(settings: Settings, dump_date: date) -> Report:
    """Replace the night in one transaction, and the reviews by what people decided until now.

    Raises WrongCallError when the night was not landed, extracted and judged in this order.
    """
    started = time.monotonic()
    editions = {step: lake.find(settings.lake, step, dump_date) for step in STEPS}
    for step, edition in editions.items():
        if edition is None:
            raise WrongCallError(
                f"Nothing is {step} for {dump_date}: run `communique run {dump_date}`."
            )
    extracted = list(lake.read_records(editions["extracted"], "extraction_runs", ExtractionRun))
    judged = lake.read_records(editions["judged"], "judging_runs", JudgingRun)
    if [one.extraction_run_id for one in judged] != [one.extraction_run_id for one in extracted]:
        raise WrongCallError(
            f"{dump_date} was extracted again after it was judged: run "
            f"`communique judge {dump_date}` first."
        )
    landed = lake.input_hash(editions["landed"])
    if any(one.input_hash != landed for one in extracted):
        raise WrongCallError(
            f"{dump_date} was landed again after it was extracted: run "
            f"`communique extract {dump_date}` and `communique judge {dump_date}` first."
        )
    files = {
        table: editions[step].file(table) for step, tables in STEPS.items() for table in tables
    }
    with night_lock.hold(settings.lock_file), night_lock.hold(settings.lock_of(dump_date)):
        settings.audited_file.unlink(missing_ok=True)
        reviews = warehouse.read_reviews(settings.reviews_file)
        counts = warehouse.replace_dump_date(settings.build_file, dump_date, files)
        warehouse.replace_all(settings.build_file, Review, reviews)
        known, earlier = warehouse.count_known_articles(settings.build_file, dump_date)
    notes = ()
    if known > counts["articles"] * _REPEATED_SHARE:
        notes = (
            f"warning: {known:,} of {counts['articles']:,} articles were delivered before, most of "
            f"them for {earlier}: is the dump delivered twice, or into the folder of a wrong date?",
        )
    return Report(
        stage="load",
        counts={name: counts[name] for name in ("articles", "statements", "stances")},
        seconds=time.monotonic() - started,
        notes=notes,
    )

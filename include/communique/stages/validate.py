"""validate: the day's partitions are held against `expectations/` before they enter DuckDB."""

import time
import uuid
from datetime import date
from pathlib import Path

import pandas as pd

from communique import checks, lake, night_lock, warehouse
from communique.errors import WrongCallError
from communique.records import EXTRACTED_TABLES, LANDED_TABLES
from communique.report import Report
from communique.settings import Settings

STEPS = {"landed": LANDED_TABLES, "extracted": EXTRACTED_TABLES}
ACCOUNTS = {"loads", "rejected_records"}
"""The landed tables that tell how the landing went, whatever the checks say."""


def do(settings: Settings, dump_date: date, step: str = "landed") -> Report:
    """Check one step's partition: `landed` (the articles) or `extracted` (what was made of them).

    Raises WrongCallError when that step has not run, CheckFailedError when an expectation marked
    fail does not hold.
    """
    started = time.monotonic()
    folder = lake.partition(settings.lake, step, dump_date)
    if not folder.is_dir():
        raise WrongCallError(
            f"Nothing is {step} for {dump_date} to validate: run `communique run {dump_date}`."
        )
    with night_lock.hold(settings.lock_file):
        # A night that is refused must still say in `ops` what it read and why it refused it.
        accounts = {
            table: lake.table_file(folder, table) for table in ACCOUNTS & STEPS[step].keys()
        }
        warehouse.replace_dump_date(settings.build_file, dump_date, accounts)
        results = checks.run_suites(
            [s for s in checks.read_suites(settings.expectations) if s.table in STEPS[step]],
            lambda suite: _read_frame(folder, suite.table),
            project=settings.data_docs,
            run_id=uuid.uuid4().hex[:16],
            dump_date=dump_date,
        )
        warehouse.append(settings.build_file, results)
    warnings = checks.judge(results, dump_date)
    return Report(
        stage="validate",
        counts={f"checks of what was {step}": len(results), "warnings": len(warnings)},
        seconds=time.monotonic() - started,
        notes=warnings,
    )


def _read_frame(folder: Path, table: str) -> pd.DataFrame:
    return pd.read_parquet(lake.table_file(folder, table))

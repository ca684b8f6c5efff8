"""validate: the day's partitions are held against `expectations/` before they enter DuckDB."""

import time
import uuid
from collections.abc import Mapping
from datetime import date

import pandas as pd

from communique import checks, figures, lake, night_lock, warehouse
from communique.errors import WrongCallError
from communique.records import (
    EXTRACTED_TABLES,
    JUDGED_TABLES,
    LANDED_TABLES,
    NightFigure,
    columns_of,
)
from communique.report import Report
from communique.settings import Settings

STEPS = {"landed": LANDED_TABLES, "extracted": EXTRACTED_TABLES, "judged": JUDGED_TABLES}
_CITED = "cited_text"
_PLACE_OF_CITED = ("article_version_id", "char_start", "char_end")
ACCOUNTS = {"loads", "rejected_records"}
"""The landed tables that tell how the landing went, whatever the checks say."""

_Editions = Mapping[str, lake.Edition | None]


def do(settings: Settings, dump_date: date, step: str = "landed") -> Report:
    """Check one step's partition: `landed` articles, what was `extracted`, `judged` positions.

    Raises WrongCallError when that step has not run, CheckFailedError when an expectation marked
    fail does not hold.
    """
    started = time.monotonic()
    editions = {one: lake.find(settings.lake, one, dump_date) for one in STEPS}
    if editions[step] is None:
        raise WrongCallError(
            f"Nothing is {step} for {dump_date} to validate: run `communique run {dump_date}`."
        )
    with night_lock.hold(settings.lock_file), night_lock.hold(settings.lock_of(dump_date)):
        # A night that is refused must still say in `ops` what it read and why it refused it.
        accounts = {table: editions[step].file(table) for table in ACCOUNTS & STEPS[step].keys()}
        warehouse.replace_dump_date(settings.build_file, dump_date, accounts)
        night = _figures(editions, step, dump_date)
        results = checks.run_suites(
            checks.read_suites(settings.expectations),
            lambda suite: (
                _compare(settings, night, step, dump_date)
                if suite.night
                else _read_frame(editions, suite, step)
            ),
            only=lambda suite: suite.table in STEPS[step] or suite.night == step,
            project=settings.data_docs,
            run_id=uuid.uuid4().hex[:16],
            dump_date=dump_date,
        )
        warehouse.append(settings.build_file, results)
        warnings = checks.judge(results, dump_date)
        # A night that is refused says nothing about what is usual.
        warehouse.replace_figures(settings.build_file, dump_date, step, night)
    return Report(
        stage="validate",
        counts={f"checks of what was {step}": len(results), "warnings": len(warnings)},
        seconds=time.monotonic() - started,
        notes=warnings,
    )


def _figures(editions: _Editions, step: str, dump_date: date) -> list[NightFigure]:
    outlets = ["article_version_id", "outlet_name", "outlet_domain", "language_code"]
    articles = _read_table(editions["landed"], "articles", outlets)
    if step == "landed":
        loads = _read_table(editions["landed"], "loads")
        return figures.of_landed(dump_date, articles, loads)
    if step == "extracted":
        statements, sources = (
            _read_table(editions["extracted"], table) for table in ("statements", "sources")
        )
        return figures.of_extracted(dump_date, articles, statements, sources)
    return []


def _compare(
    settings: Settings, night: list[NightFigure], step: str, dump_date: date
) -> pd.DataFrame:
    before = warehouse.figures_before(settings.build_file, dump_date, step, figures.NIGHTS)
    return figures.compare(night, before, dump_date)


def _read_frame(editions: _Editions, suite: checks.Suite, step: str) -> pd.DataFrame:
    """Read the suite's table, with what the articles say at its offsets where the suite asks."""
    is_cited = suite.names(_CITED)
    names = [column.name for column in columns_of(STEPS[step][suite.table])]
    asked = [name for name in names if suite.names(name) or (is_cited and name in _PLACE_OF_CITED)]
    # A table of many columns is large, and how many rows it has any of them tells.
    frame = _read_table(editions[step], suite.table, asked or names[:1])
    if is_cited:
        columns = ["article_version_id", "body_text"]
        articles = _read_table(editions["landed"], "articles", columns)
        texts = articles.set_index("article_version_id")["body_text"]
        places = zip(*(frame[name] for name in _PLACE_OF_CITED), strict=True)
        frame[_CITED] = [texts[article][start:end] for article, start, end in places]
    return frame


def _read_table(
    edition: lake.Edition, table: str, columns: list[str] | None = None
) -> pd.DataFrame:
    with edition.file(table).open() as file:
        return pd.read_parquet(file, columns=columns)

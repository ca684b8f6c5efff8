"""The state of the house, asked of `ops`: what the last nights did, and what is published."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from communique.errors import WrongCallError
from communique.records import NightFigure, Publication
from communique.warehouse.database import Warehouse
from communique.warehouse.queries import query

_NIGHTS = """
with nights as (
    select
        dump_date,
        sum(records_read)::bigint as records_read,
        sum(records_loaded)::bigint as records_loaded,
        sum(records_rejected)::bigint as records_rejected,
        sum(records_duplicate)::bigint as records_duplicate
    from ops.loads
    group by all
),
last_runs as (
    select *
    from ops.validation_results
    qualify row_number() over (
        partition by dump_date, suite_name, expectation_type, column_name
        order by rowid desc
    ) = 1
),
checks as (
    select
        dump_date,
        count(*) filter (where not is_success and severity = 'fail') as failed,
        count(*) filter (where not is_success and severity = 'warn') as warned
    from last_runs
    group by all
)
select
    dump_date as "dump date",
    records_read as "read",
    records_loaded as "loaded",
    records_rejected as "rejected",
    records_duplicate as "duplicate",
    failed as "checks failed",
    warned as "warned"
from nights
full join checks using (dump_date)
order by dump_date desc
limit ?
"""


def last_nights(place: Warehouse, count: int) -> tuple[list[str], list[tuple]]:
    """List the newest dump dates with their records and their checks; column names and rows."""
    return query(place, _NIGHTS, [count])


def figures_before(
    build_file: Path, dump_date: date, step: str, night_count: int
) -> list[NightFigure]:
    """Read the figures of the nights before a night, at most so many calendar nights back."""
    columns, rows = query(
        build_file,
        "from ops.night_figures where step = ? and dump_date < ? and dump_date >= ?",
        [step, dump_date, dump_date - timedelta(days=night_count)],
    )
    return [NightFigure(**dict(zip(columns, row, strict=True))) for row in rows]


def publications(published: Warehouse) -> list[Publication]:
    """List what was published until a release, the oldest first."""
    rows = query(published, "from ops.publications order by published_at").records()
    return [Publication(**row) for row in rows]


def last_publication(published: Warehouse) -> Publication:
    """Tell which publication a release is."""
    return publications(published)[-1]


def lost_nights(build_file: Path, published: Warehouse) -> list[date]:
    """List the dump dates that a release has and the build lacks, the oldest first."""
    in_release = query(published, "select dump_date from marts.dim_extraction_runs").rows
    in_build = query(build_file, "select dump_date from raw.extraction_runs").rows
    return sorted(night for (night,) in {*in_release} - {*in_build})


def moment_after(earlier: Iterable[Publication], now: datetime) -> datetime:
    """Give the time of a publication: now, or the moment after the last where the clock went back.

    Releases are in the order of their times: one that seems old would be the first to go.
    """
    return max([now, *(one.published_at + timedelta(microseconds=1) for one in earlier)])


def unknown_release(night: date, known: Iterable[date]) -> WrongCallError:
    """Say that no release is kept that knew of no later night, and which nights are known."""
    oldest = min(known, default=None)
    hint = f"the oldest that is kept is of {oldest}" if oldest else "none is kept"
    return WrongCallError(f"No release is as known on {night}: {hint}.")

"""The nightly line as a DAG: one task a stage, one run a dump date."""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta

from airflow.sdk import DAG, Param, chain, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException
from airflow.timetables.interval import CronDataIntervalTimetable

TASKS = (
    "land_dumps",
    "validate_articles",
    "extract_statements",
    "validate_statements",
    "judge_positions",
    "validate_positions",
    "load_warehouse",
    "transform_models",
    "audit_warehouse",
    "publish_warehouse",
)
IN_SHARES = ("extract_statements", "judge_positions")
"""The stages whose articles are shared out among tasks that run side by side."""
BUILD_FILE = {"pool": "build_file", "queue": "build_file"}
"""What writes the DuckDB file takes the one slot of this pool, which `make airflow` makes. Where
Airflow has many workers, the one on the machine that holds the file serves this queue."""
WHERE = {name: BUILD_FILE for name in TASKS if name not in ("land_dumps", *IN_SHARES)}


def dump_date_of(context: dict) -> date:
    """Tell which night a run is for.

    A run that was triggered by hand has no data interval: it is for the day before.
    """
    if chosen := context["params"]["dump_date"]:
        return date.fromisoformat(chosen)
    if start := context.get("data_interval_start"):
        return start.date()
    return (context["dag_run"].run_after - timedelta(days=1)).date()


def tell_people(context: dict) -> None:
    """Say in one line of the log what failed; keep it for `status` and post it where asked."""
    from communique import alerts, journal
    from communique.errors import explain
    from communique.settings import Settings

    settings, dump_date = Settings.from_environment(), dump_date_of(context)
    stage = context["ti"].task_id.partition(".")[0]
    error = context.get("exception")
    if isinstance(error, AirflowFailException):
        error = error.__cause__ or error
    message = explain(error, settings.home) if error else "the task was stopped from outside"
    print(f"Night of {dump_date} failed in {stage}: {message}")
    journal.note(settings, dump_date, stage, "failed", message)
    alerts.post(settings, dump_date, stage, message)


with DAG(
    dag_id="news_nightly",
    # Every night at 03:00 UTC, for the dump of the day that ended at midnight.
    schedule=CronDataIntervalTimetable("0 3 * * *", timezone="UTC"),
    start_date=datetime(2026, 3, 2),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "communique",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "on_failure_callback": tell_people,
        # The night that is furthest gets the writer first.
        "weight_rule": "upstream",
    },
    tags=["communique", "nightly"],
    params={
        "dump_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Dump date",
            description=(
                "The night to run; empty for the date of the data interval, or where the run has "
                "none, as one that is triggered by hand, for the day before."
            ),
        )
    },
    doc_md="""
### News, every night

Lands the dump of one date, checks it, extracts who said what according to whom, checks that,
judges where they stand, checks that, loads it into DuckDB, builds the marts with dbt, audits them
and publishes the file that analysts read. Each task is a stage of the package `communique` and a
verb of its command line; each can be cleared and run again: a night that is run twice equals one
that is run once.

Extracting and judging share the articles out among as many tasks as the machine has cores. What
writes DuckDB takes the one slot of the pool `build_file`; where there are many workers, the one on
the machine that holds the file serves the queue of the same name.

A task that fails because a check failed is not retried: its log says what is wrong and what to
do, and yesterday's file stays published.
""",
) as dag:

    def run_stage(stage: str) -> dict[str, int]:
        """Run one stage for the run's dump date; returns its counts."""
        from communique.stages import LINE

        return report_of(stage, LINE[stage])

    def share_out(stage: str) -> list[list[tuple[int, int]]]:
        """Share the articles out that are still to do; returns one share a worker."""
        from communique import chunks
        from communique.stages import IN_CHUNKS

        return run_in(stage, lambda *night: chunks.plan(IN_CHUNKS[stage], *night))

    def do_share(stage: str, share: list[tuple[int, int]]) -> dict[str, int]:
        """Do one share; returns its counts."""
        from communique import chunks
        from communique.stages import IN_CHUNKS

        def do(*night: object) -> object:
            return chunks.do_share(IN_CHUNKS[stage], *night, share)

        return report_of(stage, do, is_share=True)

    def gather(stage: str) -> dict[str, int]:
        """Put together what the shares made; returns its counts."""
        from communique import chunks
        from communique.stages import IN_CHUNKS

        return report_of(stage, lambda *night: chunks.gather(IN_CHUNKS[stage], *night))

    def report_of(stage: str, do: Callable, *, is_share: bool = False) -> dict[str, int]:
        """Print the report of a part of a stage; returns its counts."""
        report = run_in(stage, do, is_share=is_share)
        print(report, *report.notes, sep="\n")
        return dict(report.counts)

    def run_in(stage: str, do: Callable, *, is_share: bool = False) -> object:
        """Run a part of a stage for the run's dump date; what nobody can mend is not retried.

        A share that ends well is not noted, since another one may have failed.
        """
        from communique import journal
        from communique.errors import CheckFailedError, WrongCallError
        from communique.settings import Settings

        settings, dump_date = Settings.from_environment(), dump_date_of(get_current_context())
        keep = journal.keep_failure if is_share else journal.keep
        try:
            with keep(settings, dump_date, stage):
                return do(settings, dump_date)
        except (CheckFailedError, WrongCallError) as error:
            raise AirflowFailException(str(error)) from error

    @task_group
    def in_shares(stage: str) -> None:
        """One stage as three tasks, of which the second runs once a share, side by side."""
        shares = task(share_out)(stage)
        done = task(do_share).partial(stage=stage).expand(share=shares)
        # Nothing is left to do where the results are kept, and then no share runs.
        done >> task(trigger_rule="none_failed")(gather)(stage)

    chain(
        *(
            in_shares.override(group_id=name)(name)
            if name in IN_SHARES
            else task(task_id=name, **WHERE.get(name, {}))(run_stage)(name)
            for name in TASKS
        )
    )


def run_nights(first: date, last: date) -> int:
    """Run the DAG in this process for each night of a range, oldest first; returns an exit code."""
    for task_to_run in dag.tasks:
        # Nobody waits at a terminal for a second try minutes later.
        task_to_run.retries = 0
    for day in range((last - first).days + 1):
        dump_date = (first + timedelta(days=day)).isoformat()
        print(f"Night of {dump_date}", flush=True)
        if dag.test(run_conf={"dump_date": dump_date}).state != "success":
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_nights(*map(date.fromisoformat, sys.argv[1:3])))

"""The nightly line as a DAG: one task a stage, one run a dump date."""

import sys
from datetime import date, datetime, timedelta

from airflow.sdk import DAG, Param, chain, get_current_context, task
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

with DAG(
    dag_id="news_nightly",
    # Every night at 03:00 UTC, for the dump of the day that ended at midnight.
    schedule=CronDataIntervalTimetable("0 3 * * *", timezone="UTC"),
    start_date=datetime(2026, 3, 2),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "communique", "retries": 2, "retry_delay": timedelta(minutes=5)},
    tags=["communique", "nightly"],
    params={
        "dump_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Dump date",
            description="The night to run; empty for the date of the data interval.",
        )
    },
    doc_md="""
### News, every night

Lands the dump of one date, checks it, extracts who said what according to whom, checks that,
judges where they stand, checks that, loads it into DuckDB, builds the marts with dbt, audits them
and publishes the file that analysts read. Each task is a stage of the package `communique` and a
verb of its command line; each can be cleared and run again: a night that is run twice equals one
that is run once.

A task that fails because a check failed is not retried: its log says what is wrong and what to
do, and yesterday's file stays published.
""",
) as dag:

    def run_stage(stage: str) -> dict[str, int]:
        """Run one stage for the run's dump date; returns its counts."""
        from communique.errors import CheckFailedError, WrongCallError
        from communique.settings import Settings
        from communique.stages import LINE

        context = get_current_context()
        chosen = context["params"]["dump_date"]
        dump_date = date.fromisoformat(chosen) if chosen else context["data_interval_start"].date()
        try:
            report = LINE[stage](Settings.from_environment(), dump_date)
        except (CheckFailedError, WrongCallError) as error:
            raise AirflowFailException(str(error)) from error
        print(report, *report.notes, sep="\n")
        return dict(report.counts)

    chain(*(task(task_id=task_id)(run_stage)(task_id) for task_id in TASKS))


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

import ast
import itertools
import runpy
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from communique import chunks, journal
from communique.errors import CommuniqueError
from communique.report import Report
from communique.settings import CHECKOUT, Settings
from communique.stages import IN_CHUNKS, LINE


@pytest.fixture(scope="module")
def dag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(CHECKOUT / "dags")
    assert bag.import_errors == {}
    (dag,) = bag.dags.values()
    return dag


def test_there_is_one_dag_and_it_is_called_after_its_subject_and_cadence(dag):
    assert dag.dag_id == "news_nightly"


def test_it_has_the_stages_of_the_line_in_their_order(dag):
    stages = [task.task_id.partition(".")[0] for task in dag.topological_sort()]

    assert [stage for stage, _ in itertools.groupby(stages)] == list(LINE)
    for earlier, later in itertools.pairwise(dag.topological_sort()):
        assert earlier.downstream_task_ids == {later.task_id}


def test_extracting_and_judging_are_shared_out_among_tasks_side_by_side(dag):
    assert {task.task_id.partition(".")[0] for task in dag.tasks if task.is_mapped} == set(
        IN_CHUNKS
    )


def test_who_writes_duckdb_takes_the_one_slot_of_a_pool(dag):
    writers = {task.task_id for task in dag.tasks if task.pool == "build_file"}

    assert writers == set(LINE) - {"land_dumps", *IN_CHUNKS}
    assert "airflow pools set build_file 1 " in (CHECKOUT / "Makefile").read_text("utf8")


def test_among_many_workers_who_writes_duckdb_goes_to_the_queue_of_the_machine_with_the_file(dag):
    queued = {task.task_id for task in dag.tasks if task.queue == "build_file"}

    assert queued == {task.task_id for task in dag.tasks if task.pool == "build_file"}


def test_every_task_tells_people_when_it_fails(dag):
    assert all(task.on_failure_callback for task in dag.tasks)


def test_the_run_at_three_in_the_morning_is_for_the_day_before(dag):
    tick = datetime(2026, 3, 3, 3, tzinfo=UTC)

    interval = dag.timetable.infer_manual_data_interval(run_after=tick)

    assert interval.start.date().isoformat() == "2026-03-02"
    assert interval.end - interval.start == timedelta(days=1)


@pytest.mark.parametrize(
    ("context", "night"),
    [
        ({"params": {"dump_date": "2026-03-06"}}, "2026-03-06"),
        (
            {
                "params": {"dump_date": None},
                "data_interval_start": datetime(2026, 3, 2, 3, tzinfo=UTC),
                "dag_run": SimpleNamespace(run_after=datetime(2026, 3, 9, 3, tzinfo=UTC)),
            },
            "2026-03-02",
        ),
        (
            {
                "params": {"dump_date": None},
                "dag_run": SimpleNamespace(run_after=datetime(2026, 3, 9, 10, 30, tzinfo=UTC)),
            },
            "2026-03-08",
        ),
    ],
    ids=["chosen", "scheduled", "triggered without a date"],
)
def test_a_run_is_for_the_night_that_is_chosen_or_else_the_last_one(airflow_home, context, night):
    dump_date_of = runpy.run_path(str(CHECKOUT / "dags" / "news_nightly.py"))["dump_date_of"]

    assert dump_date_of(context).isoformat() == night


@pytest.fixture
def do_share(airflow_home, monkeypatch, tmp_path):
    """Do a share of a night's extraction, which ends as it is said to."""
    task = runpy.run_path(str(CHECKOUT / "dags" / "news_nightly.py"))["do_share"]
    context = {"params": {"dump_date": "2026-03-06"}}
    monkeypatch.setitem(task.__globals__, "get_current_context", lambda: context)
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path))

    def run(error=None):
        def end(*_):
            if error:
                raise error
            return Report(stage="extract", counts={}, seconds=0)

        monkeypatch.setattr(chunks, "do_share", end)
        with suppress(CommuniqueError):
            task("extract_statements", [(0, 1)])
        return [one.message for one in journal.unfinished(Settings.from_environment())]

    return run


def test_a_share_that_ends_well_hides_no_other_that_failed(do_share):
    assert do_share() == []
    assert do_share(CommuniqueError("It broke.")) == ["It broke."]
    assert do_share() == ["It broke."]


def test_two_nights_never_run_at_once_and_missed_ones_are_not_made_up_by_themselves(dag):
    assert dag.max_active_runs == 1
    assert not dag.catchup


def test_every_task_is_tried_again_and_has_an_owner(dag):
    for task in dag.tasks:
        assert task.retries >= 1
        assert task.owner == "communique"


def test_the_ui_explains_the_dag(dag):
    assert "Lands the dump of one date" in dag.doc_md
    assert "nightly" in dag.tags


def test_a_dag_file_imports_nothing_but_airflow_until_a_task_runs():
    for file in (CHECKOUT / "dags").glob("*.py"):
        statements = ast.parse(file.read_text(encoding="utf-8")).body
        imported = {
            name.partition(".")[0]
            for statement in statements
            if isinstance(statement, ast.Import | ast.ImportFrom)
            for name in (
                [statement.module]
                if isinstance(statement, ast.ImportFrom)
                else [alias.name for alias in statement.names]
            )
        }
        assert imported <= {"airflow", *sys.stdlib_module_names}

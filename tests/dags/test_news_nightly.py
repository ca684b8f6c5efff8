import ast
import itertools
import sys
from datetime import UTC, datetime, timedelta

import pytest

from communique.settings import CHECKOUT
from communique.stages import LINE


@pytest.fixture(scope="module")
def dag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(CHECKOUT / "dags")
    assert bag.import_errors == {}
    (dag,) = bag.dags.values()
    return dag


def test_there_is_one_dag_and_it_is_called_after_its_subject_and_cadence(dag):
    assert dag.dag_id == "news_nightly"


def test_it_has_one_task_a_stage_in_the_order_of_the_line(dag):
    order = [task.task_id for task in dag.topological_sort()]

    assert order == list(LINE)
    for earlier, later in itertools.pairwise(order):
        assert dag.get_task(earlier).downstream_task_ids == {later}


def test_the_run_at_three_in_the_morning_is_for_the_day_before(dag):
    tick = datetime(2026, 3, 3, 3, tzinfo=UTC)

    interval = dag.timetable.infer_manual_data_interval(run_after=tick)

    assert interval.start.date().isoformat() == "2026-03-02"
    assert interval.end - interval.start == timedelta(days=1)


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

"""The semantic layer: metrics say what the marts say, and the BI tool says the same."""

import re

import pytest
import yaml

from communique import bi_datasets, dbt
from communique.catalogue import read_catalogue
from communique.settings import CHECKOUT

ASSETS = CHECKOUT / "include" / "superset" / "assets"
DATASETS = {
    file.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in (ASSETS / "datasets" / "communique").glob("*.yaml")
}
CHARTS = [
    yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ASSETS / "charts").glob("*.yaml")
]
DASHBOARDS = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in (ASSETS / "dashboards").glob("*.yaml")
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return read_catalogue(
        dbt.manifest(project=CHECKOUT / "dbt_project", target=tmp_path_factory.mktemp("dbt"))
    )


@pytest.fixture
def measure(catalogue, week):
    """Ask the published file for a metric, as the BI tool would."""

    def ask(name, where="true"):
        ((table, metric),) = [
            (table, metric)
            for table in catalogue.tables
            if table.semantic_model
            for metric in table.semantic_model.metrics
            if metric.name == name
        ]
        ((value,),) = week.ask(f"select {metric.expression} from marts.{table.name} where {where}")
        return value

    return ask


def test_the_datasets_of_superset_say_what_the_dbt_project_says(catalogue):
    assert bi_datasets.datasets(catalogue) == DATASETS, (
        "write them anew: python -m communique.bi_datasets"
    )


def test_every_metric_and_every_calculated_column_has_an_answer(catalogue, week):
    for table in catalogue.tables:
        if not table.semantic_model:
            continue
        asked = [one.expression for one in table.semantic_model.metrics]
        asked += [f"any_value({one.expression})" for one in table.semantic_model.calculations]
        ((*answers,),) = week.ask(f"select {', '.join(asked)} from marts.{table.name}")
        assert None not in answers, table.name


def test_seoul_changed_its_mind_twice_by_the_metric_too(measure):
    assert measure("position_change_count", "holder_name = 'Government of South Korea'") == 2


def test_the_share_of_unnamed_origins_is_that_of_the_rows(measure, week):
    ((share,),) = week.ask(
        "select avg(case when is_origin_named then 0 else 1 end) from marts.statement_provenance"
    )
    assert measure("unnamed_origin_share") == pytest.approx(share)
    assert measure("unnamed_origin_share", "outlet_name = 'Axiom Brief'") > 0.5


def test_a_share_of_nothing_is_unknown_and_no_error(measure):
    assert measure("unnamed_origin_share", "false") is None


def test_exposures_name_exactly_the_marts_that_each_dashboard_reads(catalogue):
    tables = {dataset["uuid"]: dataset["table_name"] for dataset in DATASETS.values()}
    read_by_chart = {chart["uuid"]: tables[chart["dataset_uuid"]] for chart in CHARTS}
    exposures = {one.name: one for one in catalogue.exposures}

    assert len(DASHBOARDS) >= 2
    for name, dashboard in DASHBOARDS.items():
        placed = [
            block["meta"]["uuid"]
            for block in dashboard["position"].values()
            if isinstance(block, dict) and block.get("type") == "CHART"
        ]
        assert set(exposures[name].tables) == {read_by_chart[uuid] for uuid in placed}, name
        assert exposures[name].url.endswith(f"/superset/dashboard/{dashboard['slug']}/")


def test_charts_use_the_metrics_of_the_semantic_layer_and_columns_that_exist():
    by_uuid = {dataset["uuid"]: dataset for dataset in DATASETS.values()}
    for chart in CHARTS:
        dataset, asked = by_uuid[chart["dataset_uuid"]], chart["params"]
        columns = {column["column_name"] for column in dataset["columns"]}
        metrics = {metric["metric_name"] for metric in dataset["metrics"]}
        used = {asked["metric"]} if "metric" in asked else set()
        used |= {*asked.get("metrics", ()), *asked.get("metrics_b", ())}
        shown = {asked[key] for key in ("x_axis", "y_axis", "series", "end_time") if key in asked}
        grouped = asked.get("groupby", [])
        shown |= {grouped} if isinstance(grouped, str) else set(grouped)
        shown |= set(asked.get("all_columns", ()))

        assert used <= metrics, chart["slice_name"]
        assert shown <= columns, chart["slice_name"]
        assert used or shown, chart["slice_name"]


def test_no_chart_shows_an_id_and_none_obeys_html_in_an_article():
    for chart in CHARTS:
        assert not re.search(r"\b\w+_id\b", str(chart["params"])), chart["slice_name"]
        if chart["viz_type"] == "table":
            assert chart["params"]["allow_render_html"] is False, chart["slice_name"]

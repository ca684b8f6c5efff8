"""The dbt project by itself: its unit tests, and the rules that every model keeps."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from communique import warehouse
from communique.settings import CHECKOUT

PROJECT = CHECKOUT / "dbt_project"


@pytest.fixture(scope="module")
def dbt(week, tmp_path_factory):
    """Run dbt on the sample's build file, with artefacts in a folder of their own."""
    target = tmp_path_factory.mktemp("dbt")

    def run(*words):
        return subprocess.run(
            [
                Path(sys.executable).with_name("dbt"),
                "--no-use-colors",
                *words,
                *("--project-dir", PROJECT, "--profiles-dir", PROJECT),
                *("--target-path", target, "--log-path", target),
            ],
            env={**os.environ, "COMMUNIQUE_BUILD_FILE": str(week.settings.build_file)},
            capture_output=True,
            text=True,
            check=False,
        )

    run.target = target
    return run


def test_the_unit_tests_of_the_models_pass(dbt):
    run = dbt("test", "--select", "test_type:unit")

    assert run.returncode == 0, run.stdout
    results = json.loads((dbt.target / "run_results.json").read_text())["results"]
    assert len(results) >= 7


@pytest.fixture(scope="module")
def models(dbt):
    assert dbt("compile").returncode == 0
    manifest = json.loads((dbt.target / "manifest.json").read_text())
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def layer(model):
    return model["fqn"][1]


def test_every_model_says_its_grain_first(models):
    vague = [m["name"] for m in models if not m["description"].startswith("One row per ")]

    assert vague == []


def test_every_mart_has_an_enforced_contract_and_describes_every_column(models):
    marts = [model for model in models if layer(model) == "marts"]

    assert len(marts) >= 29
    for mart in marts:
        assert mart["config"]["contract"]["enforced"], mart["name"]
        bare = [name for name, column in mart["columns"].items() if not column["description"]]
        assert bare == [], mart["name"]


def test_layers_only_read_the_layers_below(models):
    layer_of = {model["unique_id"]: layer(model) for model in models}
    allowed = {
        "staging": set(),
        "intermediate": {"staging", "intermediate"},
        "marts": {"staging", "intermediate", "marts"},
    }
    for model in models:
        parents = {layer_of[p] for p in model["depends_on"]["nodes"] if p in layer_of}
        assert parents <= allowed[layer(model)], model["name"]


def test_only_staging_reads_what_was_loaded(models):
    readers = {
        layer(model)
        for model in models
        if any(parent.startswith("source.") for parent in model["depends_on"]["nodes"])
    }

    assert readers == {"staging"}


def test_every_model_has_the_one_shape(models):
    for model in models:
        sql = model["raw_code"].strip()
        assert re.match(r"with( recursive)?\n", sql), model["name"]
        assert re.search(r"\nselect \* from final(\norder by dump_date)?$", sql), model["name"]


def test_what_grows_by_nights_is_laid_in_the_order_of_their_dates(models):
    by_date = {
        model["name"]
        for model in models
        if model["config"]["meta"].get("touched_by")
        and "dump_date" in model["config"]["unique_key"]
    }
    laid = {m["name"] for m in models if m["raw_code"].strip().endswith("\norder by dump_date")}

    assert len(by_date) >= 21
    assert laid == by_date


FEW_BY_MANY = {
    "dim_propositions",  # the codebook, and its version
    "int_aliases__rejected",  # reviews, and aliases
    "int_entities__placed",  # ministries of a night, and names of states
    "int_outlet_names__resolved",  # outlets, and domains of the registry
}


def test_all_pairs_of_rows_are_tried_only_where_one_side_is_short(week, models):
    build = week.settings.build_file
    plans = {
        model["name"]: warehouse.query(build, f"explain {model['compiled_code']}")[1][0][1]
        for model in models
    }
    tried = {
        name
        for name, plan in plans.items()
        if re.search("BLOCKWISE_NL_JOIN|NESTED_LOOP_JOIN|CROSS_PRODUCT", plan)
    }
    assert tried == FEW_BY_MANY


def test_every_foreign_key_of_a_mart_is_tested(week, models, dbt):
    manifest = json.loads((dbt.target / "manifest.json").read_text())
    tested = {
        (node["attached_node"].rpartition(".")[2], node["column_name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") == "relationships"
    }
    keys = {"outlet_id", "article_id", "article_version_id", "actor_id", "proposition_id",
            "statement_id", "source_id", "speaker_actor_id", "holder_actor_id",
            "on_behalf_of_actor_id", "speaker_role_id", "extraction_run_id"}  # fmt: skip
    facts = [m for m in models if m["name"].startswith("fct_") and m["name"] != "fct_reviews"]
    missing = [
        (model["name"], column)
        for model in facts
        for column in model["columns"]
        if column in keys and (model["name"], column) not in tested
    ]
    own_keys = {("fct_statements", "statement_id")}

    assert set(missing) <= own_keys

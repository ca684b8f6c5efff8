"""When only what a night touched is built, and when everything is."""

import json
import shutil
from dataclasses import replace

import duckdb
import pytest

from communique import engines, warehouse
from communique.settings import CHECKOUT
from communique.stages.transform import fingerprint_of

MODELS, EDITED = "hash of the models", "hash of the models after an edit"


@pytest.fixture
def build_file(tmp_path):
    """A build whose models made one mart and one table under it."""
    file = tmp_path / "build.duckdb"
    assert warehouse.must_be_whole(file, MODELS)
    make_tables(file)
    warehouse.settle(file, MODELS)
    return file


def make_tables(file):
    with duckdb.connect(file) as build:
        build.execute("create schema intermediate")
        build.execute("create table intermediate.int_names as select 1 as name_id")
    with duckdb.connect(file.with_name("build.marts.duckdb")) as marts:
        marts.execute("create schema if not exists marts")
        marts.execute("create table marts.dim_actors as select 1 as actor_id")
        marts.execute("insert into contents values ('dim_actors', 1, 7)")


def tables_in(file):
    _, rows = warehouse.query(
        file,
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name in ('intermediate', 'marts') order by all",
    )
    return [table for (table,) in rows]


def test_a_build_that_ended_is_only_added_to(build_file):
    assert not warehouse.must_be_whole(build_file, MODELS)
    assert tables_in(build_file) == ["intermediate.int_names", "marts.dim_actors"]


def test_after_an_edit_everything_goes_and_is_built_anew_until_that_has_ended(build_file):
    assert warehouse.must_be_whole(build_file, EDITED)
    assert tables_in(build_file) == []
    make_tables(build_file)
    assert warehouse.must_be_whole(build_file, EDITED)
    make_tables(build_file)

    warehouse.settle(build_file, EDITED)

    assert not warehouse.must_be_whole(build_file, EDITED)


def test_an_edit_that_is_taken_back_while_it_is_built_needs_a_whole_build_too(build_file):
    assert warehouse.must_be_whole(build_file, EDITED)

    assert warehouse.must_be_whole(build_file, MODELS)


def test_marts_that_were_lost_are_built_anew(build_file):
    build_file.with_name("build.marts.duckdb").unlink()

    assert warehouse.must_be_whole(build_file, MODELS)


def test_what_was_touched_is_known_until_a_build_has_ended(build_file):
    count = "select count(*) from raw.touched_keys"
    with duckdb.connect(build_file) as build:
        build.execute("insert into raw.touched_keys values ('int_names', 'a')")
    assert not warehouse.must_be_whole(build_file, MODELS)
    assert warehouse.query(build_file, count)[1] == [(1,)]

    warehouse.settle(build_file, MODELS)

    assert warehouse.query(build_file, count)[1] == [(0,)]


@pytest.mark.parametrize("edited", ["seeds/actors.csv", "models/a.sql", "dbt_project.yml"])
def test_the_registry_and_the_settings_are_part_of_the_models(tmp_path, edited):
    for file in ("seeds/actors.csv", "models/a.sql", "macros/b.sql", "dbt_project.yml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("as it was")
    before = fingerprint_of(tmp_path)

    (tmp_path / edited).write_text("as it is now")

    assert fingerprint_of(tmp_path) != before


def test_going_back_to_an_earlier_release_builds_by_that_one_alone(house, tmp_path, monkeypatch):
    monkeypatch.delenv("DBT_PARTIAL_PARSE_FILE_PATH")
    earlier, later = release(tmp_path / "1.0", "table"), release(tmp_path / "1.1", "view")

    for project in (earlier, later, earlier):
        engine = engines.engine(replace(house.settings, dbt_project=project))
        run = engine.build(fingerprint_of(project))
        assert run.returncode == 0, run.stdout

    manifest = json.loads((house.settings.dbt_target / "manifest.json").read_text())
    assert manifest["nodes"]["model.communique.one"]["config"]["materialized"] == "table"


def release(project, materialized):
    """A dbt project of one model."""
    (project / "models").mkdir(parents=True)
    shutil.copy(CHECKOUT / "dbt_project" / "profiles.yml", project)
    (project / "dbt_project.yml").write_text("{name: communique, profile: communique}")
    (project / "models" / "one.sql").write_text("select 1 as one")
    (project / "models" / "one.yml").write_text(
        f"models: [{{name: one, config: {{materialized: {materialized}}}}}]"
    )
    return project

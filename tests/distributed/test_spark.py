"""The models on Spark: the same marts, by another engine."""

import shutil
from dataclasses import replace

import pytest

from communique import warehouse
from communique.errors import CheckFailedError
from communique.stages import transform
from house import LAST_NIGHT, House, differences

pytestmark = pytest.mark.distributed


@pytest.fixture
def on_spark(copy: House) -> House:
    return House(replace(copy.settings, target="spark"))


@pytest.fixture
def in_spark():
    # SQLGlot is in the environment of these tests alone, which all others collect.
    from communique.dbt.dialect import in_spark

    return in_spark


def columns_of(house: House) -> list[tuple]:
    return house.ask(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where schema_name = 'marts' order by all"
    )


def test_the_sample_week_is_the_one_that_duckdb_builds_and_duckdb_goes_on_from_it(on_spark, week):
    for stage in ("transform", "audit", "publish"):
        run = on_spark.call(stage, LAST_NIGHT)
        assert run.returncode == 0, run.stderr

    assert differences(on_spark, week) == {}
    assert columns_of(on_spark) == columns_of(week)
    by_duckdb = warehouse.last_publication(week.settings.published_file).marts_hash
    assert f"content hash {by_duckdb}" in run.stdout

    again = House(replace(on_spark.settings, target="duckdb"))
    for stage in ("transform", "audit", "publish"):
        run = again.call(stage, LAST_NIGHT)
        assert run.returncode == 0, run.stderr
    assert f"content hash {by_duckdb}" in run.stdout


def test_a_wrong_row_of_the_registry_stops_the_build_and_nothing_is_published(
    on_spark, week, tmp_path
):
    project = tmp_path / "dbt_project"
    shutil.copytree(on_spark.settings.dbt_project, project)
    with (project / "seeds" / "country_aliases.csv").open("a", encoding="utf8") as file:
        file.write("Tidalia,RUS,nickname\n")

    with pytest.raises(CheckFailedError) as error:
        transform.do(replace(on_spark.settings, dbt_project=project), LAST_NIGHT)

    assert "dbt tests failed" in str(error.value)
    assert error.match(r"accepted_values_country_aliases_alias_type\S*: Got 1 result")
    assert "Nothing was published" in str(error.value)
    assert on_spark.call("publish", LAST_NIGHT).returncode != 0
    assert differences(on_spark, week) == {}


def test_a_machine_without_java_is_told_what_to_install(on_spark, tmp_path):
    environment = {**on_spark.environment, "PATH": str(tmp_path), "JAVA_HOME": ""}

    run = on_spark.call("transform", LAST_NIGHT, environment=environment)

    assert run.returncode == 1
    assert "openjdk-17-jre-headless" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("master", "why"),
    [
        ("nonsense", "Master must either be yarn or start with spark, k8s, or local"),
        ("spark://nowhere.invalid:7077", "Failed to connect to nowhere.invalid"),
    ],
)
def test_a_master_that_is_none_is_one_clear_line(on_spark, master, why):
    environment = {**on_spark.environment, "COMMUNIQUE_SPARK_MASTER": master}

    run = on_spark.call("transform", LAST_NIGHT, environment=environment)

    assert run.returncode == 1
    assert f"Spark does not start with COMMUNIQUE_SPARK_MASTER={master}: {why}" in run.stderr
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("in_duckdb", "said_in_spark"),
    [
        # DuckDB's arg_max looks only where there is something to give.
        (
            "select arg_max(a, day) from t",
            "SELECT MAX_BY(a, day) FILTER (WHERE a IS NOT NULL) FROM t",
        ),
        # Spark counts the places of a list from 0.
        (
            "select list_transform(words, lambda word, place: place > 1) from t",
            "SELECT TRANSFORM(words, (word, place) -> (place + 1) > 1) FROM t",
        ),
        (
            r"select regexp_replace(a, '\bsen\b', '\1$', 'gi') from t",
            r"SELECT REGEXP_REPLACE(a, '(?i)\\bsen\\b', '$1\\$') FROM t",
        ),
        ("select 1.0 / 3 from t", "SELECT CAST(1.0 AS DOUBLE) / 3 FROM t"),
        # DuckDB copies what is read twice, unless told; Spark does not.
        (
            "with t as not materialized (select 1 as a) select a from t",
            "WITH t AS (SELECT 1 AS a) SELECT a FROM t",
        ),
        ("select a from t order by a", "SELECT a FROM t ORDER BY a NULLS LAST"),
        ("select list(a order by a) from t", "SELECT ARRAY_SORT(COLLECT_LIST(a)) FROM t"),
        ('select "a" from `s`.`t`', "SELECT `a` FROM `s`.`t`"),
        ("create table `s`.`t` as\nselect 1", "create table `s`.`t` as\nSELECT 1"),
        ("show tables in marts", "show tables in marts"),
    ],
)
def test_a_query_means_in_spark_what_it_means_in_duckdb(in_spark, in_duckdb, said_in_spark):
    assert in_spark(in_duckdb) == said_in_spark


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("select regexp_replace(a, 'x', '') from t", "replaces all matches of 'x'"),
        ("select list(a order by b) from t", "orders no list by something else"),
        ("select mode(a) from t", "of several, which one"),
    ],
)
def test_what_would_mean_something_else_is_refused(in_spark, query, why):
    with pytest.raises(ValueError, match=why):
        in_spark(query)

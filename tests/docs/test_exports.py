"""Exports hold what the marts hold, are safe to open, and explain themselves without a network."""

import csv
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree

import duckdb
import pytest

from communique import warehouse
from communique.catalogue import Catalogue, Column, Exposure, Table
from communique.exports import diagram
from communique.exports import pages as export_pages
from communique.exports.pages import Files
from pages import Page


@pytest.fixture(scope="module")
def exported(week, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "files"
    run = week.call("export", folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Start at" in run.stdout
    return folder


@pytest.fixture(scope="module")
def marts(week):
    names = week.ask("select table_name from duckdb_tables() where schema_name = 'marts'")
    return {name: week.ask(f"select count(*) from marts.{name}")[0][0] for (name,) in names}


def test_parquet_gives_every_mart_back_row_for_row(exported, marts, week):
    assert {folder.name for folder in (exported / "parquet").iterdir()} == set(marts)
    for table in marts:
        files = str(exported / "parquet" / table / "**" / "*.parquet")
        missing, surplus = [
            week.ask(f"select count(*) from (from {left} except all from {right})")
            for left, right in _both_ways(table, files, week)
        ]
        assert (missing, surplus) == ([(0,)], [(0,)]), table


def _both_ways(table, files, week):
    names = ", ".join(
        name
        for (name,) in week.ask(
            "select column_name from duckdb_columns() where schema_name = 'marts' "
            "and table_name = ? order by column_index",
            table,
        )
    )
    mart = f"(select {names} from marts.{table})"
    parquet = f"(select {names} from read_parquet('{files}', hive_partitioning = true))"
    return (mart, parquet), (parquet, mart)


def test_a_night_of_statements_is_a_partition(exported, week):
    (statements,) = week.ask(
        "select count(*) from marts.fct_statements where dump_date = '2026-03-04'"
    )
    night = exported / "parquet" / "fct_statements" / "dump_date=2026-03-04" / "*.parquet"

    assert week.ask(f"select count(*) from read_parquet('{night}')") == [statements]


def test_csv_has_every_row_and_says_what_is_unknown(exported, marts):
    for table, rows in marts.items():
        with (exported / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == rows + 1, table


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "＝1+1",
        '=HYPERLINK("http://x.example","y")',
    ],
)
def test_no_cell_of_a_csv_is_a_formula(tmp_path, cell):
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute("create schema marts; create table marts.said (words varchar, n int)")
        connection.execute("insert into marts.said values (?, -1), ('plain - words', 2)", [cell])

    warehouse.write_csv(file, "said", tmp_path / "said.csv")

    with (tmp_path / "said.csv").open(encoding="utf-8", newline="") as written:
        rows = list(csv.reader(written))
    assert rows == [["words", "n"], ["'" + cell, "-1"], ["plain - words", "2"]]


def test_the_data_package_describes_every_file_with_its_keys(exported, marts):
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in package["resources"]}

    assert set(resources) == set(marts)
    for name, resource in resources.items():
        with (exported / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == header, name
        assert all(field["description"] for field in resource["schema"]["fields"]), name
        assert resource["schema"].get("primaryKey"), name
    assert {
        "fields": "speaker_actor_id",
        "reference": {"resource": "dim_actors", "fields": "actor_id"},
    } in resources["fct_statements"]["schema"]["foreignKeys"]


def test_the_index_leads_to_every_page_and_file_and_nothing_is_loaded_from_elsewhere(exported):
    index = Page((exported / "index.html").read_text(encoding="utf-8"))
    dictionary = Page((exported / "dictionary.html").read_text(encoding="utf-8"))

    local = [link for link in index.links + dictionary.links if not link.startswith("http")]
    assert {"dictionary.html", "erd.svg", "dbt.html", "datapackage.json"} <= set(local)
    for link in local:
        path, _, anchor = link.partition("#")
        assert not path or (exported / path).exists(), link
        if path == "dictionary.html" and anchor:
            assert anchor in dictionary.ids
    assert index.loads == dictionary.loads == []


def test_the_dictionary_describes_every_column_and_the_diagram_draws_every_reference(
    exported, marts
):
    page = (exported / "dictionary.html").read_text(encoding="utf-8")
    svg = ElementTree.parse(exported / "erd.svg").getroot()
    drawn = {title.text for title in svg.iter("{http://www.w3.org/2000/svg}title")}

    for table in marts:
        assert f'id="{table}"' in page
    assert "unnamed_origin_share" in page
    assert "fct_statements.speaker_actor_id → dim_actors.actor_id" in drawn
    assert "statement_provenance.statement_id → fct_statements.statement_id" in drawn
    referring = [
        field
        for resource in json.loads((exported / "datapackage.json").read_text())["resources"]
        for field in resource["schema"]["foreignKeys"]
    ]
    assert sum(" → " in (title or "") for title in drawn) == len(referring)


def test_dbt_tells_its_models_and_tests_in_one_page(exported):
    site = (exported / "dbt.html").read_text(encoding="utf-8")

    assert "model.communique.stance_timeline" in site
    assert "assert_no_imputed_stance_in_the_timeline" in site
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="https?:', site)


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else(copy, tmp_path, exported):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("mine")

    refused = copy.call("docs", precious)

    assert refused.returncode == 2
    assert "holds something else than an export" in refused.stderr
    assert [file.name for file in precious.iterdir()] == ["thesis.txt"]
    earlier = tmp_path / "exports" / "earlier"
    shutil.copytree(exported, earlier)
    (earlier / "left-over.txt").write_text("old")
    copy.settings.reports.mkdir()
    (copy.settings.reports / "2026-03-06.html").write_text("<title>The sixth of March</title>")
    assert copy.call("docs", earlier).returncode == 0
    assert not (earlier / "left-over.txt").exists()
    assert not (earlier / "csv").exists()
    assert [folder.name for folder in earlier.parent.iterdir()] == ["earlier"]
    assert "reports/2026-03-06.html" in Page((earlier / "index.html").read_text("utf-8")).links
    assert (earlier / "reports" / "2026-03-06.html").exists()


def test_nothing_is_exported_before_something_is_published(house, tmp_path):
    run = house.call("export", tmp_path / "files")

    assert run.returncode == 2
    assert "Nothing is published" in run.stderr
    assert not (tmp_path / "files").exists()


def test_what_descriptions_say_is_shown_and_not_obeyed(week):
    hostile = "<script>alert(1)</script>"
    column = Column(name="a_id", data_type="varchar", description=hostile, is_required=True)
    table = Table(name="dim_a", description=hostile, key=("a_id",), columns=(column,))
    catalogue = Catalogue(
        tables=(table,),
        exposures=(
            Exposure(
                name="a", label=hostile, kind="dashboard", url=None, description=hostile,
                tables=("dim_a",),
            ),
        ),
    )  # fmt: skip
    publication = warehouse.last_publication(week.settings.published_file)
    files = {"dim_a": Files(parquet=None, parquet_bytes=0, csv=None, csv_bytes=0)}

    for text in (
        export_pages.dictionary(catalogue, publication),
        export_pages.index(catalogue, publication, {"dim_a": 1}, files, []),
        diagram.draw(catalogue),
    ):
        assert "<script>" not in text
        assert "&lt;script&gt;" in text

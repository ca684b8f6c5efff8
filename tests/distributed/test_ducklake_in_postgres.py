"""A DuckLake with its catalog in PostgreSQL: the same marts, whole nights, and several writers."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import make_url

from builds import invent_build
from communique import warehouse
from communique.warehouse.ducklake import DuckLake
from ducklakes import commit_at_once, difference_of, whole_nights_while
from house import LAST_NIGHT, SECRET, House, files_that_tell

pytestmark = pytest.mark.distributed

START = datetime(2026, 3, 2, 5, 0)


@pytest.fixture
def catalog(metadata_store: str) -> str:
    """An empty database, addressed with a password."""
    store = make_url(metadata_store)
    return (
        f"postgres:host={store.host} port={store.port} user={store.username} "
        f"password={SECRET} dbname={store.database}"
    )


@pytest.fixture
def lake(catalog, tmp_path) -> DuckLake:
    return DuckLake(catalog=catalog, data=str(tmp_path / "data"))


@pytest.fixture
def publish(lake, tmp_path):
    """Publish an invented night."""

    def run(night: int):
        return lake.publish(
            invent_build(tmp_path, night), published_at=START + timedelta(days=night), keep=100
        )

    return run


def test_the_sample_week_is_that_of_the_file_and_no_file_tells_the_password(copy, catalog):
    house = House(replace(copy.settings, target="ducklake", ducklake_catalog=catalog))
    file, lake = (warehouse.published(one.settings) for one in (copy, house))

    run = house.call("publish", LAST_NIGHT)

    assert run.returncode == 0, run.stderr
    assert f"content hash {warehouse.last_publication(file).marts_hash}" in run.stdout
    assert difference_of(file, lake) == []
    assert house.read("ask").stdout == copy.read("ask").stdout
    assert "password=***" in house.read("status").stdout
    assert SECRET not in run.stdout + run.stderr
    assert files_that_tell(SECRET, house.settings.home) == []


def test_an_export_from_a_ducklake_has_the_same_tables_as_one_from_the_file(
    copy, catalog, tmp_path
):
    lake = House(replace(copy.settings, target="ducklake", ducklake_catalog=catalog))
    assert lake.call("publish", LAST_NIGHT).returncode == 0

    for house, name in ((copy, "file"), (lake, "lake")):
        run = house.read("export", tmp_path / name)
        assert run.returncode == 0, run.stderr

    packages = [
        json.loads((tmp_path / name / "datapackage.json").read_text("utf8"))["resources"]
        for name in ("file", "lake")
    ]
    assert [one["name"] for one in packages[0]] == [one["name"] for one in packages[1]]
    for csv in sorted((tmp_path / "file" / "csv").glob("*.csv")):
        theirs = (tmp_path / "lake" / "csv" / csv.name).read_text("utf8")
        assert sorted(theirs.splitlines()) == sorted(csv.read_text("utf8").splitlines()), csv.name


def test_who_attaches_it_without_any_option_sees_only_whole_nights(lake, publish, tmp_path):
    publish(1)

    seen = whole_nights_while(lake, tmp_path / "stop", publish, range(2, 8))

    assert seen["torn"] == []
    assert len(seen["nights"]) > 1


def test_two_installations_and_an_analyst_write_at_once_and_nobody_loses_anything(
    lake, publish, tmp_path
):
    publish(1)

    seen = commit_at_once(lake, tmp_path, remarks=20)

    assert sorted(seen["announced"]) == [1, 2, 3, 4, 5]
    assert seen["nights"] == [[night] * 6 for night in seen["announced"]]
    assert seen["remarks"] == 20

"""An address that is none is refused before anything is made at it, and is not repeated."""

import pytest

from communique.errors import WrongCallError
from communique.settings import Settings
from house import SECRET

CATALOG = "COMMUNIQUE_DUCKLAKE_CATALOG must be a file, or postgres: and a connection"
DATA = "COMMUNIQUE_DUCKLAKE_DATA must be a folder or start with s3://bucket"


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("DUCKLAKE_CATALOG", f"postgresql://me:{SECRET}@store.example/lake", CATALOG),
        ("DUCKLAKE_CATALOG", f"host=store.example dbname=lake password={SECRET}", CATALOG),
        ("DUCKLAKE_CATALOG", f"dbname = lake password = {SECRET}", CATALOG),
        ("DUCKLAKE_DATA", f"gs://{SECRET}/marts", DATA),
        ("DUCKLAKE_DATA", f"s3://key:{SECRET}@bucket", DATA),
        ("HOME", f"s3://{SECRET}/home", "COMMUNIQUE_HOME must be a folder of this machine"),
        ("DUMPS", f"s3://{SECRET}/dumps", "COMMUNIQUE_DUMPS must be a folder of this machine"),
    ],
)
def test_an_address_where_none_is_taken_is_a_wrong_call_that_tells_no_secret(
    variable, value, message
):
    with pytest.raises(WrongCallError) as error:
        Settings.from_environment({f"COMMUNIQUE_{variable}": value})

    assert message in str(error.value)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    "catalog", ["postgres:dbname=lake", "postgres:postgresql://me@store.example/lake"]
)
def test_a_connection_to_postgres_is_taken_as_it_is(catalog):
    settings = Settings.from_environment({"COMMUNIQUE_DUCKLAKE_CATALOG": catalog})

    assert settings.ducklake_catalog == catalog


def test_paths_are_taken_from_where_the_command_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment(
        {
            "COMMUNIQUE_HOME": "home",
            "COMMUNIQUE_DUCKLAKE_CATALOG": "lake.sqlite",
            "COMMUNIQUE_DUCKLAKE_DATA": "data",
        }
    )

    assert settings.home == tmp_path / "home"
    assert settings.ducklake_catalog == str(tmp_path / "lake.sqlite")
    assert settings.ducklake_data == str(tmp_path / "data")

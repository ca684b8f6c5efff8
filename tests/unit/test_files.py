"""What is exported is read back as it was, where there is nothing to read, too."""

import duckdb
import pytest

from communique import warehouse


@pytest.mark.parametrize("nights", [(), ("2026-03-02", "2026-03-03")])
def test_a_table_of_nights_is_read_back_with_all_its_columns_be_it_empty_or_not(tmp_path, nights):
    file, folder = tmp_path / "warehouse.duckdb", tmp_path / "said"
    with duckdb.connect(file) as connection:
        connection.execute(
            "create schema marts; create table marts.said (words varchar, dump_date date)"
        )
        for night in nights:
            connection.execute("insert into marts.said values (?, ?)", ["“Yes.”", night])

    warehouse.write_parquet(file, "said", folder)

    asked = f"from read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
    with duckdb.connect(file) as connection:
        described = connection.execute(f"describe {asked}").fetchall()
        assert {(name, kind) for name, kind, *_ in described} == {
            ("words", "VARCHAR"),
            ("dump_date", "DATE"),
        }
        assert len(connection.execute(asked).fetchall()) == len(nights)

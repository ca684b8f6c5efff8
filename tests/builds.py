"""Builds that are made in no time: of an invented night, and of a night of the sample week."""

import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb

from communique import warehouse
from communique.records import ExtractionRun

ROWS_OF_A_NIGHT = 100


def invent_build(folder: Path, night: int) -> Path:
    """Make the build of a night: as many rows in each mart as the night's number asks for."""
    build_file = folder / "build.duckdb"
    if not build_file.exists():
        warehouse.append(build_file, [])
    with duckdb.connect(folder / "build.marts.duckdb") as marts:
        marts.execute("create schema if not exists marts")
        marts.execute("delete from contents")
        for table in ("fct_statements", "fct_stances"):
            marts.execute(
                f"create or replace table marts.{table} as "
                f"select {night} as night from range({night * ROWS_OF_A_NIGHT})"
            )
            marts.execute(
                f"insert into contents select '{table}', count(*), {night} from marts.{table}"
            )
    return build_file


def invent_build_of(folder: Path, nights: list[date]) -> Path:
    """Make a build that holds nights, as far as publishing looks at it."""
    build_file = invent_build(folder, len(nights))
    warehouse.append(build_file, [
        ExtractionRun(
            extraction_run_id=str(night), extractor_version="1", model_hash="1", dump_date=night,
            input_hash="1", started_at=datetime(2026, 3, 9), article_count=0, statement_count=0,
        )
        for night in nights
    ])  # fmt: skip
    with duckdb.connect(build_file) as build:
        build.execute(f"attach '{build_file.with_suffix('.marts.duckdb')}' as warehouse")
        build.execute(
            "create or replace table warehouse.marts.dim_extraction_runs as "
            "from raw.extraction_runs"
        )
    return build_file


def build_again(release: Path, folder: Path) -> Path:
    """Make the build that a release was published from, as far as publishing looks at it."""
    folder.mkdir(parents=True, exist_ok=True)
    build_file, marts_file = folder / "build.duckdb", folder / "build.marts.duckdb"
    shutil.copyfile(release, marts_file)
    with duckdb.connect(marts_file) as marts:
        marts.execute("drop schema ops cascade")
        marts.execute(
            "create table contents (table_name varchar, row_count bigint, row_hash_sum hugeint)"
        )
        tables = marts.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        for (table,) in tables:
            columns = "* exclude (started_at)" if table == "dim_extraction_runs" else "*"
            marts.execute(
                f"insert into contents select '{table}', count(*), "
                "coalesce(sum(hash(published_row)::hugeint), 0) "
                f"from (select {columns} from marts.{table}) as published_row"
            )
    warehouse.append(build_file, [])
    with duckdb.connect(build_file) as build:
        build.execute(f"attach '{release}' as released (read_only)")
        build.execute(
            "insert into raw.extraction_runs by name select '' as input_hash, "
            "* exclude (codebook_version, judge_version, stance_count) "
            "from released.marts.dim_extraction_runs"
        )
        for (table,) in build.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'build' and schema_name = 'ops' and table_name <> 'publications'"
        ).fetchall():
            build.execute(f"insert into ops.{table} by name from released.ops.{table}")
    return build_file

"""`python -m communique.dbt.spark MASTER FOLDER WORDS`: be dbt, in a session of Spark.

Spark's catalogue lives as long as this process: all that is built is built anew.
"""

import sys
import traceback
from pathlib import Path

from dbt.adapters.spark import session
from pyspark.sql import SparkSession

from communique.dbt import NO_SESSION
from communique.dbt.dialect import in_spark
from communique.dbt.process import be_dbt


class _Cursor(session.Cursor):
    """Says in Spark's SQL what the models say in DuckDB's."""

    def execute(self, sql: str, *parameters: object) -> None:
        super().execute(in_spark(sql), *parameters)


def _open_session(master: str, folder: Path) -> SparkSession:
    builder = (
        SparkSession.builder.master(master)
        .appName("communique")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    if master.startswith("local"):
        # Nobody else has to reach it, and parts by the hundred are for machines by the dozen.
        builder = (
            builder.config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
        )
    return builder.getOrCreate()


def _take_over(spark: SparkSession, folder: Path) -> None:
    spark.sql("create database raw")
    for file in sorted((folder / "raw").glob("*.parquet")):
        spark.catalog.createTable(f"raw.{file.stem}", path=str(file), source="parquet")


if __name__ == "__main__":
    master, folder = sys.argv.pop(1), Path(sys.argv.pop(1))
    try:
        spark = _open_session(master, folder)
    except Exception:  # of Java, of its launcher or of PySpark, whose only common class it is
        traceback.print_exc()
        sys.exit(NO_SESSION)
    _take_over(spark, folder)
    session.Cursor = _Cursor
    be_dbt()

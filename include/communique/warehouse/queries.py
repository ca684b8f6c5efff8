"""Reading a DuckDB file: rows for terminals and frames for checks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from communique.warehouse.database import open_file


def query(file: Path, sql: str, parameters: Sequence = ()) -> tuple[list[str], list[tuple]]:
    """Run one query read-only; returns the column names and the rows."""
    with open_file(file, read_only=True) as connection:
        cursor = connection.execute(sql, list(parameters))
        return [column[0] for column in cursor.description], cursor.fetchall()


def query_frame(file: Path, sql: str, parameters: Mapping[str, object]) -> pd.DataFrame:
    """Run one query read-only, with its `$name` parameters; returns a data frame."""
    with open_file(file, read_only=True) as connection:
        return connection.execute(sql, dict(parameters)).df()

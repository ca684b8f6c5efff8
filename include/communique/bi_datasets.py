"""The datasets of the BI tool, written from the semantic models of dbt.

`python -m communique.bi_datasets` writes them anew; a test holds them against the dbt project.
"""

import tempfile
import uuid
from pathlib import Path
from typing import Any

import yaml

from communique import dbt
from communique.catalogue import Catalogue, Column, Table, read_catalogue
from communique.settings import CHECKOUT, Settings

FOLDER = CHECKOUT / "include" / "superset" / "assets" / "datasets" / "communique"
DATABASE_UUID = "6f0d6a2c-6f0f-5d5c-9a58-3a0f2f2f8a10"
"""The identity of `databases/communique.yaml` beside the folder."""

_TYPES = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "double": "DOUBLE",
    "integer": "INTEGER",
    "timestamp": "TIMESTAMP",
    "varchar": "VARCHAR",
}
_TIMES = ("date", "timestamp")
_VERBOSE_ENDINGS = ("_name", "_text")


def datasets(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """Describe each mart that has a semantic model as a dataset, by file name."""
    return {
        f"{table.name}.yaml": _dataset(table)
        for table in catalogue.tables
        if table.semantic_model is not None
    }


def write(described: dict[str, dict[str, Any]], folder: Path) -> None:
    """Let the folder hold these datasets and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for name, dataset in described.items():
        text = yaml.safe_dump(dataset, sort_keys=False, allow_unicode=True, width=100)
        (folder / name).write_text(text, encoding="utf-8")


def _dataset(table: Table) -> dict[str, Any]:
    model = table.semantic_model
    columns = [_physical(column) for column in table.columns if _is_shown(column, table)]
    columns += [
        {
            "column_name": one.name,
            "verbose_name": one.label,
            "is_dttm": one.is_time,
            "type": "DATE" if one.is_time else "VARCHAR",
            "groupby": True,
            "filterable": True,
            "expression": one.expression,
            "description": one.description,
        }
        for one in model.calculations
    ]
    return {
        "table_name": table.name,
        "main_dttm_col": model.time_column,
        "description": table.description,
        "schema": "marts",
        "sql": None,
        "filter_select_enabled": True,
        "uuid": str(uuid.uuid5(uuid.UUID(DATABASE_UUID), table.name)),
        "metrics": [
            {
                "metric_name": metric.name,
                "verbose_name": metric.label,
                "expression": metric.expression,
                "description": metric.description,
                "d3format": metric.number_format,
            }
            for metric in model.metrics
        ],
        "columns": columns,
        "version": "1.0.0",
        "database_uuid": DATABASE_UUID,
    }


def _is_shown(column: Column, table: Table) -> bool:
    """Ids of other things stay out: wherever one stands, a name stands beside it."""
    return not column.name.endswith("_id") or table.key == (column.name,)


def _physical(column: Column) -> dict[str, Any]:
    return {
        "column_name": column.name,
        "verbose_name": _verbose(column.name),
        "is_dttm": column.data_type in _TIMES,
        "type": _TYPES[column.data_type],
        "groupby": True,
        "filterable": True,
        "expression": None,
        "description": column.description,
    }


def _verbose(name: str) -> str:
    for ending in _VERBOSE_ENDINGS:
        name = name.removesuffix(ending)
    return name.replace("_", " ").capitalize()


def main() -> None:
    """Write the datasets anew from the dbt project as it stands."""
    with tempfile.TemporaryDirectory() as target:
        manifest = dbt.manifest(
            project=Settings.from_environment().dbt_project, target=Path(target)
        )
    write(datasets(read_catalogue(manifest)), FOLDER)


if __name__ == "__main__":
    main()

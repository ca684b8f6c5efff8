"""The description of an export for programs, in the form of a Frictionless Data Package."""

from collections.abc import Mapping
from typing import Any

from communique.catalogue import Catalogue, Column, Table
from communique.exports.pages import Files
from communique.records import Publication

_TYPES = {
    "bigint": "integer",
    "boolean": "boolean",
    "date": "date",
    "double": "number",
    "integer": "integer",
    "timestamp": "datetime",
    "varchar": "string",
}


def describe(
    catalogue: Catalogue, publication: Publication, files: Mapping[str, Files]
) -> dict[str, Any]:
    """Describe the CSV files: fields with types and meanings, primary and foreign keys."""
    return {
        "name": "communique",
        "title": "communique: who said what, according to whom, and where they stand",
        "id": publication.publication_id,
        "created": publication.published_at.isoformat() + "Z",
        "resources": [
            {
                "name": table.name,
                "description": table.description,
                "path": files[table.name].csv,
                "format": "csv",
                "encoding": "utf-8",
                "schema": _schema(table),
            }
            for table in catalogue.tables
            if table.name in files and files[table.name].csv
        ],
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    schema["foreignKeys"] = [
        {
            "fields": column.name,
            "reference": {"resource": reference.table, "fields": reference.column},
        }
        for column, reference in table.references
    ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    field = {
        "name": column.name,
        "type": _TYPES[column.data_type],
        "description": column.description,
    }
    if column.data_type == "timestamp":
        field["format"] = "%Y-%m-%d %H:%M:%S"
    return field | ({"constraints": constraints} if constraints else {})

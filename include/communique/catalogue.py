"""What dbt knows of the marts: tables, columns, keys, references, metrics and who uses them.

Everything that describes the marts to people and tools is written from here, so that a sentence
about a column stands in one place, beside its model.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_AGGREGATES = {
    "average": "avg({})",
    "count": "count({})",
    "count_distinct": "count(distinct {})",
    "max": "max({})",
    "min": "min({})",
    "sum": "sum({})",
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The column of another table that a column points to."""

    table: str
    column: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column as its model declares it; `values` lists the words of a closed list."""

    name: str
    data_type: str
    description: str
    is_required: bool
    is_key: bool = False
    reference: Reference | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A figure over a table: an aggregate expression in SQL, with its format in d3's notation."""

    name: str
    label: str
    description: str
    expression: str
    number_format: str | None


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """A column that the semantic model adds to its table by an expression in SQL."""

    name: str
    label: str
    description: str
    expression: str
    is_time: bool


@dataclass(frozen=True, kw_only=True)
class SemanticModel:
    """What the semantic layer says of a table."""

    time_column: str
    calculations: tuple[Calculation, ...]
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A mart; `key` names the columns that are unique together."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    semantic_model: SemanticModel | None = None

    @property
    def references(self) -> tuple[tuple[Column, Reference], ...]:
        """The columns that point to other tables."""
        return tuple((one, one.reference) for one in self.columns if one.reference)

    @property
    def has_dump_date(self) -> bool:
        """Whether each row belongs to the dump of one date."""
        return any(column.name == "dump_date" for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """A dashboard, report or page that reads marts."""

    name: str
    label: str
    kind: str
    url: str | None
    description: str
    tables: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All marts and their uses, by name."""

    tables: tuple[Table, ...]
    exposures: tuple[Exposure, ...]

    def table(self, name: str) -> Table:
        """Return one table; KeyError when there is none of that name."""
        return {table.name: table for table in self.tables}[name]


def read_catalogue(manifest: Mapping[str, Any]) -> Catalogue:
    """Read the marts out of dbt's `manifest.json`."""
    tests = defaultdict(list)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            tests[node["attached_node"]].append(node)
    semantic_models = _semantic_models(manifest)
    tables = [
        _table(node, tests[unique_id], semantic_models.get(node["name"]))
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    ]
    return Catalogue(
        tables=tuple(sorted(tables, key=lambda table: table.name)),
        exposures=tuple(
            Exposure(
                name=one["name"],
                label=one["label"] or one["name"].replace("_", " "),
                kind=one["type"],
                url=one["url"],
                description=_line(one["description"]),
                tables=tuple(sorted(node.split(".")[-1] for node in one["depends_on"]["nodes"])),
            )
            for one in manifest["exposures"].values()
        ),
    )


def _table(
    node: Mapping[str, Any],
    tests: Iterable[Mapping[str, Any]],
    semantic_model: SemanticModel | None,
) -> Table:
    by_column: dict[str, dict[str, Any]] = defaultdict(dict)
    together: tuple[str, ...] = ()
    for test in tests:
        what = test["test_metadata"]
        if test["column_name"]:
            by_column[test["column_name"]][what["name"]] = what["kwargs"]
        elif what["name"] == "unique_together":
            together = tuple(what["kwargs"]["columns"])
    unique = tuple(name for name, found in by_column.items() if "unique" in found)
    key = unique[:1] or together
    return Table(
        name=node["name"],
        description=_line(node["description"]),
        key=key,
        columns=tuple(
            _column(column, by_column[column["name"]], key) for column in node["columns"].values()
        ),
        semantic_model=semantic_model,
    )


def _column(column: Mapping[str, Any], tests: Mapping[str, Any], key: tuple[str, ...]) -> Column:
    relationship = tests.get("relationships")
    return Column(
        name=column["name"],
        data_type=column["data_type"],
        description=_line(column["description"]),
        is_required=any(one["type"] == "not_null" for one in column["constraints"]),
        is_key=column["name"] in key,
        reference=relationship
        and Reference(
            table=relationship["to"].split("'")[1],
            column=relationship["field"],
        ),
        values=tuple(map(str, tests.get("accepted_values", {}).get("values", ()))),
    )


def _semantic_models(manifest: Mapping[str, Any]) -> dict[str, SemanticModel]:
    measures = {
        measure["name"]: (model["name"], measure)
        for model in manifest["semantic_models"].values()
        for measure in model["measures"]
    }
    metrics = {metric["name"]: metric for metric in manifest["metrics"].values()}
    of_model = defaultdict(list)
    for metric in metrics.values():
        (model,) = {measures[one["name"]][0] for one in metric["type_params"]["input_measures"]}
        of_model[model].append(
            Metric(
                name=metric["name"],
                label=metric["label"],
                description=_line(metric["description"]),
                expression=_expression(metric, metrics, measures),
                number_format=metric["config"]["meta"].get("number_format"),
            )
        )
    return {
        model["node_relation"]["alias"]: SemanticModel(
            time_column=model["defaults"]["agg_time_dimension"],
            calculations=tuple(
                Calculation(
                    name=dimension["name"],
                    label=dimension["label"],
                    description=_line(dimension["description"]),
                    expression=dimension["expr"],
                    is_time=dimension["type"] == "time",
                )
                for dimension in model["dimensions"]
                if dimension["expr"] and dimension["expr"] != dimension["name"]
            ),
            metrics=tuple(of_model[model["name"]]),
        )
        for model in manifest["semantic_models"].values()
    }


def _expression(
    metric: Mapping[str, Any],
    metrics: Mapping[str, Mapping[str, Any]],
    measures: Mapping[str, tuple[str, Mapping[str, Any]]],
) -> str:
    """Say a metric in SQL; ValueError for a kind of metric that no table of ours has."""
    parameters = metric["type_params"]
    if metric["type"] == "simple":
        _, measure = measures[parameters["measure"]["name"]]
        return _AGGREGATES[measure["agg"]].format(measure["expr"] or measure["name"])
    if metric["type"] == "ratio":
        above, below = (
            _expression(metrics[parameters[part]["name"]], metrics, measures)
            for part in ("numerator", "denominator")
        )
        return f"{above} / nullif({below}, 0)"
    raise ValueError(f"Metric {metric['name']} is {metric['type']}: say it in SQL here first.")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())

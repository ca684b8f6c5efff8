"""The pages of an export: the data dictionary and the index that leads everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique import html_page
from communique.catalogue import Catalogue
from communique.records import Publication

_KINDS = (
    ("answers", "Tables that answer directly", ()),
    ("facts", "What was said, held and done", ("fct_", "statement_spans", "doubtful_stances")),
    ("dimensions", "Who and what it is about", ("dim_",)),
)


@dataclass(frozen=True, kw_only=True)
class Files:
    """Where a table lies as files, relative to the index page; None where it was not exported."""

    parquet: str | None
    parquet_bytes: int
    csv: str | None
    csv_bytes: int


def dictionary(catalogue: Catalogue, publication: Publication) -> str:
    """Write every table, column, key, reference and metric as one HTML page."""
    referred_by = {
        table.name: sorted(
            {
                other.name
                for other in catalogue.tables
                for _, reference in other.references
                if reference.table == table.name and other.name != table.name
            }
        )
        for table in catalogue.tables
    }
    used_by = {
        table.name: [one for one in catalogue.exposures if table.name in one.tables]
        for table in catalogue.tables
    }
    return html_page.render(
        "communique.exports",
        "dictionary.html",
        kinds=_by_kind(catalogue),
        publication=publication,
        referred_by=referred_by,
        used_by=used_by,
    )


def index(
    catalogue: Catalogue,
    publication: Publication,
    counts: Mapping[str, int],
    files: Mapping[str, Files],
    reports: Sequence[Path],
) -> str:
    """Write the page that leads to the data, to all that explains it, and to the reports."""
    return html_page.render(
        "communique.exports",
        "index.html",
        catalogue=catalogue,
        kinds=_by_kind(catalogue),
        publication=publication,
        counts=counts,
        files=files,
        reports=reports,
        has_data=any(one.parquet for one in files.values()),
    )


def _by_kind(catalogue: Catalogue) -> list[tuple[str, str, list]]:
    prefixes = tuple(prefix for _, _, found in _KINDS for prefix in found)
    return [
        (
            anchor,
            title,
            [
                table
                for table in catalogue.tables
                if (table.name.startswith(found) if found else not table.name.startswith(prefixes))
            ],
        )
        for anchor, title, found in _KINDS
    ]

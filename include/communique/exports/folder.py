"""An export is one folder: data, descriptions and pages, put in its place as a whole."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique import dbt, warehouse
from communique.catalogue import Catalogue, read_catalogue
from communique.errors import CommuniqueError, WrongCallError
from communique.exports import data_package, diagram, pages
from communique.records import Publication
from communique.settings import Settings

_MARK = "datapackage.json"
"""The file by which an earlier export is known; no other folder is ever replaced."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What was written: bytes of each kind, and how many tables and rows."""

    folder: Path
    publication: Publication
    table_count: int
    row_count: int
    parquet_bytes: int
    csv_bytes: int


def write_export(settings: Settings, release: warehouse.Warehouse, folder: Path) -> Export:
    """Write all marts of a release as Parquet and CSV, with the documentation beside them.

    The folder must be new, empty or an earlier export, which is replaced when the new one is whole.
    Raises WrongCallError for any other folder.
    """
    return _write(settings, release, folder, with_data=True)


def write_documentation(settings: Settings, release: warehouse.Warehouse, folder: Path) -> Export:
    """Write the documentation alone: dictionary, diagram, dbt's site and the index page."""
    return _write(settings, release, folder, with_data=False)


def _write(
    settings: Settings, release: warehouse.Warehouse, folder: Path, *, with_data: bool
) -> Export:
    with _replaced(folder) as draft, tempfile.TemporaryDirectory() as target:
        counts = warehouse.row_counts(release, "marts")
        if with_data:
            for table in counts:
                warehouse.write_parquet(release, table, draft / "parquet" / table)
                warehouse.write_csv(release, table, draft / "csv" / f"{table}.csv")
        publication = warehouse.last_publication(release)
        catalogue = read_catalogue(_dbt_site(settings, release, Path(target), draft / "dbt.html"))
        _describe(draft, catalogue, publication, counts, _copy_reports(settings, draft))
        return Export(
            folder=folder,
            publication=publication,
            table_count=len(counts),
            row_count=sum(counts.values()),
            parquet_bytes=_size(draft / "parquet"),
            csv_bytes=_size(draft / "csv"),
        )


def _dbt_site(
    settings: Settings, release: warehouse.Warehouse, target: Path, page: Path
) -> dict[str, Any]:
    """Let dbt write its site on a release as one page; returns the manifest that it was made of."""
    # dbt knows the tables by the name of their database.
    outline = target / "warehouse.duckdb"
    warehouse.write_outline(release, outline)
    run = dbt.call(
        *("docs", "generate", "--static", "--target", "published"),
        project=settings.dbt_project,
        target=target,
        database=outline,
    )
    if run.returncode:
        raise CommuniqueError(f"dbt could not write its site: {run.stdout.strip()[-2000:]}")
    shutil.copyfile(target / "static_index.html", page)
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


def _copy_reports(settings: Settings, draft: Path) -> list[Path]:
    """Take the morning reports along; returns where they lie in the draft, the newest first."""
    if not settings.reports.is_dir():
        return []
    shutil.copytree(settings.reports, draft / "reports")
    return sorted((one.relative_to(draft) for one in draft.glob("reports/*.html")), reverse=True)


def _describe(
    draft: Path,
    catalogue: Catalogue,
    publication: Publication,
    counts: dict[str, int],
    reports: list[Path],
) -> None:
    files = {
        table: pages.Files(
            parquet=f"parquet/{table}/" if (draft / "parquet" / table).exists() else None,
            parquet_bytes=_size(draft / "parquet" / table),
            csv=f"csv/{table}.csv" if (draft / "csv" / f"{table}.csv").exists() else None,
            csv_bytes=_size(draft / "csv" / f"{table}.csv"),
        )
        for table in counts
    }
    package = data_package.describe(catalogue, publication, files)
    for name, text in {
        "erd.svg": diagram.draw(catalogue),
        "dictionary.html": pages.dictionary(catalogue, publication),
        "index.html": pages.index(catalogue, publication, counts, files, reports),
        _MARK: json.dumps(package, indent=2, ensure_ascii=False) + "\n",
    }.items():
        (draft / name).write_text(text, encoding="utf-8")


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """Give a draft to write into, and put it in the folder's place when the block ends well."""
    if folder.exists() and not _may_be_replaced(folder):
        raise WrongCallError(
            f"{folder} holds something else than an export: name a new or an empty folder."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        draft = Path(beside) / "new"
        draft.mkdir()
        yield draft
        if folder.exists():
            folder.rename(Path(beside) / "old")
        draft.rename(folder)


def _may_be_replaced(folder: Path) -> bool:
    return folder.is_dir() and ((folder / _MARK).is_file() or not any(folder.iterdir()))


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())

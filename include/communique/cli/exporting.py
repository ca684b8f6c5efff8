"""What hands the marts on: exports, and the pages that explain them."""

import argparse

from communique import exports
from communique.cli.answers import release_of
from communique.settings import Settings


def export(settings: Settings, call: argparse.Namespace) -> None:
    """Write all marts and the pages that explain them."""
    done = exports.write_export(settings, release_of(settings, call), call.folder)
    print(
        f"{done.table_count} tables, {done.row_count:,} rows as Parquet "
        f"({done.parquet_bytes / 1e6:,.1f} MB) and CSV ({done.csv_bytes / 1e6:,.1f} MB)"
    )
    print(f"Start at {done.folder / 'index.html'}")


def docs(settings: Settings, call: argparse.Namespace) -> None:
    """Write the pages alone."""
    done = exports.write_documentation(settings, release_of(settings, call), call.folder)
    print(f"{done.table_count} tables are described. Start at {done.folder / 'index.html'}")

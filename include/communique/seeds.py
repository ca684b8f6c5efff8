"""The seeds of the dbt project that people keep and the stages before dbt read, too."""

import csv
from pathlib import Path

from communique.errors import CommuniqueError


def read_seed(file: Path) -> list[dict[str, str]]:
    """Read the rows of a seed by column name. Raises CommuniqueError when it is missing."""
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    except FileNotFoundError:
        raise CommuniqueError(
            f"The seed {file} is missing: restore it, the nights need it."
        ) from None

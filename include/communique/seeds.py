"""The seeds of the dbt project that people keep and the stages before dbt read, too."""

import csv
from pathlib import Path

from communique.errors import CommuniqueError


def read_seed(file: Path) -> list[dict[str, str]]:
    """Read the rows of a seed by column name; spreadsheets put a byte order mark in front.

    Raises CommuniqueError when it is missing or no CSV in UTF-8.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))
    except FileNotFoundError:
        raise CommuniqueError(
            f"The seed {file} is missing: restore it, the nights need it."
        ) from None
    except OSError as error:
        raise CommuniqueError(
            f"The seed {file} cannot be read ({error.strerror}): restore it, the nights need it."
        ) from None
    except UnicodeDecodeError as error:
        raise CommuniqueError(
            f"The seed {file} is not in UTF-8 (byte {error.start}): save it as CSV with commas, "
            "in UTF-8."
        ) from None
    except csv.Error as error:
        raise CommuniqueError(
            f"The seed {file} is no CSV ({error}): save it as CSV with commas, in UTF-8."
        ) from None

"""The decisions that people write down in `reviews.csv`."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from communique.errors import CommuniqueError
from communique.records import Review, make_id

COLUMNS = ("target_table", "target_id", "decision", "reviewer", "reviewed_at", "note")


def read_reviews(file: Path) -> list[Review]:
    """Read the reviews; none when there is no file.

    `reviewed_at` is ISO 8601, UTC unless it names a zone. Raises CommuniqueError with the line
    that cannot be read.
    """
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise CommuniqueError(
                f"{file} has no column {', '.join(missing)}: its first line must name "
                f"{', '.join(COLUMNS)}."
            )
        return [_review(file, reader.line_num, row) for row in reader]


def _review(file: Path, line: int, row: dict[str, str]) -> Review:
    for column in COLUMNS[:-1]:
        if not (row[column] or "").strip():
            raise CommuniqueError(f"{file}, line {line}: {column} is empty; fill it in.")
    try:
        reviewed_at = datetime.fromisoformat(row["reviewed_at"])
    except ValueError:
        raise CommuniqueError(
            f"{file}, line {line}: reviewed_at is {row['reviewed_at']!r}; "
            "write a time such as 2026-03-02T09:30:00."
        ) from None
    if reviewed_at.tzinfo:
        reviewed_at = reviewed_at.astimezone(UTC).replace(tzinfo=None)
    return Review(
        review_id=make_id(row["target_table"], row["target_id"], row["reviewer"], reviewed_at),
        target_table=row["target_table"],
        target_id=row["target_id"],
        decision=row["decision"],
        reviewer=row["reviewer"],
        reviewed_at=reviewed_at,
        note=row["note"] or None,
    )

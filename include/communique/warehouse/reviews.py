"""The decisions that people write down in `reviews.csv`."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from communique.errors import CommuniqueError
from communique.records import Review, make_id

COLUMNS = ("target_table", "target_id", "decision", "reviewer", "reviewed_at", "note")
"""The columns that the file must have; `value` may be left out where no decision needs it."""

_NO_VALUE, _ACTOR_ID, _NAME, _DAY = "", "an actor_id", "a name", "a day such as 2026-03-02"

DECISIONS = {
    "dim_actors": {"merge": _ACTOR_ID, "rename": _NAME},
    "dim_actor_aliases": {"reject": _NO_VALUE},
    "dim_actor_roles": {"end": _DAY, "reject": _NO_VALUE},
    "fct_stances": {"accepted": _NO_VALUE, "rejected": _NO_VALUE},
}
"""Table -> decision on its rows -> what its `value` is."""


def read_reviews(file: Path) -> list[Review]:
    """Read the reviews; none when there is no file.

    `reviewed_at` is ISO 8601, UTC unless it names a zone. Raises CommuniqueError with the line
    that cannot be read or decides what cannot be decided, and what is allowed; or with the file
    that is no CSV in UTF-8.
    """
    if not file.exists():
        return []
    try:
        return _read(file)
    except UnicodeDecodeError as error:
        raise CommuniqueError(
            f"{file} is not in UTF-8 (byte {error.start}): save it as CSV with commas, in UTF-8."
        ) from None
    except csv.Error as error:
        raise CommuniqueError(
            f"{file} is no CSV ({error}): save it as CSV with commas, in UTF-8."
        ) from None


def _read(file: Path) -> list[Review]:
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
    place = f"{file}, line {line}"
    row = {column: (row.get(column) or "").strip() for column in (*COLUMNS, "value")}
    for column in COLUMNS[:-1]:
        if not row[column]:
            raise CommuniqueError(f"{place}: {column} is empty; fill it in.")
    _check_decision(place, row)
    reviewed_at = _time(place, row["reviewed_at"])
    return Review(
        review_id=make_id(
            row["target_table"],
            row["target_id"],
            row["reviewer"],
            reviewed_at,
            *([row["decision"]] if row["target_table"] == "dim_actors" else []),
        ),
        target_table=row["target_table"],
        target_id=row["target_id"],
        decision=row["decision"],
        reviewer=row["reviewer"],
        reviewed_at=reviewed_at,
        note=row["note"] or None,
        value=row["value"] or None,
    )


def _check_decision(place: str, row: dict[str, str]) -> None:
    decisions = DECISIONS.get(row["target_table"])
    if decisions is None:
        raise CommuniqueError(
            f"{place}: target_table is {row['target_table']!r}; write {_any_of(DECISIONS)}."
        )
    expected = decisions.get(row["decision"])
    if expected is None:
        raise CommuniqueError(
            f"{place}: decision is {row['decision']!r}; on a row of {row['target_table']} write "
            f"{_any_of(decisions)}."
        )
    if not _IS_VALUE[expected](row["value"]):
        wanted = f"write {expected}" if expected else "leave it empty"
        raise CommuniqueError(
            f"{place}: value is {row['value']!r}; for the decision {row['decision']} {wanted}."
        )


def _any_of(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_IS_VALUE: dict[str, Callable[[str], bool]] = {
    _NO_VALUE: lambda text: not text,
    _ACTOR_ID: lambda text: re.fullmatch(r"[0-9a-f]{16}", text) is not None,
    _NAME: bool,
    _DAY: _is_day,
}


def _time(place: str, text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise CommuniqueError(
            f"{place}: reviewed_at is {text!r}; write a time such as 2026-03-02T09:30:00."
        ) from None
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time

"""Answers as people and programs read them: tables for terminals, CSV for sheets, JSON."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table

_MIN_TABLE_WIDTH = 100
"""Columns: a narrower terminal folds a line, where a narrower table would cut words off."""

STARTS_A_FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"
"""What makes a spreadsheet run a cell, also written in full width or behind blanks (OWASP, "CSV
injection")."""


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Print a table; what comes from articles is data, so markup in it is shown and not obeyed."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for at, name in enumerate(columns):
        values = [row[at] for row in rows if row[at] is not None]
        is_number = all(type(value) in (int, float) for value in values)
        # Numbers and dates stay in one piece, headings break between words; texts take the rest.
        in_one_piece = name.split("_")
        if is_number or all(isinstance(value, date) for value in values):
            in_one_piece += map(_plain, values)
        table.add_column(
            name.replace("_", " "),
            justify="right" if is_number else "left",
            overflow="fold",
            min_width=max(map(len, in_one_piece)),
        )
    for row in rows:
        table.add_row(*("" if value is None else _plain(value) for value in row))
    console = Console(markup=False, highlight=False)
    console.width = max(console.width, _MIN_TABLE_WIDTH)
    console.print(table)


def csv_text(columns: Sequence[str], rows: Sequence[Sequence]) -> str:
    """Write CSV with a header line; no text in it is run by a spreadsheet as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow("" if value is None else safe_cell(value) for value in row)
    return text.getvalue()


def safe_cell(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and re.search(STARTS_A_FORMULA, value):
        value = "'" + value
    return printable(value) if isinstance(value, str) else value


def json_text(columns: Sequence[str], rows: Sequence[Sequence]) -> str:
    """Write the rows as a JSON array of objects; dates and times are ISO 8601."""
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    text = json.dumps(objects, ensure_ascii=False, indent=2, default=_json_value)
    # What could steer a terminal is escaped; such characters stand inside of strings only.
    return (
        "".join(
            character
            if character.isprintable() or character == "\n"
            else json.dumps(character)[1:-1]
            for character in text
        )
        + "\n"
    )


def day_in_words(day: date | None) -> str | None:
    """Write a day, or the day of a time, as people say it: 4 March 2026; None stays None."""
    return f"{day.day} {day:%B %Y}" if day else None


def printable(text: str) -> str:
    """Take out what would steer a terminal; names of files and words of articles are data."""
    return "".join(
        character if character.isprintable() or character == "\n" else " " for character in text
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return printable(str(value)).replace("\n", " ")


def _json_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")

"""The page on dumps lists the formats that are read, in the readers' own words."""

from communique.dumps import FORMATS
from communique.settings import CHECKOUT

PAGE = (CHECKOUT / "docs" / "dumps.md").read_text(encoding="utf-8")


def test_the_table_of_formats_is_that_of_the_readers():
    rows = [f"| {name} | {what} |" for name, what in FORMATS]

    assert "\n".join(["| name | what |", "|---|---|", *rows, ""]) in PAGE

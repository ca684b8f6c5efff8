"""One night as one file that needs nothing else."""

import os
from datetime import date
from pathlib import Path

from communique import evidence, html_page, warehouse
from communique.morning.contents import compose, told_statements
from communique.morning.queries import read_night


def write_report(published: warehouse.Warehouse, dump_date: date, target: Path) -> None:
    """Write the report of one night, as a release knows it, into a file, replaced as a whole.

    Raises WrongCallError when the release holds no such night.
    """
    with warehouse.open_release(published) as release:
        night = read_night(release, dump_date)
        statements = evidence.read_statements(release, told_statements(night))
        articles = evidence.read_articles(
            release, (one.article_version_id for one in statements.values())
        )
    contents = compose(night, statements, articles)
    text = html_page.render(
        "communique.morning",
        "report.html",
        publication=warehouse.last_publication(published),
        share=_share,
        **vars(contents),
    )
    _replace(target, text)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _replace(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)

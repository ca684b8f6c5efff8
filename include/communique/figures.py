"""The figures of a night, for all outlets together and for each, beside those of the nights before.

Pure: data frames in, data frames out. What deviates too much is said in `expectations/`.
"""

import statistics
from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from communique.records import NightFigure

NIGHTS = 28
"""How many nights back a night is compared."""

LEAST_NIGHTS = 5
"""Fewer nights than these say nothing about what is usual."""

LEAST_ARTICLES = 10
"""Shares and means of fewer articles are chance."""

ALL_OUTLETS = "all outlets"

_WORDS = {
    "articles": ("{:,.0f}", "articles"),
    "refused_share": ("{:.0%}", "of the records refused"),
    "statements_per_article": ("{:.1f}", "statements an article"),
    "unresolved_share": ("{:.0%}", "of the speakers unresolved"),
}
"""How a figure is written, and of what it is one."""

_LANGUAGE = "language_share_"


def of_landed(dump_date: date, articles: pd.DataFrame, loads: pd.DataFrame) -> list[NightFigure]:
    """Count the articles and the share of each language by outlet, and what was refused in all.

    `articles` has outlet_name, outlet_domain and language_code, `loads` records_read and
    records_rejected.
    """
    figures = []
    for outlet, group in _by_outlet(articles):
        figures.append(_figure(dump_date, "landed", outlet, "articles", len(group)))
        if len(group) >= LEAST_ARTICLES:
            shares = group["language_code"].fillna("unknown").value_counts(normalize=True)
            figures += [
                _figure(dump_date, "landed", outlet, f"{_LANGUAGE}{language}", share)
                for language, share in shares.items()
            ]
    read = int(loads["records_read"].sum())
    if read >= LEAST_ARTICLES:
        share = int(loads["records_rejected"].sum()) / read
        figures.append(_figure(dump_date, "landed", ALL_OUTLETS, "refused_share", share))
    return figures


def of_extracted(
    dump_date: date, articles: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame
) -> list[NightFigure]:
    """Measure statements an article, and the share whose speaker is no actor, by outlet.

    `articles` has article_version_id and the outlet, `statements` and `sources`
    article_version_id and source_number, `sources` entity_number.
    """
    said = statements[["article_version_id", "source_number"]].merge(
        sources[["article_version_id", "source_number", "entity_number"]], how="left"
    )
    by_article = said.groupby("article_version_id")["entity_number"].agg(["size", "count"])
    counted = articles.join(by_article, on="article_version_id").fillna({"size": 0, "count": 0})
    figures = []
    for outlet, group in _by_outlet(counted):
        if len(group) < LEAST_ARTICLES:
            continue
        statement_count, resolved_count = group["size"].sum(), group["count"].sum()
        mean = statement_count / len(group)
        figures.append(_figure(dump_date, "extracted", outlet, "statements_per_article", mean))
        if statement_count >= LEAST_ARTICLES:
            share = 1 - resolved_count / statement_count
            figures.append(_figure(dump_date, "extracted", outlet, "unresolved_share", share))
    return figures


def compare(
    figures: Iterable[NightFigure], history: Iterable[NightFigure], dump_date: date
) -> pd.DataFrame:
    """Put each figure beside what is usual: the median of the nights before, at most `NIGHTS`.

    `history` may hold other nights, too. Gives a row per outlet and figure that was seen often
    enough: outlet_name, figure, value, usual, lowest, highest, night_count, is_all_outlets, and
    `told`, a line for people. An outlet of which nothing came has no articles; a language that
    nothing is in has the share 0.
    """
    before = [
        one for one in history if dump_date - timedelta(days=NIGHTS) <= one.dump_date < dump_date
    ]
    now = {(one.outlet_name, one.figure): one.value for one in figures}
    with_languages = {outlet for outlet, figure in now if figure.startswith(_LANGUAGE)}
    rows = []
    for (outlet, figure), seen in _grouped(before).items():
        if len(seen) < LEAST_NIGHTS:
            continue
        if (outlet, figure) in now:
            value = now[outlet, figure]
        elif figure == "articles" or (figure.startswith(_LANGUAGE) and outlet in with_languages):
            value = 0.0
        else:
            continue
        last = max(seen, key=lambda one: one.dump_date)
        values = [one.value for one in seen]
        rows.append(_row(outlet, figure, value, values, last))
    columns = ["outlet_name", "figure", "value", "usual", "lowest", "highest", "night_count"]
    frame = pd.DataFrame(rows, columns=[*columns, "is_all_outlets", "told"])
    return frame.astype(dict.fromkeys(columns[2:], float) | {"is_all_outlets": bool})


def _row(
    outlet: str, figure: str, value: float, values: list[float], last: NightFigure
) -> dict[str, object]:
    usual, lowest, highest = statistics.median(values), min(values), max(values)
    number, noun = _WORDS.get(figure) or (
        "{:.0%}",
        f"of the articles in language {figure.removeprefix(_LANGUAGE)}",
    )
    say = number.format
    return {
        "outlet_name": outlet,
        "figure": "language_share" if figure.startswith(_LANGUAGE) else figure,
        "value": value,
        "usual": usual,
        "lowest": lowest,
        "highest": highest,
        "night_count": len(values),
        "is_all_outlets": outlet == ALL_OUTLETS,
        "told": f"{outlet}: {say(value)} {noun}, usually {say(usual)} ({say(lowest)} to "
        f"{say(highest)} in {len(values)} nights, {say(last.value)} on {last.dump_date})",
    }


def _by_outlet(articles: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """Give all articles, and those of each outlet under its name, or its domain without one."""
    yield ALL_OUTLETS, articles
    outlets = articles["outlet_name"].fillna(articles["outlet_domain"])
    yield from articles.groupby(outlets)


def _grouped(history: Iterable[NightFigure]) -> dict[tuple[str, str], list[NightFigure]]:
    groups: dict[tuple[str, str], list[NightFigure]] = {}
    for one in history:
        groups.setdefault((one.outlet_name, one.figure), []).append(one)
    return groups


def _figure(dump_date: date, step: str, outlet_name: str, figure: str, value: float) -> NightFigure:
    return NightFigure(
        dump_date=dump_date,
        step=step,
        outlet_name=outlet_name,
        figure=figure,
        value=float(value),
    )

"""A night beside the four weeks before it: what is usual, what is told, what stops."""

from datetime import date, timedelta

import pandas as pd
import pytest

from communique import checks, figures
from communique.errors import CheckFailedError
from communique.settings import Settings

NIGHT = date(2026, 3, 30)
USUAL = {"Courier": 60, "Tribune": 40}


def articles_of(sizes, language="en"):
    rows = [
        (f"{outlet}-{number}", outlet, None, language)
        for outlet, size in sizes.items()
        for number in range(size)
    ]
    columns = ["article_version_id", "outlet_name", "outlet_domain", "language_code"]
    return pd.DataFrame(rows, columns=columns)


def landed(dump_date, sizes=None, *, language="en", refused=2, read=100):
    loads = pd.DataFrame({"records_read": [read], "records_rejected": [refused]})
    return figures.of_landed(dump_date, articles_of(sizes or USUAL, language), loads)


def extracted(dump_date, *, statements_an_article=3, resolved=2):
    articles = articles_of(USUAL)
    said = [
        {
            "article_version_id": version,
            "source_number": number,
            "entity_number": number if number < resolved else None,
        }
        for version in articles["article_version_id"]
        for number in range(statements_an_article)
    ]
    columns = ["article_version_id", "source_number", "entity_number"]
    sources = pd.DataFrame(said, columns=columns)
    return figures.of_extracted(dump_date, articles, sources, sources)


def history(measure, nights=28):
    return [
        figure for days in range(1, nights + 1) for figure in measure(NIGHT - timedelta(days=days))
    ]


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """Hold the figures of a night against the expectations that the project ships."""

    project = tmp_path_factory.mktemp("validation")

    def run(step, night, before):
        results = checks.run_suites(
            checks.read_suites(Settings.from_environment({}).expectations),
            lambda suite: figures.compare(night, before, NIGHT),
            only=lambda suite: suite.night == step,
            project=project,
            run_id="run",
            dump_date=NIGHT,
        )
        return checks.judge(results, NIGHT)

    return run


def test_a_night_like_the_others_is_not_mentioned(check):
    assert check("landed", landed(NIGHT), history(landed)) == ()
    assert check("extracted", extracted(NIGHT), history(extracted)) == ()


@pytest.mark.parametrize(
    ("night", "told"),
    [
        (
            landed(NIGHT, {"Courier": 30, "Tribune": 20}),
            "all outlets: 50 articles, usually 100 (100 to 100 in 28 nights, 100 on 2026-03-29)",
        ),
        (
            landed(NIGHT, {"Courier": 600, "Tribune": 400}),
            "all outlets: 1,000 articles, usually 100",
        ),
        (landed(NIGHT, {"Courier": 95}), "Tribune: 0 articles, usually 40"),
        (
            landed(NIGHT, refused=20),
            "all outlets: 20% of the records refused, usually 2%",
        ),
        (
            [*landed(NIGHT, {"Courier": 60}), *landed(NIGHT, {"Tribune": 40}, language="fr")[2:]],
            "Tribune: 0% of the articles in language en, usually 100%",
        ),
    ],
    ids=["half the size", "ten times the size", "an outlet is missing", "refused", "a language"],
)
def test_an_unusual_delivery_is_told_with_what_is_usual_and_what_yesterday_was(check, night, told):
    assert told in " ".join(check("landed", night, history(landed)))


@pytest.mark.parametrize(
    ("night", "told"),
    [
        (landed(NIGHT, refused=60), "the shape of a dump has changed"),
        (landed(NIGHT, language="fr"), "look whether the right dump was delivered"),
    ],
    ids=["most is refused", "the whole night is in another language"],
)
def test_a_delivery_that_cannot_be_right_stops_the_night(check, night, told):
    with pytest.raises(CheckFailedError, match=told):
        check("landed", night, history(landed))


@pytest.mark.parametrize(
    ("night", "told"),
    [
        (
            extracted(NIGHT, statements_an_article=1, resolved=1),
            "all outlets: 1.0 statements an article, usually 3.0",
        ),
        (extracted(NIGHT, resolved=1), "all outlets: 67% of the speakers unresolved, usually 33%"),
    ],
    ids=["hardly a statement", "unknown speakers"],
)
def test_unusual_statements_are_told_too(check, night, told):
    assert told in " ".join(check("extracted", night, history(extracted)))


def test_a_night_in_which_nobody_speaks_any_more_is_stopped(check):
    with pytest.raises(CheckFailedError, match="Hardly anything was said"):
        check("extracted", extracted(NIGHT, statements_an_article=0), history(extracted))


def test_of_a_few_nights_nothing_is_usual_yet(check):
    few = history(landed, nights=figures.LEAST_NIGHTS - 1)

    assert check("landed", landed(NIGHT, {"Courier": 1}), few) == ()


def test_only_the_four_weeks_before_a_night_count_and_none_after_it():
    around = [
        figure for days in (-1, *range(1, 60)) for figure in landed(NIGHT - timedelta(days=days))
    ]

    compared = figures.compare(landed(NIGHT), around, NIGHT)

    assert set(compared["night_count"]) == {figures.NIGHTS}


def test_a_night_of_too_few_articles_for_shares_has_no_other_language(check):
    def small(dump_date):
        return landed(dump_date, {"Tribune": 11}, refused=0, read=11)

    assert check("landed", landed(NIGHT, {"Tribune": 9}, refused=0, read=11), history(small)) == ()

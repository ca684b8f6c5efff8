"""When something was said, from the words and the day of publication."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from reading import build_article

from communique.dumps import label_blocks

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("when", "first", "last", "precision"),
    [
        ("on Monday", date(2026, 3, 2), date(2026, 3, 2), "day"),
        ("on Wednesday", WEDNESDAY, WEDNESDAY, "day"),
        ("on Friday", date(2026, 2, 27), date(2026, 2, 27), "day"),
        ("last Wednesday", date(2026, 2, 25), date(2026, 2, 25), "day"),
        ("yesterday", date(2026, 3, 3), date(2026, 3, 3), "day"),
        ("on February 16", date(2026, 2, 16), date(2026, 2, 16), "day"),
        ("on 16 December", date(2025, 12, 16), date(2025, 12, 16), "day"),
        ("last week", date(2026, 2, 23), date(2026, 3, 1), "week"),
        ("earlier this week", date(2026, 3, 2), WEDNESDAY, "week"),
        ("last month", date(2026, 2, 1), date(2026, 2, 28), "month"),
        ("last night", date(2026, 3, 3), date(2026, 3, 3), "day"),
        ("two days ago", date(2026, 3, 2), date(2026, 3, 2), "day"),
        ("two weeks ago", date(2026, 2, 16), date(2026, 2, 22), "week"),
        ("three months ago", date(2025, 12, 1), date(2025, 12, 31), "month"),
        ("in February", date(2026, 2, 1), date(2026, 2, 28), "month"),
        ("in October", date(2025, 10, 1), date(2025, 10, 31), "month"),
        ("in May 2024", date(2024, 5, 1), date(2024, 5, 31), "month"),
    ],
)
def test_a_time_beside_the_cue_is_counted_from_the_publication(read, when, first, last, precision):
    statement = read(
        f"Aino Kallela said {when} that the harbour was safe.", published_on=WEDNESDAY
    ).statement

    assert (statement.said_from, statement.said_to) == (first, last)
    assert statement.said_precision == precision


def test_a_time_inside_the_content_is_not_when_it_was_said(read):
    statement = read(
        "Aino Kallela said that the harbour was closed on Monday.", published_on=WEDNESDAY
    ).statement

    assert statement.said_from is None
    assert statement.said_precision == "unknown"


def test_without_a_day_of_publication_a_weekday_says_nothing(read):
    statement = read("Aino Kallela said on Monday that the harbour was safe.").statement

    assert (statement.said_from, statement.said_to) == (None, None)
    assert statement.said_precision == "unknown"


def test_a_full_date_needs_no_day_of_publication(read):
    statement = read("Aino Kallela said on March 2, 2026 that the harbour was safe.").statement

    assert statement.said_from == date(2026, 3, 2)


def test_an_impossible_date_is_unknown(read):
    statement = read(
        "Aino Kallela said on February 31 that the harbour was safe.", published_on=WEDNESDAY
    ).statement

    assert statement.said_from is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Following Friday's attack, Aino Kallela said on Monday that all was safe.", 2),
        ("Aino Kallela, who will visit Oslo on Friday, said on Monday that all was safe.", 2),
        ("Aino Kallela, who won in November 2020, said on Monday that all was safe.", 2),
        ("After the Oct. 7 attack, Aino Kallela said on Tuesday that all was safe.", 3),
        ("The ministry on Monday rejected claims that the harbour was unsafe.", 2),
        ("Aino Kallela told the crowd Monday night that all was safe.", 2),
        ("Aino Kallela said in a Monday interview that all was safe.", 2),
        ("Aino Kallela said on a March 2 conference call that all was safe.", 2),
        ("At Monday's summit, Aino Kallela said that all was safe.", 2),
        ("The deal, which Aino Kallela announced on Monday, will save the harbour.", 2),
    ],
)
def test_the_time_that_belongs_to_the_saying_counts(read, words, day):
    (said_from,) = {
        one.said_from for one in read(words, published_on=WEDNESDAY).extraction.statements
    }

    assert said_from == date(2026, 3, day)


@pytest.mark.parametrize(
    "words",
    [
        "Aino Kallela, who took office in December, said that the harbour was safe.",
        "Aino Kallela said ahead of Thursday's summit that the harbour was safe.",
        "Ahead of the vote in Oslo on Thursday, Aino Kallela said that the harbour was safe.",
        "Since the Oct. 7 attack, Aino Kallela has said that the harbour was safe.",
        "Aino Kallela, who is seeking re-election in March, said that the harbour was safe.",
        "Aino Kallela has said since Monday that the harbour was safe.",
        "Aino Kallela, due in Oslo on Friday, said that the harbour was safe.",
    ],
)
def test_the_time_of_something_else_is_not_when_it_was_said(read, words):
    statement = read(words, published_on=WEDNESDAY).statement

    assert (statement.said_from, statement.said_precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("on Wednesday", date(2024, 1, 3)),
        ("on Jan. 3", date(2024, 1, 3)),
        ("on Tuesday", date(2024, 1, 2)),
        ("last Tuesday", date(2023, 12, 26)),
        ("on Jan. 5", date(2023, 1, 5)),
    ],
)
def test_where_it_is_already_the_next_day_that_day_may_be_meant(extractor, when, day):
    article = replace(
        build_article(f"Aino Kallela said {when} that the harbour was safe."),
        published_at=datetime(2024, 1, 2, 22, 30),
        published_precision="exact",
    )
    (statement,) = extractor.extract(article, label_blocks(article)).statements

    assert statement.said_from == day


@pytest.mark.parametrize("when", ["this Friday", "this coming Friday", "next Friday"])
def test_a_coming_day_is_not_when_it_was_said(read, when):
    statement = read(
        f"Aino Kallela said {when} that the harbour was safe.", published_on=WEDNESDAY
    ).statement

    assert statement.said_from is None

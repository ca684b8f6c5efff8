from datetime import date, datetime

import pytest

from communique.dumps import dates

NIGHT = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-03-03T10:15:00Z", "2026-03-03 10:15"),
        ("2026-03-03T10:15:00.000+03:00", "2026-03-03 07:15"),
        ("2026-03-03 10:15:30", "2026-03-03 10:15:30"),
        ("Tue, 03 Mar 2026 23:30:00 -0400", "2026-03-04 03:30"),
        ("Tue, 03 Mar 2026 10:15:00 GMT", "2026-03-03 10:15"),
        ("Tue Mar 3, 2026 2:11pm EST", "2026-03-03 19:11"),
        ("3 March 2026 - 10:15", "2026-03-03 10:15"),
        ("March 3, 2026 10:15 AM EDT", "2026-03-03 14:15"),
        ("03.02.2026 10:15", "2026-02-03 10:15"),
        ("20260303T101500Z", "2026-03-03 10:15"),
        ("2026-03-03 10:15 XYZT", "2026-03-03 10:15"),
        (1772532900, "2026-03-03 10:15"),
        (1772532900000, "2026-03-03 10:15"),
        ("1772532900", "2026-03-03 10:15"),
        ("1772532900000", "2026-03-03 10:15"),
        (1772532900.5, "2026-03-03 10:15:00.5"),
    ],
)
def test_a_time_is_read_in_each_usual_notation_and_kept_in_utc(written, utc):
    assert dates.parse(written, NIGHT) == dates.Published(datetime.fromisoformat(utc), "exact")


@pytest.mark.parametrize(
    "written",
    ["2026-03-03", "03 March 2026", "March 3, 2026", "Tue, 3 Mar 2026", "20260303", "3.3.2026",
     "2026/03/03", "2026-03-03 00:00:00", "2026-03-03T00:00:00+02:00",
     "Tue, 03 Mar 2026 00:00:00 GMT", date(2026, 3, 3)],
)  # fmt: skip
def test_a_day_without_a_time_is_that_day(written):
    assert dates.parse(written, NIGHT) == dates.Published(datetime(2026, 3, 3), "day")


@pytest.mark.parametrize(
    "written",
    ["not a date", "yesterday", "", None, "0001-01-01T00:00:00Z", "2050-01-01", "1970-01-01", 0,
     "March 2026", "10:15 March 2026", "Tuesday 10:15", "2026", "2026-13-45", "10:15:00",
     "99999999999999999999", float("nan"), float("inf"), 10**30, True, [2026, 3, 3],
     "2026-03-11", "9999-12-31T23:59:59-12:00"],
)  # fmt: skip
def test_what_names_no_plausible_day_is_unknown(written):
    assert dates.parse(written, NIGHT) == dates.UNKNOWN


def test_a_time_up_to_two_days_after_the_night_is_believed():
    assert dates.parse("2026-03-10T23:00:00Z", NIGHT).precision == "exact"


@pytest.mark.parametrize(
    ("url", "day"),
    [("https://example.com/2026/03/03/ice", 3), ("https://example.com/news/2026-3-4/ice", 4),
     ("https://example.com/2026/13/03/ice", None), ("https://example.com/2026/ice", None)],
)  # fmt: skip
def test_the_day_in_an_address_counts_when_the_record_gives_none(article, url, day):
    published = article(url=url, date="not a date")
    assert published.published_at == (datetime(2026, 3, day) if day else None)
    assert published.published_precision == ("day" if day else "unknown")
    assert published.published_text == "not a date"


@pytest.mark.parametrize(
    ("name", "published_at", "precision"),
    [("2026-03-03-ministry-17.txt", datetime(2026, 3, 3), "day"),
     ("sub/20260303_ice.txt", datetime(2026, 3, 3), "day"),
     ("2026-03-03", datetime(2026, 3, 3), "day"),
     ("20260303T101500Z_GB_en.txt", datetime(2026, 3, 3, 10, 15), "exact"),
     ("2026-99-03-ice.txt", None, "unknown"), ("ice-2026.txt", None, "unknown"),
     ("20500101-ice.txt", None, "unknown")],
)  # fmt: skip
def test_the_day_in_a_file_name_counts_last(read, name, published_at, precision):
    article = read(name, "The ice is gone.").articles[0]
    assert (article.published_at, article.published_precision) == (published_at, precision)


def test_what_the_record_says_counts_before_address_and_file_name(read):
    content = '{"text": "Ice.", "date": "2026-03-01", "url": "https://example.com/2026/03/02/ice"}'
    assert read("2026-03-03-ice.json", content).articles[0].published_at == datetime(2026, 3, 1)

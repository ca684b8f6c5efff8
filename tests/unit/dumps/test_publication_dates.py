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
        ("Wed, 22 Feb 2023 10:00:00 EST", "2023-02-22 15:00"),
        ("2023-02-22T10:00:00+02:00", "2023-02-22 08:00"),
        ("February 22, 2023 10:00 AM EDT", "2023-02-22 14:00"),
        ("July 22, 2023, at 10:00 a.m. ET", "2023-07-22 14:00"),
        ("20230222T101500Z", "2023-02-22 10:15"),
        ("10:15 22/02/2023", "2023-02-22 10:15"),
        ("10:15 03.02.2023", "2023-02-03 10:15"),
        ("19-OCT-1987 15:37:46.03", "1987-10-19 15:37:46.03"),
        (" 2-APR-1987 09:02:11.50", "1987-04-02 09:02:11.5"),
        ("2023-02-22 10:00:00 +0000 UTC", "2023-02-22 10:00"),
        ("Wed Feb 22 2023 10:00:00 GMT+0200 (Eastern European Time)", "2023-02-22 08:00"),
        ("22 Feb 2023 10:00 UTC+3", "2023-02-22 07:00"),
        (20260303101500, "2026-03-03 10:15"),
    ],
)
def test_a_time_is_read_in_each_usual_notation_and_kept_in_utc(written, utc):
    assert dates.parse(written, NIGHT) == dates.Published(datetime.fromisoformat(utc), "exact")


@pytest.mark.parametrize(
    "written",
    ["2026-03-03", "03 March 2026", "March 3, 2026", "Tue, 3 Mar 2026", "20260303", "3.3.2026",
     "2026/03/03", "2026-03-03 00:00:00", "2026-03-03T00:00:00+02:00",
     "Tue, 03 Mar 2026 00:00:00 GMT", "Mar. 3, 2026", "3 Mar 2026", 20260303, date(2026, 3, 3),
     "2026年03月03日", "2026年3月3日", "2026년 3월 3일", "3 марта 2026", "3 березня 2026",
     "3. März 2026", "3 mars 2026", "3 de março de 2026", "3 marzo 2026", "3/3/2026", "03-03-2026"],
)  # fmt: skip
def test_a_day_without_a_time_is_that_day(written):
    assert dates.parse(written, NIGHT) == dates.Published(datetime(2026, 3, 3), "day")


@pytest.mark.parametrize(
    "written",
    ["not a date", "yesterday", "March 2026", "10:15 March 2026", "Tuesday 10:15", "2026",
     "2026-13-45", "10:15:00", "99999999999999999999", 0, 2026, float("nan"), float("inf"), 10**30,
     True, [2026, 3, 3], "x" * 500],
)  # fmt: skip
def test_what_names_no_single_day_is_unknown_and_says_so(written):
    published = dates.parse(written, NIGHT)
    assert (published.at, published.precision) == (None, "unknown")
    assert published.reason.startswith("No single day can be read from '")
    assert len(published.reason) < 130


@pytest.mark.parametrize("written", ["", " ", None])
def test_no_date_is_unknown_without_a_reason(written):
    assert dates.parse(written, NIGHT) == dates.UNKNOWN


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2050-01-01", "The date 2050-01-01 lies after the dump of 2026-03-08 and was left out."),
        ("2026-03-11", "The date 2026-03-11 lies after the dump of 2026-03-08 and was left out."),
        ("9999-12-31T23:59:59-12:00", "The date 9999-12-31 lies after the dump of 2026-03-08"),
        ("0001-01-01T00:00:00Z", "The date 0001-01-01 lies before 1800 and was left out."),
        ("1799-12-31", "The date 1799-12-31 lies before 1800 and was left out."),
        ("1970-01-01", "The date 1970-01-01 is what computers write for an unknown one"),
        ("1900-01-01T00:00:00Z", "The date 1900-01-01 is what computers write"),
    ],
)
def test_an_implausible_day_is_unknown_and_says_why(written, reason):
    published = dates.parse(written, NIGHT)
    assert (published.at, published.precision) == (None, "unknown")
    assert published.reason.startswith(reason)


@pytest.mark.parametrize("written", ["1800-01-01", "1987-10-19", "1970-01-02"])
def test_an_archive_may_be_old(written):
    assert dates.parse(written, NIGHT).precision == "day"


def test_why_a_date_was_left_out_is_kept_with_the_article(article):
    reason = article(date="2050-01-01").published_reason
    assert reason.startswith("The date 2050-01-01 lies after the dump")


def test_a_date_that_is_believed_needs_no_reason(article):
    assert article(date="2026-03-03").published_reason is None


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


def test_a_time_after_a_day_in_signs_is_read():
    published = dates.parse("2026年03月03日 02:31", NIGHT)
    assert published == dates.Published(datetime(2026, 3, 3, 2, 31), "exact")


@pytest.mark.parametrize(
    ("others", "day_first"),
    [("25/02/2026", True), ("02/25/2026", False), ("25-02-2026", True), ("01/02/2026", None),
     ("25/02/2026 and 02/25/2026", None), ("1/2/25/02/2026", None)],
)  # fmt: skip
def test_other_dates_of_a_file_tell_whether_the_day_comes_first(read, others, day_first):
    lines = f'{{"text": "One.", "date": "03/02/2026"}}\n{{"text": "Two.", "date": "{others}"}}\n'
    published = read("a.jsonl", lines).articles[0]
    days = {True: datetime(2026, 2, 3), False: datetime(2026, 3, 2), None: None}
    assert published.published_at == days[day_first]


@pytest.mark.parametrize(
    ("fields", "published_at"),
    [
        ({"url": "https://tribune.co.uk/ice"}, datetime(2026, 2, 3)),
        ({"url": "https://tribune.fr/glace"}, datetime(2026, 2, 3)),
        ({"source_domain": "ice.noaa.gov"}, datetime(2026, 3, 2)),
        ({"language": "de"}, datetime(2026, 2, 3)),
        ({"url": "https://tribune.com/ice"}, None),
        ({"url": "https://tribune.io/ice"}, None),
    ],
)
def test_the_country_or_language_of_an_outlet_tells_whether_the_day_comes_first(
    article, fields, published_at
):
    found = article(date="03/02/2026 10:00", **fields)
    assert found.published_at == (published_at and published_at.replace(hour=10))
    if published_at is None:
        assert "may have the day or the month first" in found.published_reason


def test_dump_yaml_may_say_that_the_day_comes_first(read):
    read("dump.yaml", "day_first: true\n")
    found = read("a.json", '{"text": "Ice.", "date": "03/02/2026", "url": "https://a.com/ice"}')
    assert found.articles[0].published_at == datetime(2026, 2, 3)

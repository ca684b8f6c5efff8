"""When an article was published, as far as its record says."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil import parser, tz

FIRST_PLAUSIBLE_YEAR = 1800

_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 2, "IDT": 3, "JST": 9,
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles",
}  # fmt: skip
_TZINFOS = {name: tz.tzoffset(name, hours * 3600) for name, hours in _ZONES.items()}
_TZINFOS |= {name: tz.gettz(place) for name, place in _PLACES.items()}
_ZONE_SAID_TWICE = re.compile(r"(?:GMT|UTC)(?=[+-]\d)|(?<=[+-]\d{4}) \(?[A-Z][A-Za-z ]{1,40}\)?$")
"""The number says it all, and the parser takes GMT+2 for two hours west of Greenwich."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_EPOCH_FROM, _EPOCH_TO = 10**8, 10**13
"""Seconds or milliseconds since 1970; numbers around them are written out, such as 20260303."""
_DAY_FIRST = re.compile(r"(?:^|[^\d.])\d{1,2}\.\d{1,2}\.\d{4}\b|^\d{1,2}\.\d{1,2}\.\d{2}\b")
_UNSAID = (datetime(4, 1, 1), datetime(8, 2, 2))
"""Two moments to fill gaps from: where they show, the text does not say the whole day."""
_WRITTEN_FOR_NONE = (date(1900, 1, 1), date(1970, 1, 1))
"""Where the calendars of computers start."""
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_IN_NAME = re.compile(
    r"(?:^|/)((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?(?=[_.-]|$)"
)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication time, UTC, with its precision: exact, day or unknown (then None).

    `reason` says why a delivered time was left out.
    """

    at: datetime | None
    precision: str
    reason: str | None = None


UNKNOWN = Published(None, "unknown")


def parse(value: object, dump_date: date) -> Published:
    """Read a time in any of the usual notations; midnight where it was written is a mere day.

    A time before 1800 or more than two days after the dump date is a mistake, and so unknown.
    """
    if isinstance(value, datetime | date):
        value = value.isoformat()
    if isinstance(value, int | float) and _EPOCH_FROM <= value < _EPOCH_TO:
        return _epoch(value, dump_date)
    text = "" if value is None else _ZONE_SAID_TWICE.sub("", str(value)[:200]).strip()
    if not text:
        return UNKNOWN
    if _EPOCH.fullmatch(text):
        return _epoch(float(text), dump_date)
    if not 6 <= len(text) <= 80:
        return _unreadable(text)
    moment = _read_iso(text) or _read_any(text)
    if moment is None:
        return _unreadable(text)
    if moment.time() == time():
        return _plausible(moment.replace(tzinfo=None), "day", dump_date)
    return _plausible(_in_utc(moment), "exact", dump_date)


def from_url(url: str | None, dump_date: date) -> Published:
    """Read the day in the path of an address, as in `/2023/02/22/`."""
    found = _IN_URL.search(url or "")
    return _from_numbers(found.groups() if found else None, dump_date)


def from_file_name(name: str, dump_date: date) -> Published:
    """Read the day or time that a file name starts with."""
    found = _IN_NAME.search(name)
    return _from_numbers([part for part in found.groups() if part] if found else None, dump_date)


def _read_iso(text: str) -> datetime | None:
    """Read the most usual notation, for which the parser of all the others takes long."""
    try:
        return datetime.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _read_any(text: str) -> datetime | None:
    moment, other = (_read(text, default) for default in _UNSAID)
    return moment if moment and other and moment.date() == other.date() else None


def _read(text: str, default: datetime) -> datetime | None:
    day_first = bool(_DAY_FIRST.search(text))
    with warnings.catch_warnings():
        # A zone that nobody knows counts as UTC.
        warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
        try:
            return parser.parse(text, tzinfos=_TZINFOS, default=default, dayfirst=day_first)
        except (ValueError, OverflowError, TypeError):
            return None


def _from_numbers(numbers: Sequence[str] | None, dump_date: date) -> Published:
    if not numbers:
        return UNKNOWN
    try:
        moment = datetime(*map(int, numbers))
    except ValueError:
        return UNKNOWN
    return _plausible(moment, "exact" if len(numbers) > 3 else "day", dump_date)


def _epoch(value: float, dump_date: date) -> Published:
    moment = datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)
    return _plausible(_in_utc(moment), "exact", dump_date)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError:
        return moment.replace(tzinfo=None)


def _plausible(moment: datetime, precision: str, dump_date: date) -> Published:
    day = moment.date()
    if day > dump_date + timedelta(days=2):
        why = f"lies after the dump of {dump_date}"
    elif day.year < FIRST_PLAUSIBLE_YEAR:
        why = f"lies before {FIRST_PLAUSIBLE_YEAR}"
    elif day in _WRITTEN_FOR_NONE and moment.time() == time():
        why = "is what computers write for an unknown one"
    else:
        return Published(moment, precision)
    return Published(None, "unknown", f"The date {day} {why} and was left out.")


def _unreadable(text: str) -> Published:
    return Published(None, "unknown", f"No single day can be read from {text[:80]!r}.")

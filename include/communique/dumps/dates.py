"""When an article was published, as far as its record says."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil import parser, tz

FIRST_PLAUSIBLE_YEAR = 1990

_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 2, "IDT": 3, "JST": 9,
}  # fmt: skip
_TZINFOS = {name: tz.tzoffset(name, hours * 3600) for name, hours in _ZONES.items()}

_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_DAY_FIRST = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}\b")
_UNSAID = (datetime(4, 1, 1), datetime(8, 2, 2))
"""Two moments to fill gaps from: where they show, the text does not say the whole day."""
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_IN_NAME = re.compile(
    r"(?:^|/)((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?(?=[_.-]|$)"
)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication time, UTC, with its precision: exact, day or unknown (then None)."""

    at: datetime | None
    precision: str


UNKNOWN = Published(None, "unknown")


def parse(value: object, dump_date: date) -> Published:
    """Read a time in any of the usual notations; midnight where it was written is a mere day.

    A time before 1990 or more than two days after the dump date is a mistake, and so unknown.
    """
    if isinstance(value, datetime | date):
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(value, dump_date)
    text = str(value or "").strip()
    if _EPOCH.fullmatch(text):
        return _epoch(float(text), dump_date)
    if not 6 <= len(text) <= 80:
        return UNKNOWN
    moment, other = (_read(text, default) for default in _UNSAID)
    if moment is None or other is None or moment.date() != other.date():
        return UNKNOWN
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


def _read(text: str, default: datetime) -> datetime | None:
    day_first = bool(_DAY_FIRST.match(text))
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
    seconds = value / 1000 if value > 10**11 else value
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return UNKNOWN
    return _plausible(_in_utc(moment), "exact", dump_date)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError:
        return moment.replace(tzinfo=None)


def _plausible(moment: datetime, precision: str, dump_date: date) -> Published:
    latest = dump_date + timedelta(days=2)
    if moment.year < FIRST_PLAUSIBLE_YEAR or moment.date() > latest:
        return UNKNOWN
    return Published(moment, precision)

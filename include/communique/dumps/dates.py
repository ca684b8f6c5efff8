"""When an article was published, as far as its record says."""

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from babel.core import Locale
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
_IN_EITHER_ORDER = re.compile(
    r"(?<![\d/-])(\d{1,2})(?:/(\d{1,2})/(?:\d\d)?\d\d|-(\d{1,2})-\d{4})(?!\d)"
)
_ORDERED = re.compile(rb"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)")
_MONTHS_OF_A_YEAR = 12
_IN_SIGNS = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_OF = re.compile(r"\bdel?\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LANGUAGES = (
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "et", "lv", "lt", "pl", "cs", "sk",
    "hu", "ro", "bg", "ru", "uk", "be", "el", "tr", "id", "ar", "he", "fa",
)  # fmt: skip
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


def parse(value: object, dump_date: date, *, day_first: bool | None = None) -> Published:
    """Read a time in any of the usual notations; midnight where it was written is a mere day.

    `day_first` tells what 3/4/2026 means; such a day is unknown where it is None. A time before
    1800 or more than two days after the dump date is a mistake, and so unknown.
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
    order = _order_of(text)
    if order is None and day_first is None:
        return _ambiguous(text)
    moment = _read_iso(text) or _read_any(text, bool(day_first if order is None else order))
    if moment is None:
        return _unreadable(text)
    if moment.time() == time():
        return _plausible(moment.replace(tzinfo=None), "day", dump_date)
    return _plausible(_in_utc(moment), "exact", dump_date)


def find_order(head: bytes) -> bool | None:
    """Tell from dates such as 25/12/2026 in the start of a file whether days go before months.

    None where there are none, or of both kinds.
    """
    pairs = [(int(first), int(second)) for first, second in _ORDERED.findall(head)]
    are_days = {
        first > _MONTHS_OF_A_YEAR
        for first, second in pairs
        if (first > _MONTHS_OF_A_YEAR) != (second > _MONTHS_OF_A_YEAR)
    }
    return are_days.pop() if len(are_days) == 1 else None


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


def _order_of(text: str) -> bool | None:
    """Tell whether the day goes before the month; None where both may be meant."""
    found = _IN_EITHER_ORDER.search(text)
    if not found:
        return bool(_DAY_FIRST.search(text))
    first, second = int(found[1]), int(found[2] or found[3])
    is_either = first != second and max(first, second) <= _MONTHS_OF_A_YEAR
    return None if is_either else first > _MONTHS_OF_A_YEAR


def _read_any(text: str, day_first: bool) -> datetime | None:
    for written in (text, _in_english(text)):
        moment, other = (_read(written, day_first, default) for default in _UNSAID)
        if moment and other and moment.date() == other.date():
            return moment
    return None


def _in_english(text: str) -> str:
    """Write days that are marked by signs as numbers, and months of other languages in English."""
    text = _OF.sub(" ", _IN_SIGNS.sub(r"\1-\2-\3 ", text))
    return _WORD.sub(lambda word: _months().get(word[0].lower(), word[0]), text)


@cache
def _months() -> Mapping[str, str]:
    """Name the months of many languages in English, but for names that mean several."""
    meant: dict[str, set[str]] = {}
    english = Locale("en").months["format"]["wide"]
    for language in _LANGUAGES:
        months = Locale(language).months
        for kind in ("format", "stand-alone"):
            for number, name in months[kind]["wide"].items():
                meant.setdefault(name.lower(), set()).add(english[number])
    return {name: names.pop() for name, names in meant.items() if len(names) == 1}


def _read(text: str, day_first: bool, default: datetime) -> datetime | None:
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


def _ambiguous(text: str) -> Published:
    why = f"The date {text[:80]!r} may have the day or the month first: say day_first in dump.yaml."
    return Published(None, "unknown", why)


def _unreadable(text: str) -> Published:
    return Published(None, "unknown", f"No single day can be read from {text[:80]!r}.")

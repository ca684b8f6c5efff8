"""When something was said or happened, from the words and the day of publication."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from communique.extraction.lexicon import AFTER_A_NOUN

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?"
    r"|Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_EXPRESSION = re.compile(
    rf"\b(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH})(?:,? (?P<year2>(?:19|20)\d\d))?"
    r"|(?P<which>last |on |(?:this |the )?coming |this |late (?:on )?|early (?:on )?|next )?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    rf"|(?:in|in early|in mid-|in late|early in|late in) ?(?P<whole_month>{_MONTH})"
    r"(?! \d{1,2}\b)(?:,? (?P<whole_year>(?:19|20)\d\d))?"
    r"|(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
    r" (?P<unit>day|week|month)s? ago"
    r"|(?P<relative>yesterday|today|tonight|this morning|this afternoon|this evening|last night"
    r"|earlier this week|this week|last week|last month|this month|earlier this month))\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"(?:[’']s?)? (?:[a-z-]+ ){0,2}?(?:interview|statement|speech|conference|briefing|address"
    r"|hearing|debate|meeting|summit|session|talks|call|post|tweet|letter|message|report|rally|remarks)\b"
)
_AT_OCCASION = re.compile(r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Dd]uring) (?:(?:the|an?|his|her|its|their) )?$")
"""Around the day of what is said on an occasion: "at Monday's summit", "in a Friday interview"."""
_OWNER = re.compile(r"[’']")
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[a-z-]+ )?$")
_NOUN = re.compile(r" (?!morning|afternoon|evening|night|noon)(?P<word>[a-z][a-z-]+)\b")
_ADVERBIAL = re.compile(r"(?:on|in|late|early)\b", re.IGNORECASE)
"""How a time starts that stands for itself: "the ministry on Friday rejected"."""
_ANOTHER_TIME = re.compile(
    r"\b(?:prior to|before|after|following|since|until|till|by)"
    r"(?: the| on| early| late)? $"
    r"|\b(?:ahead of|will|due|seeking|scheduled|slated|set|planned)\b[^,;]{0,60}$",
    re.IGNORECASE,
)
"""Before the day of something else: "since Monday", "who is seeking re-election in March"."""
_RELATIVE_CLAUSE = re.compile(r", (?!who (?:spoke|appeared|testified)\b)(?:who|whose|which)\b[^,]*")
_REACH = 80
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days with its precision: day, week, month, or unknown (then no days)."""

    first: date | None
    last: date | None
    precision: str


UNKNOWN = When(None, None, "unknown")
_FARTHEST_EAST = timedelta(hours=14)


def latest_day(published_at: datetime | None, precision: str) -> date | None:
    """Give the day that it may already be where an article comes from; its time is in UTC."""
    if published_at is None:
        return None
    return (published_at + _FARTHEST_EAST if precision == "exact" else published_at).date()


def resolve(
    words: str, published_on: date | None, near: int = 0, latest: date | None = None
) -> When:
    """Resolve the time expression nearest to a place in some words, such as the verb.

    Unknown without one, or without an anchor. What dates something else is passed over: "Friday's
    attack", "since Monday", "who took office in May". A weekday or date is the latest such day up
    to the day of publication, or to the `latest` that it may be there; a month is the latest such
    month. "Last Wednesday" is before the day of publication, "this Wednesday" is still to come.
    """
    clauses = [
        clause.span()
        for clause in _RELATIVE_CLAUSE.finditer(words)
        if not clause.start() < near < clause.end()
    ]
    told = [
        found
        for found in _EXPRESSION.finditer(words)
        if not _dates_something_else(words, found)
        and not any(start <= found.start() < end for start, end in clauses)
    ]
    for found in sorted(told, key=lambda one: max(one.start() - near, near - one.end())):
        when = _resolve_one(found, published_on, latest or published_on)
        if when.first:
            return when
    return UNKNOWN


def _dates_something_else(words: str, found: re.Match) -> bool:
    """Tell the day of an event that the words only name: "the Oct. 7 attack"."""
    reach = max(0, found.start() - _REACH), found.start()
    if _ANOTHER_TIME.search(words, *reach):
        return True
    if _OCCASION.match(words, found.end()) and _AT_OCCASION.search(words, *reach):
        return False
    if _OWNER.match(words, found.end()):
        return True
    noun = _NOUN.match(words, found.end())
    is_noun = noun and noun["word"] not in AFTER_A_NOUN and not _ADVERBIAL.match(found[0])
    return bool(is_noun and _DETERMINED.search(words, *reach))


def _resolve_one(found: re.Match, published_on: date | None, latest: date | None) -> When:
    month = found["month"] or found["month2"]
    if month:
        return _calendar_day(
            month, found["day"] or found["day2"], found["year"] or found["year2"], latest
        )
    if found["whole_month"]:
        return _calendar_month(found["whole_month"], found["whole_year"], published_on)
    if published_on is None:
        return UNKNOWN
    if found["unit"]:
        return _ago(found["count"].lower(), found["unit"].lower(), published_on)
    if found["weekday"]:
        which = (found["which"] or "").lower().strip()
        if which == "next" or which.startswith("this") or which.endswith("coming"):
            return UNKNOWN
        last = published_on if which == "last" else latest
        back = (last.weekday() - _DAYS.index(found["weekday"].lower())) % 7
        if which == "last" and back == 0:
            back = 7
        day = last - timedelta(days=back)
        return When(day, day, "day")
    monday = published_on - timedelta(days=published_on.weekday())
    match found["relative"].lower():
        case "today" | "tonight" | "this morning" | "this afternoon" | "this evening":
            return When(published_on, published_on, "day")
        case "yesterday" | "last night":
            day = published_on - timedelta(days=1)
            return When(day, day, "day")
        case "earlier this week" | "this week":
            return When(monday, published_on, "week")
        case "last week":
            return When(monday - timedelta(days=7), monday - timedelta(days=1), "week")
        case "last month":
            return _month_of(published_on.replace(day=1) - timedelta(days=1))
    return When(published_on.replace(day=1), published_on, "month")


def _ago(count: str, unit: str, published_on: date) -> When:
    if count.isdecimal():
        number = int(count)
    else:
        number = 1 if count in ("a", "an") else _COUNTS.index(count)
    if unit == "day":
        day = published_on - timedelta(days=number)
        return When(day, day, "day")
    if unit == "week":
        day = published_on - timedelta(weeks=number)
        monday = day - timedelta(days=day.weekday())
        return When(monday, monday + timedelta(days=6), "week")
    months = published_on.year * 12 + published_on.month - 1 - number
    return _month_of(date(months // 12, months % 12 + 1, 1))


def _month_of(day: date) -> When:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return When(day.replace(day=1), following - timedelta(days=1), "month")


def _calendar_month(month: str, year: str | None, published_on: date | None) -> When:
    if year is None and published_on is None:
        return UNKNOWN
    number = _number(month)
    if year is None:
        year = published_on.year - (number > published_on.month)
    month_of = _month_of(date(int(year), number, 1))
    if published_on and month_of.first <= published_on < month_of.last:
        return replace(month_of, last=published_on)
    return month_of


def _number(month: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))


def _calendar_day(month: str, day: str, year: str | None, latest: date | None) -> When:
    number = _number(month)
    if year is None and latest is None:
        return UNKNOWN
    try:
        moment = date(int(year) if year else latest.year, number, int(day))
        if year is None and moment > latest:
            moment = moment.replace(year=moment.year - 1)
    except ValueError:
        return UNKNOWN
    return When(moment, moment, "day")

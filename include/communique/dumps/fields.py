"""The delivered field names, and which of our columns each one fills.

Dotted names reach into objects (`thread.site_full`). Of the names of a column the first that
holds something wins; the sources of the names are the formats of news-please, webz.io, NewsAPI,
RSS and JSON Feed converters, AllSides-like collections, BASIL and plain exports.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CANDIDATES: dict[str, tuple[str, ...]] = {
    "text": (
        "maintext", "body_text", "text", "content_text", "article_text", "fulltext", "full_text",
        "body", "content", "content:encoded", "content_html", "articleBody", "body-paragraphs",
        "sentences",
    ),
    "title": ("title", "headline", "thread.title", "name"),
    "url": ("url", "link", "canonical_url", "source_link", "thread.url", "guid"),
    "outlet_name": (
        "source.name", "source.title", "source_name", "outlet", "outlet_name", "source",
        "publisher.name", "publisher", "site_name", "thread.site", "site",
    ),
    "outlet_domain": ("source_domain", "outlet_domain", "source_url", "thread.site_full", "domain"),
    "published": (
        "date_publish", "published_at", "publishedAt", "date_published", "published", "pubDate",
        "thread.published", "datePublished", "pub_date", "date", "date_extracted", "timestamp",
    ),
    "standfirst": ("description", "summary", "standfirst", "lede", "abstract"),
    "author": ("author", "authors", "byline", "creator", "dc:creator"),
    "language": ("language", "lang", "language_code"),
}  # fmt: skip

MAX_EXTRA_LENGTH = 100_000
"""Characters of the JSON object that keeps the fields no column holds."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The values of our columns in one record, and its other fields as a JSON object."""

    values: Mapping[str, Any]
    extra: str | None


def pick(record: Mapping[str, Any], column_map: Mapping[str, str]) -> Picked:
    """Find the values of our columns; `column_map` of a dump goes before the known names."""
    values, used = {}, set()
    for column, names in CANDIDATES.items():
        own = (column_map[column],) if column in column_map else ()
        for name in (*own, *names):
            value = _reach(record, name)
            if _is_filled(value):
                values[column] = value if column == "published" else _as_text(value)
                used.add(name)
                break
    rest = {name: value for name, value in record.items() if name not in used}
    return Picked(values, _as_json(rest))


def _as_json(fields: Mapping[str, Any]) -> str | None:
    """Keep as many fields as fit."""
    kept: dict[str, Any] = {}
    length = 0
    for name, value in fields.items():
        length += len(json.dumps({name: value}, ensure_ascii=False, default=str))
        if length > MAX_EXTRA_LENGTH:
            break
        kept[name] = value
    return json.dumps(kept, ensure_ascii=False, default=str) if kept else None


def _reach(record: Mapping[str, Any], name: str) -> object:
    if name in record:
        return record[name]
    value: object = record
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _is_filled(value: object) -> bool:
    return not isinstance(value, Mapping) and bool(_as_text(value).strip())


def _as_text(value: object) -> str:
    """Join lists of paragraphs, sentences or authors; sentences may be objects with content."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        nested = any(isinstance(part, list) for part in value)
        parts = [_as_text(part) for part in value]
        objects = any(isinstance(part, Mapping) for part in value)
        return ("\n\n" if nested else " " if objects else _list_joint(parts)).join(
            part for part in parts if part
        )
    if isinstance(value, Mapping):
        return _as_text(value.get("content") or value.get("text") or value.get("name") or "")
    return "" if value is None else str(value)


def _list_joint(parts: list[str]) -> str:
    """Names are joined by commas, sentences by spaces."""
    return " " if any(len(part) > 60 for part in parts) else ", "

"""The delivered field names, and which of our columns each one fills.

Dotted names reach into objects (`thread.site_full`). Of the names of a column the first that
holds something wins, in whatever case it is written; the sources of the names are the formats of
news-please, webz.io, NewsAPI, RSS and JSON Feed converters, AllSides-like collections, BASIL and
plain exports.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.dumps.text import make_encodable

CANDIDATES: dict[str, tuple[str, ...]] = {
    "text": (
        "maintext", "body_text", "content_original", "text", "content_text", "article_text",
        "fulltext", "full_text", "body", "content", "content:encoded", "content_html",
        "articleBody", "body-paragraphs", "paragraphs", "sentences", "article",
    ),
    "title": ("title", "headline", "thread.title", "name"),
    "url": ("url", "link", "canonical_url", "source_link", "thread.url", "guid"),
    "outlet_name": (
        "source.name", "source.title", "source_name", "outlet", "outlet_name", "source",
        "publisher.name", "publisher", "publication", "site_name", "thread.site", "site",
    ),
    "outlet_domain": ("source_domain", "outlet_domain", "source_url", "thread.site_full", "domain"),
    "published": (
        "date_publish", "published_at", "publishedAt", "date_published", "published", "pubDate",
        "thread.published", "datePublished", "pub_date", "publication_date", "date",
        "date_extracted", "timestamp",
    ),
    "standfirst": ("description", "summary", "standfirst", "lede", "abstract"),
    "author": ("author", "author.name", "authors", "byline", "creator", "dc:creator"),
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
    """Find the values of our columns; `column_map` of a dump goes before the known names.

    Raises RecursionError for lists in lists without end.
    """
    names_by_lower = {name.lower(): name for name in reversed(record)}
    values, used = {}, set()
    for column, candidates in CANDIDATES.items():
        own = (column_map[column],) if column in column_map else ()
        for candidate in (*own, *candidates):
            name = candidate if candidate in record else names_by_lower.get(candidate.lower())
            value = record[name] if name is not None else _reach(record, candidate)
            if _is_filled(value):
                joint = _joint(column, candidate)
                values[column] = value if column == "published" else _as_text(value, joint)
                used.add(name)
                break
    rest = {name: value for name, value in record.items() if name not in used}
    return Picked(values, _as_json(rest))


def holds_text(record: Mapping[str, Any]) -> bool:
    """Tell whether a record itself has the text of an article."""
    return any(_is_filled(_reach(record, name)) for name in CANDIDATES["text"])


def _as_json(fields: Mapping[str, Any]) -> str | None:
    """Keep as many fields as fit."""
    kept: dict[str, Any] = {}
    length = 0
    for name, value in fields.items():
        length += len(json.dumps({name: value}, ensure_ascii=False, default=str))
        if length > MAX_EXTRA_LENGTH:
            break
        kept[name] = value
    if not kept:
        return None
    return make_encodable(json.dumps(kept, ensure_ascii=False, default=str))


def _reach(record: Mapping[str, Any], name: str) -> object:
    value: object = record
    for part in (name,) if name in record else name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _is_filled(value: object) -> bool:
    return not isinstance(value, Mapping) and bool(_as_text(value, " ").strip())


def _as_text(value: object, joint: str) -> str:
    """Join the parts of a list; a list in a list holds the sentences of a paragraph."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [_as_text(part, " ") for part in value]
        return joint.join(part for part in parts if part)
    if isinstance(value, Mapping):
        return _as_text(value.get("content") or value.get("text") or value.get("name"), joint)
    return "" if value is None else str(value)


def _joint(column: str, name: str) -> str:
    """Join names by commas, sentences by spaces, paragraphs by blank lines."""
    if column != "text":
        return ", "
    return " " if name == "sentences" else "\n\n"

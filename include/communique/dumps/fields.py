"""The delivered field names, and which of our columns each one fills.

Dotted names reach into objects (`thread.site_full`), and into the foremost object of a list
(`headlines.value`). Of the names of a column the first that holds something wins, in whatever case
it is written; the sources of the names are the formats of news-please, Fundus, webz.io,
NewsAPI.org, NewsAPI.ai, Media Cloud, GDELT, ninjs, schema.org, RSS and JSON Feed, AllSides-like
collections, BASIL and plain exports.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.dumps.text import make_encodable

CANDIDATES: dict[str, tuple[str, ...]] = {
    "text": (
        "maintext", "body_text", "content_original", "text", "content_text", "article_text",
        "fulltext", "full_text", "plaintext", "body", "body.sections", "bodies.value", "content",
        "content:encoded", "content_html", "body_html", "body_xhtml", "articleBody",
        "body-paragraphs", "paragraphs", "sentences", "article",
    ),
    "title": ("title", "headline", "headlines.value", "thread.title", "name"),
    "url": (
        "url", "link", "canonical_url", "source_link", "thread.url", "mainEntityOfPage.@id",
        "mainEntityOfPage", "guid", "uri",
    ),
    "outlet_name": (
        "source.name", "source.title", "source_name", "outlet", "outlet_name", "source",
        "publisher.name", "publisher", "publication", "site_name", "thread.site", "site",
        "media_name", "name_source", "infosource.name", "infosources.name", "copyrightholder",
    ),
    "outlet_domain": (
        "source_domain", "outlet_domain", "source_url", "source.uri", "thread.site_full", "domain",
        "media_url", "domain_url",
    ),
    "published": (
        "date_publish", "published_at", "publishedAt", "date_published", "publishing_date",
        "published_date", "published", "pubDate", "thread.published", "datePublished",
        "dateTimePub", "publish_date", "pub_date", "publication_date", "firstcreated",
        "contentcreated", "versioncreated", "dateTime", "date", "seendate", "date_extracted",
        "timestamp",
    ),
    "standfirst": (
        "description", "summary", "standfirst", "lede", "abstract", "body.summary",
        "description_text", "descriptions.value",
    ),
    "author": (
        "author", "author.name", "authors", "byline", "by", "creator", "creator.name", "dc:creator",
    ),
    "language": ("language", "lang", "language_code", "inLanguage", "inLanguage.name"),
    "record_id": (
        "guid", "uri", "urn", "uuid", "identifier", "article_id", "_id.$oid", "_id", "id",
    ),
}  # fmt: skip

MAX_EXTRA_LENGTH = 100_000
"""Characters of the JSON object that keeps the fields no column holds."""

_PLAINEST_FIRST = ("text/plain", "", "text/html", "application/xhtml+xml")
_NOTHING = {"", "None", "null", "NULL", "nan", "NaN", "NaT", "undefined"}
"""What programs write for nothing."""
_JOINTS = {"author": ", ", "outlet_name": ", ", "text": "\n\n"}


@dataclass(frozen=True, slots=True)
class Picked:
    """The values of our columns in one record, and the fields that fill none."""

    values: Mapping[str, Any]
    rest: Mapping[str, Any]


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
                joint = " " if candidate == "sentences" else _JOINTS.get(column, " ")
                values[column] = value if column == "published" else _as_text(value, joint)
                if column == "text" and name is None:
                    # The object around a text: it would be kept as a whole, text and all.
                    name = names_by_lower.get(candidate.partition(".")[0].lower())
                if column != "record_id":
                    used.add(name)
                break
    return Picked(values, {name: value for name, value in record.items() if name not in used})


def holds_text(record: Mapping[str, Any]) -> bool:
    """Tell whether a record itself has the text of an article."""
    return any(_is_filled(_reach(record, name)) for name in CANDIDATES["text"])


def names_text(record: Mapping[str, Any], column_map: Mapping[str, str]) -> bool:
    """Tell whether a record has a field for the text, be it empty."""
    known = {name.partition(".")[0].lower() for name in CANDIDATES["text"]}
    return any(name.lower() in known or name == column_map.get("text") for name in record)


def to_json(fields: Mapping[str, Any]) -> str | None:
    """Keep as many fields as fit in a JSON object; None without any."""
    kept: list[str] = []
    length = 0
    for name, value in fields.items():
        field = json.dumps({name: value}, ensure_ascii=False, default=str)
        length += len(field)
        if length > MAX_EXTRA_LENGTH:
            break
        kept.append(field[1:-1])
    return make_encodable("{" + ", ".join(kept) + "}") if kept else None


def _reach(record: Mapping[str, Any], name: str) -> object:
    value: object = record
    for part in (name,) if name in record else name.split("."):
        if isinstance(value, list):
            value = _foremost(value)
        if not isinstance(value, Mapping):
            return None
        value = value[part] if part in value else _get(value, part.lower())
    return value


def _get(value: Mapping[str, Any], lower_name: str) -> object:
    return next((value[name] for name in value if name.lower() == lower_name), None)


def _foremost(values: list) -> Mapping[str, Any] | None:
    """Take the main one of several headlines or bodies, or else the plainest, or else the first."""
    objects = [value for value in values if isinstance(value, Mapping)]
    return min(objects, key=_rank, default=None)


def _rank(value: Mapping[str, Any]) -> tuple[bool, int]:
    markup = str(_get(value, "contenttype") or "").lower()
    order = _PLAINEST_FIRST.index(markup) if markup in _PLAINEST_FIRST else len(_PLAINEST_FIRST)
    return _get(value, "role") != "main", order


def _is_filled(value: object) -> bool:
    return not isinstance(value, Mapping) and _as_text(value, " ").strip() not in _NOTHING


def _as_text(value: object, joint: str) -> str:
    """Join the parts of a list; a list in a list holds the sentences of a paragraph."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [_as_text(part, " ") for part in value]
        return joint.join(part for part in parts if part)
    if isinstance(value, Mapping):
        if isinstance(value.get("paragraphs"), list):
            # A section of Fundus: its headline and its paragraphs stand each for themselves.
            return _as_text([*_as_list(value.get("headline")), *value["paragraphs"]], "\n\n")
        return _as_text(value.get("content") or value.get("text") or value.get("name"), joint)
    return "" if value is None else str(value)


def _as_list(value: object) -> list:
    return value if isinstance(value, list) else [value]

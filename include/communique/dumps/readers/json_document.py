"""JSON documents: one article, a list of articles, or an object that holds such a list."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from communique.dumps.delivery import Fields, RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.fields import holds_text
from communique.dumps.refusals import Reason, RefusedError

NAME = "json"
LARGEST = 256 * 2**20
"""Bytes of a file that is read as a whole."""

_CONTAINERS = ("articles", "items", "posts", "results", "stories", "data", "docs", "_items")
_JSON_FEED = "https://jsonfeed.org/version/"
_ARTICLE_TYPE = re.compile("Article|Posting|Report")
_START = re.compile(
    rb"[\xef\xbb\xbf\s]*(?:\{|\[\s*(?:[{\[\"\]]|(?:-?[\d.]+|null|true|false)\s*[,\]]|$))"
)


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the file starts like JSON, and not like a text with a bracket."""
    return bool(_START.match(head))


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the article or the articles of the document, which is held in memory as a whole."""
    try:
        document = json.loads(read_whole(stream, "JSON Lines").decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The file is not UTF-8: deliver it in UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            Reason.INVALID_JSON, f"The file is no JSON ({error}): deliver it again."
        ) from None
    for number, value in enumerate(_articles_of(document), start=1):
        shown = json.dumps(value, ensure_ascii=False, default=str)[:400]
        try:
            fields = check_fields(value)
        except RefusedError as refusal:
            yield RawRecord(number=number, refusal=refusal, source_text=shown)
        else:
            yield RawRecord(number=number, fields=fields, source_text=shown)


def read_whole(stream: BinaryIO, instead: str) -> bytes:
    """Read a file that has to be in memory. Raises RefusedError for one that is too large."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise RefusedError(
            Reason.RECORD_TOO_LARGE,
            f"The file has more than {LARGEST // 2**20} MB, and files of this format are read as a "
            f"whole: split it, or deliver it as {instead}.",
        )
    return content


def check_fields(value: object) -> Fields:
    """Take a JSON value as the fields of an article. Raises RefusedError for one without fields."""
    if isinstance(value, dict):
        return value
    raise RefusedError(
        Reason.NOT_AN_ARTICLE,
        f"The record is a {type(value).__name__} and not an object with fields: "
        "deliver one object per article.",
    )


def _articles_of(document: object) -> list:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or holds_text(document):
        return [document]
    if isinstance(document.get("@graph"), list):
        return _of_graph(document["@graph"]) or [document]
    for name in _CONTAINERS:
        inner = document.get(name)
        if isinstance(inner, dict) and isinstance(inner.get("results"), list):
            return inner["results"]
        if isinstance(inner, list):
            is_feed = str(document.get("version")).startswith(_JSON_FEED)
            return [_with_feed(item, document) for item in inner] if is_feed else inner
    return _by_name(document) or [document]


def _of_graph(nodes: list) -> list:
    """Take the articles of a schema.org graph, not the page, the people and the crumbs."""
    return [
        node
        for node in nodes
        if isinstance(node, dict) and _ARTICLE_TYPE.search(str(node.get("@type")))
    ]


def _with_feed(item: object, feed: Mapping[str, object]) -> object:
    """Fill what an item leaves to its JSON Feed."""
    if not isinstance(item, dict):
        return item
    of_feed = {
        "source_name": feed.get("title"),
        "source_url": feed.get("home_page_url"),
        "language": feed.get("language"),
        "authors": feed.get("authors") or feed.get("author"),
    }
    return {name: value for name, value in of_feed.items() if value} | item


def _by_name(document: Mapping[str, object]) -> list:
    """Take articles that stand by name: versions of one, or lists of them by publisher (Fundus)."""
    named = [
        (name, value)
        for name, values in document.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    if not all(isinstance(value, dict) for _, value in named):
        return []
    if not any(holds_text(value) for _, value in named):
        return []
    return [
        {"source_name": name, **value}
        if isinstance(document[name], list) and isinstance(value.get("body"), dict)
        else value
        for name, value in named
    ]

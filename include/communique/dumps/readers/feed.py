"""RSS, RDF and Atom feeds: an article an item, with the full text or what the feed gives of it."""

from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.xml_parsing import (
    as_record,
    language_of,
    line_of,
    name_of,
    namespace_of,
    read_elements,
    root_of,
    text_of,
)

NAME = "feed"

_ATOM = ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "")
_MEDIA = "http://search.yahoo.com/mrss"
_ITEMS = frozenset({"item", "entry"})

_FULL_TEXT = ("encoded", "full-text", "fulltext", "content", "body")
_TEASER = ("description", "summary")
_TEXT_TYPES = ("", "text", "html", "xhtml", "text/html", "text/plain", "application/xhtml+xml")
_FIRST_DATES = ("pubdate", "published", "issued", "date", "created")
_LATER_DATES = ("updated", "modified")
_UNDER_OTHER_NAMES = frozenset({
    "title", "link", "origlink", "author", "creator", "language", "source", "category", "subject",
    *_FULL_TEXT, *_TEASER, *_FIRST_DATES,
})  # fmt: skip

_Children = dict[str, list[etree._Element]]


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the outermost element is that of a feed."""
    namespace, name = root_of(head)
    return name in ("rss", "rdf") or (name == "feed" and namespace in _ATOM)


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the items one by one; what the feed says of itself before them goes with each.

    Raises RefusedError where the file goes on as no XML.
    """
    feed: dict[str, object] = {}
    number = 0
    for element in read_elements(stream, _ITEMS):
        if name_of(element) in _ITEMS:
            number += 1
            yield as_record(number, _fields_of(element, feed))
        else:
            _note(element, feed)


def _note(element: etree._Element, feed: dict[str, object]) -> None:
    """Keep what a feed says of itself: its title is the outlet of its items."""
    above = [name_of(parent) for parent in element.iterancestors()]
    name = name_of(element)
    if above[:1] in (["channel"], ["feed"]):
        if name == "title" and namespace_of(element) == namespace_of(element.getparent()):
            feed.setdefault("source_name", line_of(element))
        elif name == "language":
            feed.setdefault("language", line_of(element))
        elif name == "link" and element.get("rel", "alternate") == "alternate":
            feed.setdefault("feed_url", element.get("href") or line_of(element))
    elif name == "name" and above[:2] == ["author", "feed"]:
        feed.setdefault("author", line_of(element))


def _fields_of(item: etree._Element, feed: dict[str, object]) -> dict[str, object]:
    children = _children_of(item)
    text, teaser = (_first(children, names, _text) for names in (_FULL_TEXT, _TEASER))
    fields = {
        **feed,
        "title": _first(children, ("title",), line_of),
        "url": _address(item, children, str(feed.get("feed_url", ""))),
        "date": _first(children, _FIRST_DATES + _LATER_DATES, line_of),
        "author": _people(children) or feed.get("author"),
        "language": _first(children, ("language",), line_of)
        or language_of(item)
        or feed.get("language"),
        "description": teaser if text else "",
        "categories": [
            word
            for name in ("category", "subject")
            for child in children.get(name, ())
            if (word := child.get("label") or child.get("term") or line_of(child))
        ],
        "text": text or teaser,
    }
    for source in children.get("source", ()):
        name = _first(_children_of(source), ("title",), line_of) or _alone(source)
        fields["source_name"] = name or fields.get("source_name")
        fields["source_url"] = source.get("url")
    for child in item:
        if not len(child) and name_of(child) not in _UNDER_OTHER_NAMES:
            prefix = f"{child.prefix}:" if child.prefix else ""
            fields.setdefault(prefix + child.tag.rpartition("}")[2], line_of(child))
    return fields


def _children_of(element: etree._Element) -> _Children:
    """Sort what an element holds by name, the words of its own vocabulary first."""
    own = namespace_of(element)
    children: _Children = {}
    for child in sorted(element, key=lambda child: namespace_of(child) != own):
        if not namespace_of(child).startswith(_MEDIA):
            children.setdefault(name_of(child), []).append(child)
    return children


def _first(
    children: _Children, names: tuple[str, ...], words_of: Callable[[etree._Element], str]
) -> str:
    """Take the first that says something, in the order of the names."""
    found = (words_of(child) for name in names for child in children.get(name, ()))
    return next(filter(None, found), "")


def _text(element: etree._Element) -> str:
    kind = element.get("type", "").partition(";")[0].strip().lower()
    return text_of(element) if kind in _TEXT_TYPES else ""


def _people(children: _Children) -> list[str]:
    people = children.get("creator") or children.get("author") or ()
    names = [
        _first(_children_of(person), ("name",), line_of) or _alone(person) for person in people
    ]
    return list(filter(None, names))


def _alone(element: etree._Element) -> str:
    return "" if len(element) else line_of(element)


def _address(item: etree._Element, children: _Children, feed_url: str) -> str:
    """Take the address of the page, before that of the entry in its feed and its own name."""
    links = children.get("link", ())
    found = [line_of(child) for child in children.get("origlink", ())]
    for relation in ("alternate", "self"):
        found += [
            link.get("href") or line_of(link)
            for link in links
            if link.get("rel", "alternate") == relation
        ]
    names = (line_of(child) for name in ("guid", "id") for child in children.get(name, ()))
    found += [name for name in names if name.startswith(("http://", "https://"))]
    address = next(filter(None, found), "")
    try:
        return address and urljoin(item.base or feed_url, address)
    except ValueError:
        return address

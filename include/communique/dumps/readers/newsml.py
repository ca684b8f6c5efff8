"""News agency items: NewsML-G2 (alone or in a message), the older NewsML 1, and NITF alone."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.xml_parsing import (
    as_record,
    language_of,
    line_of,
    name_of,
    read_elements,
    root_of,
    text_of,
)

NAME = "newsml"

_OTHER_ITEMS = {
    "packageitem": "package, which lists items and holds none",
    "knowledgeitem": "list of concepts",
    "conceptitem": "description of a person, place or other concept",
    "planningitem": "plan of what will be covered",
    "catalogitem": "list of codes",
}
_ITEMS = frozenset({"newsitem", "nitf", *_OTHER_ITEMS})

_CONTENT = frozenset({"inlinexml", "inlinedata", "datacontent", "nitf", "text"})
_BODIES = ("body.content", "body")
_ASIDE = re.compile(r"sub|caption", re.I)

_FIELDS = {
    "title": ("headline", "hl1", "itemmeta/title", "head/title"),
    "author": ("by", "byline", "creator/name"),
    "versioncreated": ("versioncreated", "thisrevisioncreated"),
    "firstcreated": ("firstcreated",),
    "contentcreated": ("contentcreated",),
    "date": (
        "date.issue@norm", "date.release@norm", "pubdata@date.publication", "story.date@norm",
        "newsitem@date",
    ),
    "source_name": (
        "provider", "distributor", "rights.owner", "copyrightholder", "doc.copyright@holder",
        "creditline", "pubdata@name", "doc-id@regsrc",
    ),
    "source_url": ("provider@uri",),
    "description": ("abstract", "contentmeta/description"),
    "language": ("language", "nitf@baselang"),
    "url": ("pubdata@ex-ref",),
    "guid": ("publicidentifier", "doc-id@id-string"),
    "pubstatus": ("pubstatus@qcode", "newsmanagement/status", "docdata@management-status"),
    "urgency": ("urgency",),
    "slugline": ("slugline",),
    "creditline": ("creditline",),
    "dateline": ("dateline",),
    "located": ("located",),
    "embargoed": ("embargoed",),
    "copyright": ("copyrightnotice", "copyrightline"),
}  # fmt: skip
"""Our fields, each with what fills it, `around/name@attribute`: the first that says something."""
_LISTS = {"keywords": "keyword", "subjects": "subject"}
_VALUES = ("literal", "tag", "FormalName", "ed-urg", "key", "qcode")

_Found = dict[str, list[etree._Element]]


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the outermost element is that of a news item, or of a message with some."""
    return root_of(head)[1] in _ITEMS | {"newsmessage", "newsml"}


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the items one by one; pictures, packages and other items without text are refused.

    Raises RefusedError where the file goes on as no XML.
    """
    sender, number = "", 0
    for element in read_elements(stream, _ITEMS):
        name = name_of(element)
        if name in _ITEMS:
            number += 1
            fields = {"source_name": sender, **_fields_of(element)}
            yield as_record(number, fields, _refusal(element, fields))
        elif name == "sender":
            sender = line_of(element)


def _fields_of(item: etree._Element) -> dict[str, object]:
    found: _Found = {}
    for element in item.iter():
        found.setdefault(name_of(element), []).append(element)
    fields: dict[str, object] = {
        field: value for field, places in _FIELDS.items() if (value := _first(found, places))
    }
    for field, name in _LISTS.items():
        fields[field] = [value for element in found.get(name, ()) if (value := _value(element))]
    fields.setdefault("language", language_of(item))
    if item.get("guid"):
        fields |= {"guid": item.get("guid"), "version": item.get("version")}
    if str(fields.get("guid")).startswith(("http://", "https://")):
        fields.setdefault("url", fields["guid"])
    fields["text"] = _text(item)
    return fields


def _refusal(item: etree._Element, fields: dict[str, object]) -> RefusedError | None:
    what = _OTHER_ITEMS.get(name_of(item))
    if not what and not fields["text"]:
        kinds = (_value(element) for element in item.iter() if name_of(element) == "itemclass")
        what = next((kind for kind in kinds if kind != "text"), "")
    if not what:
        return None
    return RefusedError(
        Reason.NOT_AN_ARTICLE,
        f"The item is no article ({what}): deliver the text items, and leave it out.",
    )


def _first(found: _Found, places: tuple[str, ...]) -> str:
    for place in places:
        path, _, attribute = place.partition("@")
        around, _, name = path.rpartition("/")
        for element in found.get(name, ()):
            if around and name_of(element.getparent()) != around:
                continue
            value = _attribute(element, attribute) if attribute else _value(element)
            if value and not _ASIDE.search(element.get("role", "")):
                return value
    return ""


def _value(element: etree._Element) -> str:
    """Give what an element says: its name, its words, or the first attribute that says it."""
    named = next((child for child in element if name_of(child) == "name"), element)
    words = " ".join(text_of(named).split()).rstrip(",")
    values = (_attribute(one, name) for one in element.iter() for name in _VALUES)
    return words or next(filter(None, values), "")


def _attribute(element: etree._Element, name: str) -> str:
    value = element.get(name, "").strip()
    return value.rpartition(":")[2] if name == "qcode" else value


def _text(item: etree._Element) -> str:
    """Take the longest of the texts, which are one in several forms, or one with its captions."""
    texts = [""]
    for content in item.iter():
        around = map(name_of, content.iterancestors())
        if name_of(content) in _CONTENT and _CONTENT.isdisjoint(around):
            bodies = (one for name in _BODIES for one in content.iter() if name_of(one) == name)
            body = next(bodies, content)
            is_prose = not len(body) or any(name_of(one) == "p" for one in body.iter())
            texts.append(text_of(body) if is_prose else "")
    return max(texts, key=len)

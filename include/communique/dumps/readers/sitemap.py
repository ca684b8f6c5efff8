"""News sitemaps: lists of articles without their text, each refused with what it is called."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.xml_parsing import as_record, line_of, name_of, read_elements, root_of

NAME = "sitemap"

_ENTRIES = frozenset({"url", "sitemap"})
_FIELDS = {
    "title": ("news", "title"),
    "url": ("url", "loc"),
    "date": ("news", "publication_date"),
    "source_name": ("publication", "name"),
    "language": ("publication", "language"),
    "keywords": ("news", "keywords"),
    "genres": ("news", "genres"),
    "lastmod": ("url", "lastmod"),
}
"""Our fields, each with the name of the element around it and its own."""


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the outermost element is that of a sitemap or of a list of sitemaps."""
    return root_of(head)[1] in ("urlset", "sitemapindex")


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the entries that name an article; other pages are passed over.

    Raises RefusedError for a file that names no article, and where it goes on as no XML.
    """
    number = 0
    for element in read_elements(stream, _ENTRIES):
        if name_of(element) == "url" and "news" in map(name_of, element):
            number += 1
            refusal = RefusedError(
                Reason.NO_TEXT,
                "The entry of a sitemap names an article and has no text: deliver the article "
                "itself, such as its page.",
            )
            yield as_record(number, _fields_of(element), refusal)
    if not number:
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            "The sitemap lists addresses and names no article: leave it out of the dump folder, "
            "and deliver the pages.",
        )


def _fields_of(entry: etree._Element) -> dict[str, str]:
    found: dict[tuple[str, str], str] = {}
    for element in entry.iterdescendants():
        found.setdefault((name_of(element.getparent()), name_of(element)), line_of(element))
    return {field: found.get(place, "") for field, place in _FIELDS.items()}

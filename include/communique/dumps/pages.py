"""A web page to the fields of an article: its text, and what it says about itself."""

import codecs
import html
import json
import logging
import re
from collections import deque
from typing import Any
from urllib.parse import urljoin

import charset_normalizer
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import use_config

from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import is_prose
from communique.dumps.urls import canonicalise, domain_of

LARGEST = 16 * 2**20
"""Bytes of a page: those of newspapers have up to two million."""
MOST_ELEMENTS = 50_000
"""Elements of a page: those of newspapers have some thousands."""
SHORT = 500
"""Characters: a shorter text is looked for once more, with more effort."""
SHORTEST = 250
"""Characters: a shorter text counts only on a page that says it is an article."""

_PROSE = 0.3
"""The share of letters in lines with sentences: lists of a site have next to none."""

# What goes wrong with a page shows in its record.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
# Left to itself, it takes all that stands on a page where it finds no article.
_ARTICLES_ONLY = use_config()
_ARTICLES_ONLY.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")
_EMBEDDED_POSTS = (
    "//blockquote[contains(@class, 'twitter-') or contains(@class, 'instagram-media')"
    " or contains(@class, 'tiktok-embed')]"
)
_BODY = "contains(@class, 'article-body') or contains(@class, 'article__body')"
_BODIES = f"//article//*[{_BODY}][.//p][not(ancestor::*[{_BODY}])]"
_LAYOUT_CELL = 300
_MUCH_LONGER = 1.5
_LINE_ENDS = re.compile(r"\s*\n\s*")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)")

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ENCODING = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*"
    rb"((?:windows|cp|iso|koi8|mac|gb|big5|euc|shift)[\w:-]*)",
    re.I,
)
"""Of the names of encodings only those that pages use: Python knows more, some of them slow."""
_HEAD = 4096
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_FOREIGN_LENGTH = 2
"""Bytes in a row, on average, from which on a text is in no Latin script."""
_GUESSES = [
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "cp932",
    "euc_jp", "cp949",
]  # fmt: skip

_ARTICLE = ("Article", "BlogPosting", "Report")
_WEB_PAGE = ("WebPage",)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_JSON = re.compile(r"(?<!CDATA)[{\[](?!CDATA)")
_LIST = re.compile(r"\s*[,;]\s*")
_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "date",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_TIMES = "//article//time/@datetime | //main//time/@datetime"
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"\d:\d\d")
_ZONE = re.compile(r":\d\d(?:[.,]\d+)?\s*(?:Z|[+-]\d\d:?\d\d|[A-Z]{3,4})$")


def read_page(content: bytes, url: str | None = None) -> dict[str, Any]:
    """Read a page that was found at an address, as fields by their delivered names.

    Raises RefusedError for a page without an article, and for one that is too large.
    """
    if len(content) > LARGEST:
        raise _too_large(f"{LARGEST // 2**20} MB")
    tree = trafilatura.load_html(_decode(content))
    if tree is not None:
        if tree.xpath("count(//*)") > MOST_ELEMENTS:
            raise _too_large(f"{MOST_ELEMENTS:,} elements")
        page = _Page(tree, url)
        text = _find_text(tree, page)
        if text and (page.is_article or (_reads_like_one(text) and not page.is_front_page)):
            fields = {"text": text, **page.describe()}
            return {name: value for name, value in fields.items() if value}
    raise RefusedError(
        Reason.NO_TEXT,
        "The page holds no article that can be found: leave it out, or deliver its text.",
    )


def _reads_like_one(text: str) -> bool:
    """Tell an article from a list of others, of offers or of prices."""
    return len(text) >= SHORTEST and is_prose(text, _PROSE)


def _too_large(most: str) -> RefusedError:
    return RefusedError(
        Reason.RECORD_TOO_LARGE,
        f"The page has more than {most}: this is no single article; leave it out.",
    )


def _decode(content: bytes) -> str:
    """Decode by a mark, as UTF-8, by what the page says, or by what it looks like."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    # Other encodings hardly ever make letters of UTF-8, which are longer in bytes.
    if text.count("\ufffd") * 2 <= len(content) - len(text):
        return text
    declared = _ENCODING.search(content[:_HEAD])
    if declared:
        try:
            return content.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    words = _FOREIGN.findall(content)
    if sum(map(len, words)) >= _FOREIGN_LENGTH * len(words):
        lines = b"\n".join(line for line in content.splitlines() if not line.isascii())
        guess = charset_normalizer.from_bytes(lines, cp_isolation=_GUESSES).best()
        if guess:
            return content.decode(guess.encoding, "replace")
    return content.decode("cp1252", "replace")


def _find_text(tree: HtmlElement, page: "_Page") -> str:
    _unfold_layout_tables(tree)
    _join_bodies(tree)
    text = ""
    for fast in (True, False):
        found = trafilatura.extract(
            tree,
            fast=fast,
            config=_ARTICLES_ONLY,
            include_comments=False,
            include_tables=False,
            prune_xpath=_EMBEDDED_POSTS,
        )
        text = max(text, found or "", key=len)
        if len(text) >= SHORT:
            break
    if len(page.body) > _MUCH_LONGER * len(text):
        text = page.body
    lines = _LINE_ENDS.split(text.strip())
    return "\n\n".join(line for line in lines if _clean(line) not in page.headings)


def _unfold_layout_tables(tree: HtmlElement) -> None:
    """Take the tables that hold whole texts for what they are: columns of a page, no data."""
    for cell in list(tree.iter("td")):
        if len(cell.text_content()) >= _LAYOUT_CELL:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
                element.tag = "div"


def _join_bodies(tree: HtmlElement) -> None:
    """Put together the parts into which advertisements cut the body of an article."""
    first_parts: dict[tuple, HtmlElement] = {}
    for part in tree.xpath(_BODIES):
        key = (part.get("class"), next(part.iterancestors("article")))
        first = first_parts.setdefault(key, part)
        if first is not part:
            first.append(part)


class _Page:
    """What a page says about itself: in JSON-LD, in its head, in its markup."""

    def __init__(self, tree: HtmlElement, url: str | None) -> None:
        self._tree = tree
        self._meta = _read_meta(tree)
        canonical = [*tree.xpath("//link[@rel='canonical']/@href"), *self._said("og:url")]
        addresses = [*(_join(url, address) for address in canonical), url]
        self._addresses = [address for address in addresses if domain_of(address)]
        nodes = _read_linked_data(tree)
        self._nodes_by_id = {str(node["@id"]): node for node in nodes if "@id" in node}
        article = self._find(nodes, _ARTICLE)
        self._node = article or self._find(nodes, _WEB_PAGE)
        self.is_article = bool(article or self._said("article:published_time")) or any(
            kind.startswith("article") for kind in self._said("og:type")
        )
        self.body = _MARKDOWN_LINK.sub(r"\1", _as_text(article.get("articleBody"), keep_lines=True))
        self.headings = [_clean(heading.text_content()) for heading in tree.iter("h1")]

    @property
    def is_front_page(self) -> bool:
        """Tell whether each of its addresses names a site and no article in it."""
        return bool(self._addresses) and not any(map(canonicalise, self._addresses))

    def describe(self) -> dict[str, Any]:
        """Name what is known about the article."""
        node = self._node
        site = _first(*self._said("og:site_name"), *self._names(node.get("publisher")))
        headlines = [*self._said(*_TITLES), *self.headings, self._tree.findtext(".//title") or ""]
        dates = [_as_text(node.get("datePublished")), *self._said(*_DATES)]
        times = (time for time in self._tree.xpath(_TIMES) if _YEAR.search(time))
        return {
            "title": _first(
                _as_text(node.get("headline")), *(_without(site, title) for title in headlines)
            ),
            "url": _first(*filter(canonicalise, self._addresses)),
            "source_name": site,
            "date": max(dates, key=_precision) or _first(*times),
            "author": self._find_authors(),
            "language": _first(
                _as_text(node.get("inLanguage")), self._tree.get("lang"), *self._said("og:locale")
            ),
            "description": _first(_as_text(node.get("description")), *self._said(*_DESCRIPTIONS)),
            "section": _as_list(node.get("articleSection")) or self._said("article:section"),
            "keywords": self._find_keywords(),
            "date_modified": _first(
                _as_text(node.get("dateModified")), *self._said("article:modified_time")
            ),
        }

    def _find_authors(self) -> list[str]:
        """Take the names that the first to name any gives."""
        links = [_clean(link.text_content()) for link in self._tree.xpath("//a[@rel='author']")]
        places = [self._node.get("author"), *(self._said(name) for name in _AUTHORS), links[:1]]
        return next(filter(None, map(self._names, places)), [])

    def _find_keywords(self) -> list[str]:
        keywords = _as_list(self._node.get("keywords")) or self._said("article:tag")
        keywords = keywords or self._said("news_keywords") or self._said("keywords")
        return _LIST.split(keywords[0]) if len(keywords) == 1 else keywords

    def _said(self, *names: str) -> list[str]:
        return [value for name in names for value in self._meta.get(name, ())]

    def _find(self, nodes: list[dict], kinds: tuple[str, ...]) -> dict:
        """Take the node of a kind that has an address of the page, or the only one."""
        found = [
            node
            for node in nodes
            if any(kind.endswith(kinds) for kind in _as_list(node.get("@type")))
        ]
        own = set(map(canonicalise, self._addresses)) - {None}
        about = [node for node in found if own & set(map(canonicalise, _addresses_of(node)))]
        return next(iter(about or (found if len(found) == 1 else ())), {})

    def _names(self, value: object) -> list[str]:
        names = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                known = self._nodes_by_id.get(str(one.get("@id")), {}) | one
                one = known.get("name") or known.get("byline")
            names.append(_as_text(one))
        return [name for name in dict.fromkeys(names) if name and "://" not in name]


def _join(base: str | None, address: str) -> str | None:
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None


def _read_meta(tree: HtmlElement) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = _clean(meta.get("content") or "")
        if value:
            said.setdefault(name.strip().lower(), []).append(value)
    return said


def _read_linked_data(tree: HtmlElement) -> list[dict]:
    """Take the objects of all JSON-LD in their order, also those that lie in a graph."""
    nodes = []
    scripts = (one.text for one in tree.iter("script") if "ld+json" in one.get("type", "").lower())
    waiting = deque(_parse(script or "") for script in scripts)
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extendleft(reversed(value))
        elif isinstance(value, dict):
            nodes.append(value)
            waiting.extendleft((value.get("mainEntity"), value.get("@graph")))
    return nodes


def _parse(script: str) -> object:
    """Parse the JSON in a script, with the mistakes that many make."""
    for text in (script, _TRAILING_COMMA.sub("", html.unescape(script))):
        start = _JSON.search(text)
        try:
            if start:
                return json.JSONDecoder(strict=False).raw_decode(text, start.start())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _addresses_of(node: dict) -> list[str]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    return [_as_text(address) for address in (node.get("url"), node.get("@id"), page)]


def _as_text(value: object, *, keep_lines: bool = False) -> str:
    """Take a string of JSON-LD, or the name of an object; nothing for all else."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return ""
    return html.unescape(value) if keep_lines else _clean(value)


def _as_list(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for one in values if (text := _as_text(one))]


def _clean(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _without(site: str | None, title: str) -> str:
    """Take the name of the site off a title."""
    for sign in "|-–—":
        title = title.removesuffix(f" {sign} {site}")
    return title


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _precision(date: str) -> tuple[bool, ...]:
    return tuple(bool(part.search(date)) for part in (_YEAR, _TIME, _ZONE))

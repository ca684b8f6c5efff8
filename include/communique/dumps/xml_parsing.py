"""XML of any encoding, parsed safely and in pieces: what is read is forgotten again.

Nothing is fetched: the names that HTML knows, and those that the file itself defines as a few
signs, become characters before the parser sees them; all others stay as they are written.
"""

import codecs
import html
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import BinaryIO

from lxml import etree

from communique.dumps.delivery import RawRecord
from communique.dumps.refusals import Reason, RefusedError

LARGEST_RECORD = 16 * 2**20
"""Bytes with markup: a longer element is no article."""

_PIECE = 2**16
_FIRST_PIECES = 2**12
_SAFE = {"no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}

_PRINTED = re.compile(rb"<\?xml\b[^>]{0,300}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_WIDE = {
    b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be",
}  # fmt: skip
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}
_DECLARATION = re.compile(r"\A\ufeff?(\s*)(?:<\?xml\b[^>]{0,500}\?>)?")
_SIGN = re.compile(
    r"<!\[CDATA\[|\]\]>"
    r"|<!ENTITY\s+(?P<name>\w{1,40})\s+(?:\"(?P<one>[^\"<>%]{0,60})\"|'(?P<two>[^'<>%]{0,60})')\s*>"
    r"|<!(?:ENTITY|ATTLIST)\b|&(?:#?\w{1,40};)?"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)
_HALF_A_SIGN = re.compile(r"(?:<!ENTITY\s[^<>]{0,150}|<[!\[A-Z]{0,9}|\]{1,2}|&#?\w{0,40})\Z")
_LONGEST_SIGN = 160
_LONGEST_ENTITY = 20
"""Characters: a name for more than a sign or a word could make much of little."""

_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>|<!--", re.I)
_PACKED_TWICE = re.compile(r"&lt;/?(?:p|br|div|a|b|i|em|strong)\b", re.I)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNINDENTED = re.compile(r"\n\S")
_INDENTED = re.compile(r"\n(?=[ \t]{3}|[ \t]*\n)")
_BLOCKS = frozenset(
    "address article aside block blockquote body body.content bq center dd details div dl dt"
    " fieldset figure h1 h2 h3 h4 h5 h6 hl1 hl2 hr html li main ol p pre section summary table tr"
    " ul".split()
)
_NO_TEXT = frozenset(
    "audio button byttl canvas embed figcaption footer form head header iframe math media nav"
    " noscript object script select style svg template textarea video".split()
)


def root_of(head: bytes) -> tuple[str, str]:
    """Give the namespace and the name of the outermost element, in small letters.

    Both are empty for what is no XML.
    """
    parser, mender = _parser(), _Mender(head)
    is_xml, start = True, 0
    while is_xml and start < len(head):
        try:
            parser.feed(mender.mend(head[start : start + _FIRST_PIECES]))
        except etree.XMLSyntaxError:
            is_xml = False
        for _, element in parser.read_events():
            return namespace_of(element).lower(), name_of(element)
        start += _FIRST_PIECES
    return "", ""


def read_elements(stream: BinaryIO, whole: Collection[str]) -> Iterator[etree._Element]:
    """Give the elements as they end: those with a name in `whole` with all that they hold.

    The others come without what they held. Each may be looked at until the next one is asked for.
    Raises RefusedError where the file goes on as no XML.
    """
    parser = _parser()
    first = stream.read(_PIECE)
    mender = _Mender(first)
    record, length, is_over = None, 0, False
    for piece in chain([first], iter(lambda: stream.read(_PIECE), b"")):
        mended, broken = mender.mend(piece), None
        if mender.has_definitions:
            raise RefusedError(
                Reason.INVALID_XML,
                "The file defines entities of its own that hold more than a few signs, or "
                "attributes, which are not resolved: deliver it with the words in their place.",
            )
        try:
            parser.feed(mended)
        except etree.XMLSyntaxError as error:
            broken = error
        for event, element in parser.read_events():
            if event == "start":
                if record is None and name_of(element) in whole:
                    record, length = element, 0
            elif record is None or record is element:
                yield element
                record, is_over = None, element.getparent() is None
                _forget(element)
        if broken:
            raise _no_xml(broken) from broken
        length += len(piece)
        if record is not None and length > LARGEST_RECORD:
            raise RefusedError(
                Reason.RECORD_TOO_LARGE,
                f"A record has more than {LARGEST_RECORD // 2**20} MB, so that it and the rest of "
                "the file were not read: this is no single article; split it.",
            )
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        # A prefix that nobody declared is told at the end only, and does no harm.
        if not is_over:
            raise _no_xml(error) from error


def name_of(element: etree._Element) -> str:
    """Name an element without its namespace or prefix, in small letters."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def namespace_of(element: etree._Element) -> str:
    """Give the namespace of an element, which may be empty."""
    return element.tag.rpartition("}")[0].lstrip("{")


def language_of(element: etree._Element) -> str:
    """Give the language that an element says it is in, or one around it."""
    around = (one.get(_LANGUAGE) for one in chain([element], element.iterancestors()))
    return next(filter(None, around), "")


def line_of(element: etree._Element) -> str:
    """Give the words of an element in one line."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def text_of(element: etree._Element) -> str:
    """Give the text of an element in paragraphs, be its markup XML or HTML that is packed in it.

    A `<` that comes out of markup stays written as `&lt;`, so that nobody takes it for a tag.
    """
    if len(element):
        return _paragraphs(element)
    packed = element.text or ""
    if _PACKED_TWICE.search(packed) and not _TAG.search(packed):
        packed = html.unescape(packed)
    if not _TAG.search(packed):
        return packed.strip()
    parser = etree.HTMLParser(encoding="utf-8", **_SAFE)
    page = None
    with suppress(etree.XMLSyntaxError):
        page = etree.fromstring(packed.encode(), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        return packed.strip()
    return "" if page is None else _paragraphs(page)


def as_record(
    number: int, fields: Mapping[str, object], refusal: RefusedError | None = None
) -> RawRecord:
    """Make a record of the fields that hold something."""
    filled = {name: value for name, value in fields.items() if value}
    shown = json.dumps(filled, ensure_ascii=False)[:400]
    return RawRecord(number=number, fields=filled, refusal=refusal, source_text=shown)


def _parser() -> etree.XMLPullParser:
    return etree.XMLPullParser(
        ("start", "end"), encoding="utf-8", resolve_entities=False, load_dtd=False, **_SAFE
    )


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while (before := element.getprevious()) is not None:
        parent.remove(before)


def _no_xml(error: etree.XMLSyntaxError) -> RefusedError:
    what = (error.msg or "").partition(", line ")[0]
    return RefusedError(
        Reason.INVALID_XML,
        f"The file breaks off or is no XML from line {error.lineno} on ({what}): mend it there, or "
        "deliver it again.",
    )


def _paragraphs(element: etree._Element) -> str:
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    preformatted = 0
    for event, node in walk:
        name = name_of(node)
        if name in _BLOCKS:
            parts.append("\n\n")
        elif name == "br":
            parts.append("\n" if event == "start" else "")
        elif name in ("td", "th"):
            parts.append(" ")
        preformatted += (name == "pre") * (1 if event == "start" else -1)
        if event == "end":
            words = node.tail if node is not element else None
        elif name in _NO_TEXT and node is not element:
            walk.skip_subtree()
            words = None
        else:
            words = node.text
        if words:
            words = words if preformatted else _unwrap(words)
            parts.append(words.replace("<", "&lt;"))
    text = re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", "".join(parts)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _unwrap(words: str) -> str:
    """Undo line ends. Where only some lines are indented, as on a wire, these start paragraphs."""
    if "\n" not in words:
        return words
    if not _UNINDENTED.search(words):
        return _SPACE.sub(" ", words)
    return "\n\n".join(_SPACE.sub(" ", part) for part in _INDENTED.split(words))


class _Mender:
    """Turns a file piece by piece into UTF-8, with its stray signs written as XML wants them."""

    def __init__(self, head: bytes) -> None:
        self._decoder = _decoder_for(head)
        self._rest = ""
        self._is_start = True
        self._is_in_cdata = False
        self._entities: dict[str, str] = {}
        self.has_definitions = False

    def mend(self, piece: bytes) -> bytes:
        """Mend a piece; half a sign at its end is kept for the next one."""
        text = self._rest + self._decoder.decode(piece)
        if self._is_start:
            text = _DECLARATION.sub(r"\1", text)
            self._is_start = False
        half = _HALF_A_SIGN.search(text, max(0, len(text) - _LONGEST_SIGN))
        end = half.start() if half else len(text)
        self._rest = text[end:]
        return _SIGN.sub(self._mend_sign, text[:end]).encode()

    def _mend_sign(self, found: re.Match[str]) -> str:
        sign = found[0]
        if sign == "]]>":
            was_in_cdata, self._is_in_cdata = self._is_in_cdata, False
            return sign if was_in_cdata else "]]&gt;"
        if len(sign) == 1 and sign != "&":
            return ""
        if self._is_in_cdata:
            return sign
        if sign.startswith("&"):
            return html.escape(self._entities.get(sign[1:-1]) or html.unescape(sign))
        if sign == "<![CDATA[":
            self._is_in_cdata = True
        elif found["name"] and self._define(found["name"], found["one"] or found["two"] or ""):
            return ""
        else:
            self.has_definitions = True
        return sign

    def _define(self, name: str, value: str) -> bool:
        """Note what a short name stands for, unless that is made of other names."""
        meant = html.unescape(value)
        is_plain = len(meant) <= _LONGEST_ENTITY and not any(sign in meant for sign in "&<")
        if is_plain:
            self._entities.setdefault(name, meant)
        return is_plain


def _decoder_for(head: bytes) -> codecs.IncrementalDecoder:
    """Choose by what the bytes are before what they say they are, which is often wrong."""
    declared = _PRINTED.search(head[:1000])
    encoding = declared[1].decode().lower() if declared else ""
    if head[:2] in _WIDE:
        encoding = _WIDE[head[:2]]
    elif not _fits(encoding) or _is_utf_8(head[:_PIECE]):
        encoding = "utf-8"
    return codecs.getincrementaldecoder(_WIDER.get(encoding, encoding))(_WINDOWS_1252)


def _fits(encoding: str) -> bool:
    """Tell whether Python knows an encoding, and can read with it the line that names it."""
    try:
        sample = "<".encode(encoding)
        read = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
        return (sample, read) == (b"<", "<")
    except (LookupError, UnicodeError):
        return False


def _is_utf_8(head: bytes) -> bool:
    if head.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _in_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_WINDOWS_1252 = "communique.windows_1252"
codecs.register_error(_WINDOWS_1252, _in_windows_1252)

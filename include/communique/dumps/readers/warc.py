"""WARC web archives: the web pages and texts in them; WET files are such archives too.

Records of crawling (`request`, `metadata`, `warcinfo`, `revisit`) and of unknown kinds are neither
articles nor counted. What a server answered counts as a record, and is refused when it is no page.
"""

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.pages import read_page
from communique.dumps.refusals import Reason, RefusedError

NAME = "warc"
LARGEST = 32 * 2**20
"""Bytes: a larger record is no article, and is refused without being kept in memory."""
LONGEST_HEADER = 2**20

_KINDS = ("response", "resource", "conversion")
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]*\d[\w.:-]*|gbk|euc-\w+|shift_jis)", re.I)
"""A name with a digit, or one of the others in use: Python knows more, some of them very slow."""
_HEAD_OF_PAGE = 4096
_BLOCK = 2**16


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the file starts like the first record of an archive."""
    return head.startswith(b"WARC/")


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the pages and texts; where the archive breaks off, the rest is refused as one record."""
    archive = _Archive(stream)
    number = 0
    try:
        for record in archive:
            archive.reader.header_length = 0
            content = _take_content(record)
            if record.rec_type in _KINDS:
                number += 1
                yield _read_record(record, content, number, archive.offset)
    except ArchiveLoadFailed:
        refusal = _damaged("what stands here is no record")
        yield RawRecord(number=number + 1, byte_offset=archive.offset, refusal=refusal)
    except RefusedError as refusal:
        yield RawRecord(number=number + 1, byte_offset=archive.offset, refusal=refusal)


class _Lines(BufferedReader):
    """An archive that is read by lines, with a limit for the lines of one header."""

    header_length = 0

    def readline(self, length: int | None = None) -> bytes:
        line = super().readline(LONGEST_HEADER)
        self.header_length += len(line)
        if self.header_length >= LONGEST_HEADER:
            raise _damaged("the header of a record does not end")
        return line


class _Archive(WARCIterator):
    INC_RECORD = ""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, no_record_parse=True)
        self.reader = _Lines(self.fh)


def _take_content(record: ArcWarcRecord) -> bytes:
    """Read a record to its end, but keep no more than tells that it is too large."""
    if not (record.rec_headers.get_header("Content-Length") or "").isdecimal():
        raise _damaged("a record does not say how long it is")
    content = record.raw_stream.read(LARGEST + 1)
    while record.raw_stream.read(_BLOCK):
        pass
    if record.raw_stream.limit:
        raise _damaged("it breaks off in the middle of a record")
    return content


def _damaged(why: str) -> RefusedError:
    return RefusedError(
        Reason.DAMAGED_ARCHIVE, f"The rest of the archive cannot be read, {why}: deliver it again."
    )


def _read_record(record: ArcWarcRecord, content: bytes, number: int, offset: int) -> RawRecord:
    url = record.rec_headers.get_header("WARC-Target-URI")
    shown = f"{url or ''}\n{content[:400].decode('utf-8', 'replace')}"
    fields = partial(_fields_of, record.rec_headers, content, url)
    return RawRecord(number=number, byte_offset=offset, fields=fields, source_text=shown)


def _fields_of(headers: StatusAndHeaders, content: bytes, url: str | None) -> dict[str, Any]:
    media = headers.get_header("Content-Type") or ""
    body: BinaryIO = io.BytesIO(content)
    if len(content) <= LARGEST and _kind_of(media) == "application/http":
        answer = _take_answer(body)
        identified = headers.get_header("WARC-Identified-Payload-Type")
        media = answer.get_header("Content-Type") or identified or ""
        _check_kind(media, url)
        content = _unpack(answer, body)
    if len(content) > LARGEST:
        raise RefusedError(
            Reason.RECORD_TOO_LARGE,
            f"The record has more than {LARGEST // 2**20} MB: this is no single article; leave it "
            "out of the archive.",
        )
    _check_kind(media, url)
    known = {
        "fetched_at": headers.get_header("WARC-Date"),
        "content_language": headers.get_header("WARC-Identified-Content-Language"),
        "truncated": headers.get_header("WARC-Truncated"),
    }
    said = {name: value for name, value in known.items() if value}
    address = {"url": url} if url else {}
    return address | _read_content(content, media, url) | said


def _take_answer(body: BinaryIO) -> StatusAndHeaders:
    """Read the head of an HTTP answer, which leaves its body."""
    try:
        answer = StatusAndHeadersParser([], verify=False).parse(body)
    except EOFError:
        raise RefusedError(
            Reason.NO_TEXT, "The record is empty: leave it out of the archive."
        ) from None
    if answer.get_statuscode() != "200":
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            f"The record is the answer {answer.statusline[:60]!r} of a server and no article: "
            "leave it out of the archive.",
        )
    return answer


def _unpack(answer: StatusAndHeaders, body: BinaryIO) -> bytes:
    if (answer.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = ChunkedDataReader(body)
    packing = (answer.get_header("Content-Encoding") or "identity").lower()
    if packing in BufferedReader.get_supported_decompressors():
        body = BufferedReader(body, decomp_type=packing)
    elif packing != "identity":
        raise RefusedError(
            Reason.UNSUPPORTED_FORMAT,
            f"The page is packed as {packing[:20]!r}, which is not unpacked: deliver it unpacked, "
            "or as gzip.",
        )
    return body.read(LARGEST + 1)


def _kind_of(media: str) -> str:
    return media.partition(";")[0].strip().lower()


def _check_kind(media: str, url: str | None) -> None:
    kind = _kind_of(media)
    if kind not in (*_PAGES, "text/plain"):
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            f"The record is of the kind {kind[:60] or 'unknown'!r} and no page or text: leave it "
            "out of the archive.",
        )
    if url and url.endswith("/robots.txt"):
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            "The record is a robots.txt and no article: leave it out of the archive.",
        )


def _read_content(content: bytes, media: str, url: str | None) -> dict[str, Any]:
    said = _CHARSET.search(media)
    charsets = ["utf-8-sig", said[1]] if said else ["utf-8-sig"]
    if _kind_of(media) in _PAGES:
        # Servers are often wrong: their word counts only where the page itself says nothing.
        says_itself = b"charset" in content[:_HEAD_OF_PAGE].lower()
        text = None if says_itself else _decode(content, charsets)
        return read_page(content if text is None else text.encode(), url)
    text = _decode(content, [*charsets, "cp1252"])
    if text is None:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The record is no text we can decode: deliver it in UTF-8."
        )
    return {"text": text}


def _decode(content: bytes, charsets: list[str]) -> str | None:
    for charset in charsets:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return None

"""One file of a dump folder to its records: which reader, what it found, what was refused."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from communique.dumps import dates, members
from communique.dumps.articles import build_article
from communique.dumps.delivery import Delivery, OpenFile, Origin, RawRecord
from communique.dumps.dump_settings import DumpSettings, find
from communique.dumps.files import find_file
from communique.dumps.readers import Reader, choose_reader
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import excerpt
from communique.errors import WrongCallError
from communique.records import Article, RejectedRecord, make_id

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DEEPEST = 100
"""Lists in lists: records that go between processes must not nest without end."""
_TOO_DEEP = RefusedError(
    Reason.NOT_AN_ARTICLE,
    "The record nests lists or objects too deep: deliver one object with plain fields per article.",
)


def open_file(folder: Path, name: str, *, dump_date: date) -> Iterator[OpenFile]:
    """Open one file, or one after the other the files packed in it; take the records of each.

    Whatever is wrong with a file comes as refused records with a reason. Raises WrongCallError when
    the file changes while it is read: it is still being delivered.
    """
    try:
        path = find_file(folder, name)
        settings = find(folder, name)
    except RefusedError as refusal:
        yield _refused_file(refusal, name, dump_date)
        return
    before = path.stat()
    for member in members.unpack(path, name):
        yield _open_member(member, settings, dump_date)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise WrongCallError(
            f"The file {name} of {dump_date} changed while it was read: wait until it is delivered "
            "whole, and run again."
        )


def read_file(folder: Path, name: str, *, dump_date: date) -> Delivery:
    """Read one small file with all that is packed in it into memory."""
    outcomes: list[Article | RejectedRecord] = []
    formats = []
    for opened in open_file(folder, name, dump_date=dump_date):
        outcomes += (build(opened.origin, record) for record in opened.records)
        formats.append(opened.origin.dump_format)
    return Delivery(
        dump_file=name,
        dump_format=formats[0] if len(set(formats)) == 1 else "mixed",
        articles=tuple(one for one in outcomes if isinstance(one, Article)),
        rejected=tuple(one for one in outcomes if isinstance(one, RejectedRecord)),
    )


def build(origin: Origin, record: RawRecord) -> Article | RejectedRecord:
    """Make an article of a record, or say why that cannot be done."""
    try:
        record = record.resolve()
        if record.refusal:
            raise record.refusal
        return build_article(record, origin)
    except RefusedError as refusal:
        return _rejected(refusal, record, origin)
    except RecursionError:
        return _rejected(_TOO_DEEP, record, origin)


def _open_member(member: members.Member, settings: DumpSettings, dump_date: date) -> OpenFile:
    try:
        if member.refusal:
            raise member.refusal
        head, stream = member.head, member.stream
        if not head.strip():
            raise RefusedError(Reason.EMPTY_FILE, "The file is empty: deliver it again.")
        if head.startswith(_UTF_16):
            stream = io.BufferedReader(_InUtf8(stream))
            head = head.decode("utf-16", "replace").encode("utf-8", "replace")
        reader = choose_reader(head, settings, member.name)
    except RefusedError as refusal:
        return _refused_file(refusal, member.name, dump_date)
    origin = Origin(
        dump_date=dump_date,
        dump_file=member.name,
        dump_format=reader.NAME + member.packing,
        settings=settings,
        day_first=dates.find_order(head) if settings.day_first is None else settings.day_first,
    )
    return OpenFile(origin=origin, records=_records(reader, stream), position=member.position)


def _records(reader: Reader, stream: BinaryIO) -> Iterator[RawRecord]:
    """Take the records of a file; what is wrong with the rest of it is the last one."""
    is_empty = True
    try:
        for record in reader.read(stream):
            is_empty = False
            yield _weighed(record)
        if is_empty:
            raise RefusedError(
                Reason.EMPTY_FILE, "The file holds no record: deliver it again, or leave it out."
            )
    except RefusedError as refusal:
        yield RawRecord(number=None, refusal=refusal)
    except RecursionError:
        yield RawRecord(number=None, refusal=_TOO_DEEP)
    except UnicodeDecodeError as error:
        refusal = RefusedError(
            Reason.INVALID_ENCODING,
            f"The file is not what its mark says, UTF-16 ({error.reason}): deliver it in UTF-8.",
        )
        yield RawRecord(number=None, refusal=refusal)


def _weighed(record: RawRecord) -> RawRecord:
    """Find how much memory a record takes, and refuse one whose fields nest too deep."""
    size = len(record.source_text)
    waiting: list[tuple[object, int]] = [(record.fields, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str | bytes):
            size += len(value)
        elif isinstance(value, partial):
            waiting.append((list(value.args), depth))
        elif isinstance(value, dict | list):
            if depth > _DEEPEST:
                return replace(record, fields=None, refusal=_TOO_DEEP, size=size)
            values = value.values() if isinstance(value, dict) else value
            waiting += [(inner, depth + 1) for inner in values]
    return replace(record, size=size)


class _InUtf8(io.RawIOBase):
    """UTF-16, which a mark shows, as UTF-8; offsets of records count there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        part, is_over = b"", False
        while not part and not is_over:
            # Two bytes become up to three, and one letter may wait for the other half of it.
            read = self._stream.read(max(1, len(buffer) // 3))
            is_over = not read
            part = self._decoder.decode(read, final=is_over).encode("utf-8", "replace")
        buffer[: len(part)] = part
        return len(part)


def _refused_file(refusal: RefusedError, name: str, dump_date: date) -> OpenFile:
    return OpenFile(
        origin=Origin(dump_date=dump_date, dump_file=name, dump_format="unknown"),
        records=iter([RawRecord(number=None, refusal=refusal)]),
    )


def _rejected(error: RefusedError, record: RawRecord, origin: Origin) -> RejectedRecord:
    return RejectedRecord(
        load_id=make_id(origin.dump_date, origin.dump_file),
        dump_date=origin.dump_date,
        dump_file=origin.dump_file,
        record_number=record.number,
        byte_offset=record.byte_offset,
        reason_code=error.code.value,
        reason=error.reason,
        raw_excerpt=excerpt(record.source_text),
    )

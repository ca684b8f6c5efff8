"""One file of a dump folder to its records: which reader, what it found, what was refused."""

import codecs
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from communique.dumps import members
from communique.dumps.articles import build_article
from communique.dumps.delivery import Delivery, OpenFile, RawRecord
from communique.dumps.dump_settings import DumpSettings, find
from communique.dumps.files import find_file
from communique.dumps.readers import Reader, choose_reader
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import excerpt
from communique.errors import WrongCallError
from communique.records import Article, RejectedRecord, make_id

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
        outcomes += opened.outcomes
        formats.append(opened.dump_format)
    return Delivery(
        dump_file=name,
        dump_format=formats[0] if len(set(formats)) == 1 else "mixed",
        articles=tuple(one for one in outcomes if isinstance(one, Article)),
        rejected=tuple(one for one in outcomes if isinstance(one, RejectedRecord)),
    )


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
    dump_format = reader.NAME + member.packing
    return OpenFile(
        dump_file=member.name,
        dump_format=dump_format,
        outcomes=_outcomes(reader, stream, settings, member.name, dump_format, dump_date),
        position=member.position,
    )


def _outcomes(
    reader: Reader,
    stream: BinaryIO,
    settings: DumpSettings,
    name: str,
    dump_format: str,
    dump_date: date,
) -> Iterator[Article | RejectedRecord]:
    is_empty = True
    try:
        for record in reader.read(stream):
            is_empty = False
            try:
                if record.refusal:
                    raise record.refusal
                yield build_article(
                    record,
                    settings,
                    dump_date=dump_date,
                    dump_file=name,
                    dump_format=dump_format,
                )
            except RefusedError as error:
                yield _rejected(error, record, dump_date, name)
            except RecursionError:
                yield _rejected(_TOO_DEEP, record, dump_date, name)
        if is_empty:
            raise RefusedError(
                Reason.EMPTY_FILE, "The file holds no record: deliver it again, or leave it out."
            )
    except RefusedError as error:
        yield _rejected(error, None, dump_date, name)
    except RecursionError:
        yield _rejected(_TOO_DEEP, None, dump_date, name)
    except UnicodeDecodeError as error:
        refusal = RefusedError(
            Reason.INVALID_ENCODING,
            f"The file is not what its mark says, UTF-16 ({error.reason}): deliver it in UTF-8.",
        )
        yield _rejected(refusal, None, dump_date, name)


class _InUtf8(io.RawIOBase):
    """UTF-16, which a mark shows, as UTF-8; offsets of records count there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-16", newline="")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        # A character has at most four bytes.
        part = self._text.read(max(1, len(buffer) // 4)).encode("utf-8", "replace")
        buffer[: len(part)] = part
        return len(part)


def _refused_file(refusal: RefusedError, name: str, dump_date: date) -> OpenFile:
    outcomes = iter([_rejected(refusal, None, dump_date, name)])
    return OpenFile(dump_file=name, dump_format="unknown", outcomes=outcomes)


def _rejected(
    error: RefusedError, record: RawRecord | None, dump_date: date, dump_file: str
) -> RejectedRecord:
    return RejectedRecord(
        load_id=make_id(dump_date, dump_file),
        dump_date=dump_date,
        dump_file=dump_file,
        record_number=record.number if record else None,
        byte_offset=record.byte_offset if record else None,
        reason_code=error.code.value,
        reason=error.reason,
        raw_excerpt=excerpt(record.source_text) if record else None,
    )

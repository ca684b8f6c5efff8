"""One file of a dump folder to its delivery: which reader, what it found, what was refused."""

import gzip
import hashlib
import os
import zlib
from datetime import date
from pathlib import Path
from types import ModuleType

from communique.dumps.articles import build_article
from communique.dumps.delivery import Delivery, RawRecord
from communique.dumps.dump_settings import FILE_NAME, DumpSettings, find
from communique.dumps.readers import delimited, json_document, json_lines, plain_text
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.text import excerpt
from communique.records import Article, RejectedRecord, make_id

_GZIP = b"\x1f\x8b"
_OTHER_FORMATS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PAR1": "Parquet",
    b"%PDF": "PDF",
    b"WARC/": "WARC",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\x04\x22\x4d\x18": "lz4",
    b"\xfd7zXZ": "xz",
    b"{\\rtf": "RTF",
}
_MARKUP = (
    b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset",
    b"<sitemapindex", b"<nitf", b"<newsml", b"<reuters", b"<!--",
)  # fmt: skip
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TOO_DEEP = RefusedError(
    Reason.NOT_AN_ARTICLE,
    "The record nests lists or objects too deep: deliver one object with plain fields per article.",
)


def list_files(folder: Path) -> tuple[str, ...]:
    """Name the files of a dump folder and its subfolders, sorted; hidden ones are not delivered.

    Every link is named, so that one that leads nowhere or to a folder is refused with a reason.
    A name that is no UTF-8 is shown with escapes, and refused for the same reason.
    """
    paths = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    names = (path.relative_to(folder) for path in paths)
    return tuple(
        sorted(
            os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
            for name in names
            if name.name != FILE_NAME and not any(part.startswith(".") for part in name.parts)
        )
    )


def read_file(folder: Path, name: str, *, dump_date: date) -> Delivery:
    """Read one file; whatever is wrong with it comes back as refused records with a reason."""
    dump_format, content_hash = "unknown", None
    articles: list[Article] = []
    rejected: list[RejectedRecord] = []

    def refuse(error: RefusedError, record: RawRecord | None = None) -> None:
        rejected.append(_rejected(error, record, dump_date=dump_date, dump_file=name))

    try:
        delivered = _read_bytes(_find(folder, name))
        content_hash = hashlib.sha256(delivered).hexdigest()
        settings = find(folder, name)
        content, packing = _decompress(delivered)
        content = _in_utf_8(content)
        reader = _choose_reader(content, settings, name)
        dump_format = reader.NAME + packing
        for record in reader.read(content):
            try:
                if record.refusal:
                    raise record.refusal
                articles.append(
                    build_article(
                        record,
                        settings,
                        dump_date=dump_date,
                        dump_file=name,
                        dump_format=dump_format,
                    )
                )
            except RefusedError as error:
                refuse(error, record)
            except RecursionError:
                refuse(_TOO_DEEP, record)
        if not articles and not rejected:
            raise RefusedError(
                Reason.EMPTY_FILE, "The file holds no record: deliver it again, or leave it out."
            )
    except RefusedError as error:
        refuse(error)
    except RecursionError:
        refuse(_TOO_DEEP)
    return Delivery(
        dump_file=name,
        dump_format=dump_format,
        content_hash=content_hash,
        articles=tuple(articles),
        rejected=tuple(rejected),
    )


def _find(folder: Path, name: str) -> Path:
    """Find a file that lies in the dump folder itself; a link may lead to another file there."""
    path = folder / name
    try:
        found = path.resolve(strict=True)
    except PermissionError as error:
        raise _not_permitted(error) from error
    except (OSError, RuntimeError, ValueError) as error:
        why = (
            "The link leads nowhere: deliver the file itself."
            if path.is_symlink()
            else "There is no file of that name, or the name is no UTF-8: rename the file and "
            "deliver it again."
        )
        raise RefusedError(Reason.UNREADABLE_FILE, why) from error
    if not found.is_relative_to(folder.resolve()):
        raise RefusedError(
            Reason.UNREADABLE_FILE,
            "The link leads out of the dump folder and is not followed: deliver the file itself.",
        )
    if not found.is_file():
        raise RefusedError(
            Reason.UNREADABLE_FILE,
            "The link leads to a folder and is not followed: deliver the folder itself.",
        )
    return found


def _read_bytes(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _not_permitted(error) from error
    if not content.strip():
        raise RefusedError(Reason.EMPTY_FILE, "The file is empty: deliver it again.")
    return content


def _not_permitted(error: OSError) -> RefusedError:
    return RefusedError(
        Reason.UNREADABLE_FILE,
        f"The file cannot be read ({error.strerror}): check its permissions and deliver it again.",
    )


def _decompress(content: bytes) -> tuple[bytes, str]:
    if not content.startswith(_GZIP):
        return content, ""
    try:
        unpacked = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise RefusedError(
            Reason.DAMAGED_ARCHIVE, f"The gzip file is damaged ({error}): deliver it again."
        ) from error
    if not unpacked.strip():
        raise RefusedError(Reason.EMPTY_FILE, "The gzip file holds nothing: deliver it again.")
    return unpacked, ".gz"


def _in_utf_8(content: bytes) -> bytes:
    """Turn UTF-16, which its mark shows, into UTF-8; offsets of its records count there."""
    if not content.startswith(_UTF_16):
        return content
    try:
        return content.decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(
            Reason.INVALID_ENCODING,
            f"The file says that it is UTF-16 and is not ({error.reason}): deliver it in UTF-8.",
        ) from error


def _choose_reader(content: bytes, settings: DumpSettings, name: str) -> ModuleType:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    other = next((name for magic, name in _OTHER_FORMATS.items() if content.startswith(magic)), "")
    if not other and start.startswith(_MARKUP):
        other = "HTML or XML"
    if other:
        raise RefusedError(
            Reason.UNSUPPORTED_FORMAT,
            f"{other} files are not read: convert the file to JSON Lines, CSV or plain text.",
        )
    for reader in (json_lines, json_document):
        if reader.accepts(content):
            return reader
    if delimited.accepts(content, frozenset(settings.columns.values())):
        return delimited
    if plain_text.describes_the_dump(name):
        raise RefusedError(
            Reason.NOT_AN_ARTICLE,
            "The file describes the dump and is no article: leave it out of the dump folder, or "
            "rename it if it is one.",
        )
    if plain_text.accepts(content):
        return plain_text
    raise RefusedError(
        Reason.UNSUPPORTED_FORMAT,
        "The file is neither text nor JSON nor CSV: convert it, or leave it out of the dump "
        "folder.",
    )


def _rejected(
    error: RefusedError, record: RawRecord | None, *, dump_date: date, dump_file: str
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

"""One reader a format: the bytes of a file to its records, in their order."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers import (
    delimited,
    feed,
    html_page,
    json_document,
    json_lines,
    newsml,
    parquet,
    plain_text,
    reuters_sgml,
    sitemap,
    warc,
)
from communique.dumps.refusals import Reason, RefusedError
from communique.dumps.xml_parsing import root_of


class Reader(Protocol):
    """A module of this folder; its docstring's first line says what it reads."""

    NAME: str

    def accepts(self, head: bytes, settings: DumpSettings) -> bool:
        """Tell from the first bytes of a file whether it is one of this format."""
        ...

    def read(self, stream: BinaryIO) -> Iterator[RawRecord]:
        """Read the records; raises RefusedError where the rest of the file cannot be read."""
        ...


READERS: tuple[Reader, ...] = (
    warc,
    parquet,
    feed,
    sitemap,
    newsml,
    reuters_sgml,
    html_page,
    json_lines,
    json_document,
    delimited,
    plain_text,
)
"""All readers; the first that accepts a file reads it, so the surest signs come first."""

FORMATS: tuple[tuple[str, str], ...] = tuple(
    (reader.NAME, reader.__doc__.splitlines()[0].rstrip(".")) for reader in READERS
)
"""Name and description of each format, as the readers say it themselves."""

_OTHER_FORMATS = {
    b"%PDF": "PDF",
    b"\x04\x22\x4d\x18": "lz4",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"SQLite format 3": "SQLite",
}


def choose_reader(head: bytes, settings: DumpSettings, name: str) -> Reader:
    """Choose by content. Raises RefusedError for a format that is not read."""
    other = next((name for magic, name in _OTHER_FORMATS.items() if head.startswith(magic)), None)
    if other:
        raise RefusedError(
            Reason.UNSUPPORTED_FORMAT,
            f"{other} files are not read: convert the file to JSON Lines, CSV or plain text.",
        )
    for reader in READERS:
        if not reader.accepts(head, settings):
            continue
        if reader is plain_text and (root := root_of(head)[1]):
            raise RefusedError(
                Reason.UNSUPPORTED_FORMAT,
                f"The file is XML of a kind that is not read (<{root}>): convert it to NewsML-G2, "
                "RSS or JSON Lines.",
            )
        if reader is plain_text and plain_text.describes_the_dump(name):
            raise RefusedError(
                Reason.NOT_AN_ARTICLE,
                "The file describes the dump and is no article: leave it out of the dump folder, "
                "or rename it if it is one.",
            )
        return reader
    raise RefusedError(
        Reason.UNSUPPORTED_FORMAT,
        "The file is neither text nor of a format that is read: convert it, or leave it out of the "
        "dump folder.",
    )

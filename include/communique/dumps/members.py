"""A delivered file to the files in it: compression undone, archives opened, all within limits."""

import bz2
import gzip
import io
import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa

from communique.dumps.refusals import Reason, RefusedError

HEAD = 2**20
"""Bytes that a reader sees of a file before it is chosen."""
UNPACKED_AT_LEAST = 256 * 2**20
UNPACKED_TIMES = 250
"""What may come out of an archive: so many bytes, or so many times its size if that is more."""
DEPTH = 3
"""How deep archives may lie in archives."""
MEMBERS = 200_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPRESSED = {
    b"\x1f\x8b": (".gz", lambda source: gzip.GzipFile(fileobj=source)),
    b"BZh": (".bz2", bz2.BZ2File),
    b"\xfd7zXZ\x00": (".xz", lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": (
        ".zst",
        # Unlike others, it tells when a file breaks off.
        lambda source: pa.CompressedInputStream(pa.PythonFile(source, mode="r"), "zstd"),
    ),
}
_PIECE = 2**14
_OFFICE = "[Content_Types].xml"
_DAMAGE = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
)
"""What is raised for damage; the last two by zipfile, for a password and for a way of packing that
it does not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file as it was delivered or packed, or the reason why it cannot be opened.

    `name` is that of the delivered file, with the path inside the archive behind it; `packing`
    the endings of what was undone, such as ".zip.gz". `stream` starts at the first byte, `head` are
    its first ones; `position` tells how many bytes of the delivered file are read.
    """

    name: str
    packing: str
    head: bytes = b""
    stream: BinaryIO | None = None
    refusal: RefusedError | None = None
    position: Callable[[], int] = int


def unpack(path: Path, name: str) -> Iterator[Member]:
    """Open a file and all that is packed in it, one at a time: each is closed for the next."""
    limit = max(UNPACKED_AT_LEAST, UNPACKED_TIMES * path.stat().st_size)
    with path.open("rb") as stream:
        for member in _open(stream, name, "", limit, DEPTH):
            yield replace(member, position=stream.tell)


def _open(source: BinaryIO, name: str, packing: str, limit: int, depth: int) -> Iterator[Member]:
    try:
        head, stream = _look_into(source)
        found = next((one for magic, one in _COMPRESSED.items() if head.startswith(magic)), None)
        is_zip = head.startswith(_ZIP)
        if (found or is_zip) and depth == 0:
            raise RefusedError(
                Reason.UNSAFE_ARCHIVE,
                f"Archives lie more than {DEPTH} deep in each other: deliver what is in them.",
            )
        if found:
            ending, opened_by = found
            unpacked = _Limited(opened_by(stream), limit)
            yield from _open(unpacked, name, packing + ending, limit, depth - 1)
        elif is_zip:
            yield from _open_zip(stream, name, packing + ".zip", limit, depth - 1)
        else:
            yield Member(name, packing, head, stream)
    except RefusedError as refusal:
        yield Member(name, packing, refusal=refusal)


def _look_into(source: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Give the first bytes of a stream, and the stream as if nothing had been read.

    Where it is damaged so early, what came before is there, and the damage shows behind it.
    """
    if source.seekable():
        head = source.read(HEAD)
        source.seek(0)
        return head, source
    head, damage = bytearray(), None
    try:
        while len(head) < HEAD and (part := source.read(_PIECE)):
            head += part
    except RefusedError as refusal:
        damage = refusal
        if not head:
            raise
    return bytes(head), io.BufferedReader(_Rejoined(bytes(head), source, damage))


def _open_zip(
    stream: BinaryIO, name: str, packing: str, limit: int, depth: int
) -> Iterator[Member]:
    with tempfile.SpooledTemporaryFile(HEAD) as kept:
        if not stream.seekable():
            # The list of a zip stands at its end.
            while part := stream.read(HEAD):
                kept.write(part)
            kept.seek(0)
            stream = kept
        try:
            archive = zipfile.ZipFile(stream)
        except (*_DAMAGE, ValueError) as error:
            raise _damaged("zip", error) from error
        infos = [info for info in archive.infolist() if not _is_left_out(info)]
        if _OFFICE in archive.namelist():
            raise RefusedError(
                Reason.UNSUPPORTED_FORMAT,
                "Office documents are not read: deliver the file as plain text or HTML.",
            )
        if not infos:
            raise RefusedError(
                Reason.EMPTY_FILE, "The zip file holds no file: deliver it again, or leave it out."
            )
        if len(infos) > MEMBERS:
            raise RefusedError(
                Reason.UNSAFE_ARCHIVE,
                f"The zip file holds more than {MEMBERS:,} files: split it.",
            )
        for info in sorted(infos, key=lambda info: info.filename):
            shown = f"{name}/{_printable(info.filename)}"
            try:
                _check(info)
                inside = min(limit, max(UNPACKED_AT_LEAST, UNPACKED_TIMES * info.compress_size))
                with archive.open(info) as packed:
                    yield from _open(_Limited(packed, inside), shown, packing, inside, depth)
            except RefusedError as refusal:
                yield Member(shown, packing, refusal=refusal)
            except _DAMAGE as error:
                yield Member(shown, packing, refusal=_damaged("zip", error))


def _is_left_out(info: zipfile.ZipInfo) -> bool:
    """Leave out folders and what is hidden, as in a folder."""
    parts = _path_of(info).parts
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return info.is_dir() or hidden or "__MACOSX" in parts


def _path_of(info: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(info.filename.replace("\\", "/"))


def _check(info: zipfile.ZipInfo) -> None:
    path = _path_of(info)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise RefusedError(
            Reason.UNSAFE_ARCHIVE,
            "The name of this file in the archive leads out of it: pack the archive again without "
            "it, or deliver the file itself.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RefusedError(
            Reason.UNSAFE_ARCHIVE,
            "The archive holds a link here, which is not followed: deliver the file itself.",
        )
    if info.flag_bits & 1:
        raise RefusedError(
            Reason.DAMAGED_ARCHIVE, "The file in the archive is encrypted: deliver it in the clear."
        )


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _damaged(kind: str, error: Exception) -> RefusedError:
    return RefusedError(
        Reason.DAMAGED_ARCHIVE,
        f"The {kind} file is damaged ({str(error) or type(error).__name__}): deliver it again.",
    )


class _Limited(io.RawIOBase):
    """What comes out of an archive, up to a limit; damage is told as a refusal."""

    def __init__(self, source: BinaryIO, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        try:
            part = self._source.read(len(buffer))
        except RefusedError:
            raise
        except _DAMAGE as error:
            raise _damaged("packed", error) from error
        self._left -= len(part)
        if self._left < 0:
            raise RefusedError(
                Reason.UNSAFE_ARCHIVE,
                f"The archive unpacks to more than {self._limit // 2**20:,} MB, many times its "
                "size: deliver it in parts, or unpacked.",
            )
        buffer[: len(part)] = part
        return len(part)


class _Rejoined(io.RawIOBase):
    """A stream with what was read of it already put before it again."""

    def __init__(self, head: bytes, rest: BinaryIO, damage: RefusedError | None) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._damage = damage

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        part = self._head[: len(buffer)]
        if part:
            self._head = self._head[len(part) :]
        elif self._damage:
            raise self._damage
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

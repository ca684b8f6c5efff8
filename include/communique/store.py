"""Files and folders where they lie: on a disk, or in object storage that speaks S3.

The only module that knows fsspec. A file is replaced in one step, and only while it is what the
writer has seen, so that nobody overwrites what he does not know of.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
from fsspec.asyn import sync

from communique.errors import CommuniqueError, WrongCallError

_REMOTE = "s3"
_BYTES_PER_REQUEST = 8 * 2**20
_REQUESTS_AT_ONCE = 4
"""What an open file holds in memory: S3 takes parts of 5 MB and more."""
_NO_BUCKET = "NoSuchBucket"
_CHANGED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_CREDENTIALS = {
    "NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound",
    "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId", "ExpiredToken",
    "InvalidToken",
}  # fmt: skip


class ChangedMeanwhileError(CommuniqueError):
    """Somebody else has replaced a file since its writer looked at it."""


@dataclass(frozen=True)
class Seen:
    """What a file held when somebody looked, and by what its store tells that it changed."""

    content: bytes
    tag: str | None = None


@dataclass(frozen=True, order=True)
class Place:
    """A file or folder by its address: a path of a disk, or `s3://bucket/key`.

    Methods raise WrongCallError where a bucket, credentials or a permission is missing, and
    CommuniqueError where the store cannot be reached; a disk's errors are OSErrors.
    """

    address: str

    def __truediv__(self, name: str) -> "Place":
        return Place(f"{self.address.rstrip('/')}/{name}")

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def is_remote(self) -> bool:
        """Whether it is in object storage, where nothing can be locked."""
        return self.address.startswith(f"{_REMOTE}://")

    @property
    def path(self) -> str:
        """The address as its file system takes it."""
        return self.address.removeprefix(f"{_REMOTE}://")

    @property
    def files(self) -> fsspec.AbstractFileSystem:
        """The file system that it is in, which is opened once a process."""
        if not self.is_remote:
            return fsspec.filesystem("file")
        try:
            # What another machine wrote a moment ago must show: nothing is remembered of folders.
            return fsspec.filesystem(
                _REMOTE,
                use_listings_cache=False,
                default_block_size=_BYTES_PER_REQUEST,
                max_concurrency=_REQUESTS_AT_ONCE,
            )
        except ImportError as error:
            raise WrongCallError(
                f"{self} needs the package s3fs, which is not installed here: `make distributed` "
                "sets up an environment that has it (docs/larger.md)."
            ) from error

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell people what is wrong with the object storage, where something in the block fails."""
        try:
            yield
        except CommuniqueError:
            raise
        except Exception as error:
            if not self.is_remote:
                raise
            if (reason := self._explain(error)) is None:
                raise
            raise reason from error

    def read(self) -> bytes | None:
        """Give what the file holds; None where there is none."""
        seen = self.look()
        return seen.content if seen else None

    def look(self) -> Seen | None:
        """Give what the file holds, so that it can be replaced if it is still that."""
        with self.told():
            try:
                if self.is_remote:
                    return sync(self.files.loop, _get, self.files, *self._key())
                return Seen(Path(self.path).read_bytes())
            except FileNotFoundError as error:
                if _code_of(error) == _NO_BUCKET:
                    raise
                return None

    def replace(self, content: bytes, seen: Seen | None) -> None:
        """Make the file hold something else in one step, if it is still as it was seen.

        Object storage refuses the write of all but one of those who have seen the same. On a disk
        that takes a lock, which the caller holds. Raises ChangedMeanwhileError.
        """
        if self.is_remote:
            condition = {"IfMatch": seen.tag} if seen else {"IfNoneMatch": "*"}
            bucket, key = self._key()
            with self.told():
                self.files.call_s3("put_object", Bucket=bucket, Key=key, Body=content, **condition)
            return
        if self.look() != seen:
            raise ChangedMeanwhileError(f"{self} was replaced meanwhile by another run.")
        file = Path(self.path)
        beside = file.with_name(f".{file.name}.new")
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            os.replace(beside, file)  # noqa: PTH105 - the call whose one moment all rests on
        finally:
            beside.unlink(missing_ok=True)

    def names(self) -> list[str]:
        """List what lies directly in the folder, in order; nothing where there is no folder."""
        with self.told():
            try:
                found = self.files.ls(self.path, detail=False)
            except FileNotFoundError as error:
                if _code_of(error) == _NO_BUCKET:
                    raise
                return []
        return sorted(name for path in found if (name := path.rstrip("/").rpartition("/")[2]))

    def make_folder(self) -> None:
        """Make the folder that files will be put into; object storage has none."""
        if not self.is_remote:
            self.files.makedirs(self.path, exist_ok=True)

    def remove(self) -> None:
        """Remove the file, or the folder with all that is in it; one that is gone is no error."""
        with self.told(), suppress(FileNotFoundError):
            self.files.rm(self.path, recursive=True)

    def open(self) -> BinaryIO:
        """Open the file for reading."""
        with self.told():
            return self.files.open(self.path, "rb")

    def open_new(self) -> BinaryIO:
        """Open the file for writing; object storage shows it when it is closed."""
        with self.told():
            return self.files.open(self.path, "wb")

    def upload(self, file: Path) -> None:
        """Put a copy of a file of this machine there; object storage shows it when it is whole."""
        Place(self.address.rpartition("/")[0]).make_folder()
        with self.told():
            self.files.put_file(str(file), self.path)

    def _key(self) -> tuple[str, str]:
        bucket, _, key = self.path.partition("/")
        return bucket, key

    def _explain(self, error: Exception) -> CommuniqueError | None:
        """Say in words what the store refused; None for what is no matter of the store."""
        code, bucket = _code_of(error), self._key()[0]
        if code in _CHANGED:
            return ChangedMeanwhileError(f"{self} was replaced meanwhile by another run.")
        if code == _NO_BUCKET:
            return WrongCallError(
                f"There is no bucket {bucket}: make it, or name another one in the variable that "
                f"says {self}."
            )
        if code in _CREDENTIALS:
            return WrongCallError(
                f"{self} cannot be opened, as there are no credentials for it or they are wrong: "
                "give them as AWS's own tools take them (AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY), and AWS_ENDPOINT_URL where it is not AWS's."
            )
        if isinstance(error, PermissionError):
            return WrongCallError(
                f"{self} is denied to us: let these credentials do s3:ListBucket on the bucket "
                f"{bucket}, and s3:GetObject, s3:PutObject and s3:DeleteObject in it."
            )
        if isinstance(error, FileNotFoundError):
            return ChangedMeanwhileError(
                f"{self} is gone: another run has replaced what it belongs to. Run again."
            )
        if type(error).__module__.startswith(("botocore", "aiobotocore", "aiohttp")) or isinstance(
            error, ConnectionError | TimeoutError
        ):
            return CommuniqueError(
                f"{self} cannot be reached ({type(error).__name__}): check the network and "
                "AWS_ENDPOINT_URL, then run again."
            )
        return None


async def _get(files: Any, bucket: str, key: str) -> Seen:  # noqa: ANN401 - s3fs may be absent
    """Read an object and its tag in one answer, so that they belong together."""
    answer = await files._call_s3("get_object", Bucket=bucket, Key=key)
    return Seen(await answer["Body"].read(), answer["ETag"])


def _code_of(error: BaseException) -> str:
    """Give what S3 calls the error, or its type's name where it came from no answer of S3."""
    at: BaseException | None = error
    while at is not None:
        response = getattr(at, "response", None)
        if isinstance(response, dict) and "Error" in response:
            return str(response["Error"].get("Code"))
        at = at.__cause__ or at.__context__
    return type(error).__name__

"""What one dump file delivers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.dumps.refusals import RefusedError
from communique.records import Article, RejectedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record as a reader finds it: the fields by their delivered names, or why there are none.

    `number` counts from 1; `byte_offset` counts in the decompressed file, None where the format
    has no place for single records; `source_text` is what an excerpt is taken from.
    """

    number: int
    byte_offset: int | None = None
    fields: Mapping[str, Any] | None = None
    refusal: RefusedError | None = None
    source_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file that is being read; `outcomes` are its records in order, and may be taken once.

    `position` tells how many bytes of the delivered file are read.
    """

    dump_file: str
    dump_format: str
    outcomes: Iterator[Article | RejectedRecord]
    position: Callable[[], int] = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The articles of one file and the records that were refused; read = both together."""

    dump_file: str
    dump_format: str
    articles: tuple[Article, ...]
    rejected: tuple[RejectedRecord, ...]

    @property
    def records_read(self) -> int:
        """Count the records of the file; a file refused as a whole counts as one."""
        return len(self.articles) + len(self.rejected)

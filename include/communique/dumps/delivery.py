"""What one dump file delivers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from communique.dumps.dump_settings import DumpSettings
from communique.dumps.refusals import RefusedError
from communique.records import Article, RejectedRecord

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record as a reader finds it: the fields by their delivered names, or why there are none.

    `number` counts from 1, and is None for a file that is refused as a whole. `byte_offset` counts
    in the decompressed file, None where the format has no place for single records. `source_text`
    is what an excerpt is taken from. `fields` may be a function that finds them: a reader leaves
    what takes long to whoever builds the article, which may be another process, so that it must be
    one that can be pickled. `size` is about what the record takes in memory, in bytes.
    """

    number: int | None
    byte_offset: int | None = None
    fields: Fields | Callable[[], Fields] | None = None
    refusal: RefusedError | None = None
    source_text: str = ""
    size: int = 0

    def resolve(self) -> "RawRecord":
        """Find the fields that the reader left for later; what is wrong with them refuses it."""
        if not callable(self.fields):
            return self
        try:
            return replace(self, fields=self.fields())
        except RefusedError as refusal:
            return replace(self, fields=None, refusal=refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where records come from: what all records of one file share.

    `day_first` tells what dates such as 3/4/2026 mean, None where nothing in the file does.
    """

    dump_date: date
    dump_file: str
    dump_format: str
    settings: DumpSettings = field(default_factory=DumpSettings)
    day_first: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file that is being read; `records` are in order, and may be taken once.

    `position` tells how many bytes of the delivered file are read.
    """

    origin: Origin
    records: Iterator[RawRecord]
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

"""land: the dump folder of one date becomes a partition of articles, blocks and refusals.

The articles are built by several processes where a night is large: this one reads the files,
counts, and writes. What is written does not depend on how many there are.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from communique import dumps, lake, night_lock, workers
from communique.errors import WrongCallError
from communique.progress import track_bytes
from communique.records import (
    LANDED_TABLES,
    Article,
    ArticleSignature,
    Block,
    Load,
    RejectedRecord,
    make_id,
)
from communique.report import Report
from communique.settings import Settings

WORTH_WORKERS = 4 * 2**20
"""Bytes of a night from which on starting processes takes less time than it saves."""

_VERSION = "article_version_id"
_RECORDS_PER_TASK = 100
_BYTES_PER_TASK = 2**20


@dataclass(slots=True)
class _Account:
    """What became of the records of one file, as far as it is read."""

    origin: dumps.Origin
    content_hash: str | None
    started_at: datetime
    seconds: float = 0
    counts: Counter[str] = field(default_factory=Counter)

    def close(self) -> Load:
        return Load(
            load_id=make_id(self.origin.dump_date, self.origin.dump_file),
            dump_date=self.origin.dump_date,
            dump_file=self.origin.dump_file,
            content_hash=self.content_hash,
            dump_format=self.origin.dump_format,
            records_read=self.counts.total(),
            records_loaded=self.counts["loaded"],
            records_rejected=self.counts["rejected"],
            records_duplicate=self.counts["duplicate"],
            started_at=self.started_at,
            seconds=self.seconds,
        )


@dataclass(slots=True)
class _Part:
    """Some records of one file in their order."""

    account: _Account
    records: list[dumps.RawRecord] = field(default_factory=list)
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """What one process builds at a time; `position` is how many bytes of the night are read."""

    parts: list[_Part]
    position: int


@dataclass(frozen=True, slots=True)
class _Built:
    """The articles of a task, with what shows beyond one of them.

    `versions` are the ids of the articles of each part, None for a record that was refused.
    """

    articles: pa.Table
    signatures: pa.Table
    rejected: pa.Table
    versions: list[list[str | None]]
    traits: list[dumps.Traits]
    seconds: list[float]


def do(settings: Settings, dump_date: date) -> Report:
    """Read every file of the night; for each: read = loaded + rejected + duplicate.

    A record whose article and text were read before in the same night is a duplicate.
    Raises WrongCallError when there is no dump folder of that date.
    """
    started = time.monotonic()
    folder = settings.dump_folder(dump_date)
    if not folder.is_dir():
        raise WrongCallError(
            f"There is no dump folder {folder}: deliver the dump of {dump_date} there, "
            "or point COMMUNIQUE_DUMPS at the folder that holds one folder per date."
        )
    sizes = {name: dumps.size_of(folder, name) for name in dumps.list_files(folder)}
    is_large = sum(sizes.values()) >= WORTH_WORKERS
    counts: Counter[str] = Counter()
    with (
        night_lock.hold(settings.lock_of(dump_date)),
        lake.replace_partition(
            lake.partition(settings.lake, "landed", dump_date), LANDED_TABLES
        ) as partition,
        workers.start(settings.workers if is_large else 1) as run,
    ):
        repeats = dumps.Repeats()
        for load in _land_files(partition, repeats, run, folder, sizes, dump_date):
            partition.append([load])
            counts["files"] += 1
            for fate in ("read", "loaded", "rejected", "duplicate"):
                counts[fate] += getattr(load, f"records_{fate}")
        # What an outlet repeats shows only when all its articles are known.
        written = partition.finish("articles")
        for _, blocks in run(_label, _labelling_tasks(written, repeats)):
            partition.append_table(Block, blocks)
    return Report(
        stage="land",
        counts={
            "files": counts["files"],
            "records read": counts["read"],
            "loaded": counts["loaded"],
            "rejected": counts["rejected"],
            "duplicate": counts["duplicate"],
        },
        seconds=time.monotonic() - started,
    )


def _land_files(
    partition: lake.PartitionWriter,
    repeats: dumps.Repeats,
    run: workers.Map,
    folder: Path,
    sizes: Mapping[str, int],
    dump_date: date,
) -> Iterator[Load]:
    """Land each file, and each file packed in it, with an account of its records."""
    seen: set[int] = set()
    records = 0
    with track_bytes(f"land {dump_date}", sum(sizes.values())) as tell:
        tasks = _split_into_tasks(_read_files(folder, sizes, dump_date))
        for task, built in run(_build, ((task, _to_send(task)) for task in tasks)):
            is_new: list[bool] = []
            for part, versions, seconds in zip(
                task.parts, built.versions, built.seconds, strict=True
            ):
                part.account.seconds += seconds
                part.account.counts["rejected"] += versions.count(None)
                for version in filter(None, versions):
                    key = int(version, 16)
                    is_new.append(key not in seen)
                    seen.add(key)
                    part.account.counts["loaded" if is_new[-1] else "duplicate"] += 1
                records += len(versions)
            _write(partition, repeats, built, is_new)
            tell(task.position, records)
            yield from (part.account.close() for part in task.parts if part.is_last)


def _write(
    partition: lake.PartitionWriter, repeats: dumps.Repeats, built: _Built, is_new: list[bool]
) -> None:
    articles, signatures = built.articles, built.signatures
    if not all(is_new):
        articles = articles.filter(pa.array(is_new, pa.bool_()))
        are_new = pc.is_in(signatures[_VERSION], articles[_VERSION].combine_chunks())
        signatures = signatures.filter(are_new)
    partition.append_table(Article, articles)
    partition.append_table(ArticleSignature, signatures)
    partition.append_table(RejectedRecord, built.rejected)
    for new, traits in zip(is_new, built.traits, strict=True):
        if new:
            repeats.note(traits)


def _read_files(
    folder: Path, sizes: Mapping[str, int], dump_date: date
) -> Iterator[tuple[_Part, int]]:
    """Read the records of all files one by one, each file with an empty last part behind them.

    With each goes how many bytes of the night are read.
    """
    done = 0
    for name, size in sizes.items():
        content_hash = dumps.hash_file(folder, name)
        for opened in dumps.open_file(folder, name, dump_date=dump_date):
            started_at = datetime.now(UTC).replace(tzinfo=None)
            account = _Account(opened.origin, content_hash, started_at)
            started = time.monotonic()
            for record in opened.records:
                account.seconds += time.monotonic() - started
                yield _Part(account, [record]), done + opened.position()
                started = time.monotonic()
            yield _Part(account, is_last=True), done + opened.position()
        done += size


def _split_into_tasks(read: Iterator[tuple[_Part, int]]) -> Iterator[_Task]:
    """Put records together that are built at a time, within a limit of their number and size."""
    parts: list[_Part] = []
    records = size = position = 0
    for part, position in read:
        if parts and parts[-1].account is part.account:
            parts[-1].records += part.records
            parts[-1].is_last = part.is_last
        else:
            parts.append(part)
        records += len(part.records)
        size += sum(record.size for record in part.records)
        if records >= _RECORDS_PER_TASK or size >= _BYTES_PER_TASK:
            yield _Task(parts, position)
            parts, records, size = [], 0, 0
    if parts:
        yield _Task(parts, position)


def _to_send(task: _Task) -> tuple[list[tuple[dumps.Origin, list[dumps.RawRecord]]]]:
    return ([(part.account.origin, part.records) for part in task.parts],)


def _build(parts: list[tuple[dumps.Origin, list[dumps.RawRecord]]]) -> _Built:
    """Build the articles of a task."""
    articles: list[Article] = []
    rejected: list[RejectedRecord] = []
    versions, seconds = [], []
    for origin, records in parts:
        started = time.monotonic()
        versions.append([])
        for record in records:
            built = dumps.build(origin, record)
            if isinstance(built, Article):
                articles.append(built)
                versions[-1].append(built.article_version_id)
            else:
                rejected.append(built)
                versions[-1].append(None)
        seconds.append(time.monotonic() - started)
    different = {article.article_version_id: article for article in articles}.values()
    signatures = [band for article in different for band in dumps.sign(article)]
    return _Built(
        articles=lake.to_table(Article, articles),
        signatures=lake.to_table(ArticleSignature, signatures),
        rejected=lake.to_table(RejectedRecord, rejected),
        versions=versions,
        traits=[dumps.traits_of(article) for article in articles],
        seconds=seconds,
    )


def _labelling_tasks(
    landed: lake.Edition, repeats: dumps.Repeats
) -> Iterator[tuple[None, tuple[pa.RecordBatch, dict[str, frozenset[int]]]]]:
    """Take the landed articles in batches, each with the furniture of its outlets."""
    for batch in lake.read_batches(landed, "articles", Article):
        outlets = set(map(dumps.outlet_of, lake.records_in(batch, Article)))
        yield None, (batch, {outlet: repeats.of(outlet) for outlet in outlets})


def _label(batch: pa.RecordBatch, repeated: Mapping[str, frozenset[int]]) -> pa.Table:
    return lake.to_table(
        Block,
        [
            block
            for article in lake.records_in(batch, Article)
            for block in dumps.label_blocks(article, repeated[dumps.outlet_of(article)])
        ],
    )

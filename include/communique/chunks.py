"""A night's articles in chunks: cut evenly, worked off on all cores, put together in order.

A chunk is a partition of its own, `<lake>/chunks/<step>/<dump date>/<run>/<articles>/`. What comes
out does not depend on how many there are or who made them, and a run that was cut off goes on with
those that are there.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from communique import lake, night_lock, workers
from communique.errors import WrongCallError
from communique.progress import count_up
from communique.records import Article, Record, columns_of
from communique.report import Report
from communique.settings import Settings
from communique.store import ChangedMeanwhileError, Place

LEAST_CHARACTERS = 50_000
"""About 15 articles, some seconds of work: smaller chunks cost more than they balance."""
_MOST_PER_WORKER = 16
"""Each chunk looks through the night's tables; on large nights chunks grow and not their number."""


@dataclass(frozen=True, slots=True, order=True)
class Chunk:
    """Articles of a night by their places in it, from `first` up to but without `last`."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


Share = list[tuple[int, int]]
"""The chunks of one worker, as plain numbers that a scheduler can hand on."""


def cut(lengths: Sequence[int], worker_count: int) -> list[Chunk]:
    """Cut articles of so many characters each into chunks of about equal size, in order."""
    size = max(LEAST_CHARACTERS, sum(lengths) // (worker_count * _MOST_PER_WORKER))
    chunks, first, characters = [], 0, 0
    for place, length in enumerate(lengths, start=1):
        characters += length
        if characters >= size:
            chunks.append(Chunk(first, place))
            first, characters = place, 0
    if first < len(lengths):
        chunks.append(Chunk(first, len(lengths)))
    return chunks


def deal(chunks: Sequence[Chunk], share_count: int) -> list[Share]:
    """Deal chunks into at most so many shares, in turns; none is empty."""
    hands = [chunks[number::share_count] for number in range(min(share_count, len(chunks)))]
    return [[(chunk.first, chunk.last) for chunk in hand] for hand in hands]


def landed(settings: Settings, dump_date: date) -> lake.Edition:
    """Give the landed articles of a night. Raises WrongCallError when it was not landed."""
    found = lake.find(settings.lake, "landed", dump_date)
    if found is None:
        raise WrongCallError(
            f"Nothing is landed for {dump_date}: run `communique land {dump_date}` first."
        )
    return found


class Work(ABC):
    """One step of one night that is done in chunks.

    `tables` are those of the step's partition, of which `run_table` holds the run that made it.
    What is not shared is the work of one process.
    """

    stage: str
    step: str
    tables: Mapping[str, type]
    run_table: str

    def __init__(
        self,
        settings: Settings,
        dump_date: date,
        landed: lake.Edition,
        run_id: str,
        *,
        is_shared: bool = True,
    ) -> None:
        self.settings = settings
        self.dump_date = dump_date
        self.run_id = run_id
        self.worker_count = settings.workers if is_shared else 1
        self.share_count = (settings.shares or settings.workers) if is_shared else 1
        self.landed = landed
        self.partition = lake.partition(settings.lake, self.step, dump_date)
        self._of_chunks = {
            name: kind for name, kind in self.tables.items() if name != self.run_table
        }
        self._all_runs = Place(settings.lake) / "chunks" / self.step / dump_date.isoformat()
        self._here = self._all_runs / run_id
        self._started = self._here / "started"

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what a person should know of how it went in this process."""
        return ()

    @property
    def is_kept(self) -> bool:
        """Whether the partition was made by the same run, so that nothing is to do."""
        return self._kept_run() is not None

    @abstractmethod
    def do(self, articles: Sequence[Article], partition: lake.PartitionWriter) -> None:
        """Do some articles and append what comes out."""

    @abstractmethod
    def run_of(self, started_at: datetime, article_count: int, rows: Mapping[str, int]) -> Record:
        """Give the record of the run, which started at a time (UTC) and made so many rows."""

    @abstractmethod
    def counts_of(self, run: Record) -> Mapping[str, int]:
        """Give what a person is told of a run."""

    def begin(self) -> list[Chunk]:
        """Give the chunks that are still to do; what a run of another kind left goes."""
        if self.is_kept:
            return []
        for other in self._all_runs.names():
            if other != self.run_id:
                self._drop(other)
        self._note_start()
        count = max(self.worker_count, self.share_count)
        chunks = cut(lake.read_text_lengths(self.landed), count)
        made = self._made()
        for left_over in made - set(chunks):
            self.chunk_partition(left_over).drop()
        return [chunk for chunk in chunks if chunk not in made]

    def do_chunk(self, chunk: Chunk) -> None:
        """Do a chunk that may be done already; it counts when it is whole.

        Raises CommuniqueError when another process is at it.
        """
        place = self.chunk_partition(chunk)
        with night_lock.hold(place.lock_file):
            if place.current() is not None:
                return
            try:
                with lake.replace_partition(place, self._of_chunks) as partition:
                    self.do(lake.read_articles(self.landed, chunk.first, chunk.last), partition)
            except ChangedMeanwhileError:
                # Where nothing can be locked, two may make the same chunk: either of them is good.
                if place.current() is None:
                    raise

    def gather(self) -> Record:
        """Put the chunks together, in order, drop them, and give the run that they are of.

        Raises WrongCallError when a chunk is missing.
        """
        run = self._kept_run()
        if run is None:
            run = self._join()
        for run_id in self._all_runs.names():
            self._drop(run_id)
        self._all_runs.remove()
        return run

    def copy(
        self, editions: Sequence[lake.Edition], partition: lake.PartitionWriter
    ) -> dict[str, int]:
        """Add what chunks hold to a partition, in order; tells the rows of each table."""
        rows = dict.fromkeys(self._of_chunks, 0)
        for one in editions:
            for table, record_type in self._of_chunks.items():
                rows[table] += partition.append_edition(one, record_type)
        return rows

    def _join(self) -> Record:
        article_count = lake.count_rows(self.landed, "articles")
        editions = self._chain(article_count)
        with lake.replace_partition(self.partition, self.tables) as partition:
            rows = self.copy(editions, partition)
            run = self.run_of(self._started_at(), article_count, rows)
            partition.append([run])
        return run

    def _kept_run(self) -> Record | None:
        edition = self.partition.current()
        run = lake.read_run(edition, self.run_table, self.tables[self.run_table])
        return run if run and getattr(run, columns_of(type(run))[0].name) == self.run_id else None

    def chunk_partition(self, chunk: Chunk) -> lake.Partition:
        """Name what holds a chunk when it is done."""
        return lake.Partition(self._here / f"{chunk.first:07}-{chunk.last:07}")

    def _made(self) -> set[Chunk]:
        """Give the chunks of this run that are whole."""
        return {Chunk(*map(int, name.split("-"))) for name in lake.made_in(self._here)}

    def _chain(self, article_count: int) -> list[lake.Edition]:
        """Give what holds the chunks that follow on one another, from the first article on."""
        chain, place = [], 0
        for chunk in sorted(self._made()):
            edition = self.chunk_partition(chunk).current() if chunk.first == place else None
            if edition is not None:
                chain.append(edition)
                place = chunk.last
        if place != article_count or self._started.look() is None:
            raise WrongCallError(
                f"{self.dump_date} is {self.step} up to article {place:,} of {article_count:,}: "
                f"run `communique {self.stage} {self.dump_date}`, which goes on from there."
            )
        return chain

    def _note_start(self) -> None:
        """Note when the run began, which one that goes on later does not change."""
        if self._started.look() is None:
            with suppress(ChangedMeanwhileError):
                self._started.replace(datetime.now(UTC).isoformat().encode(), None)

    def _started_at(self) -> datetime:
        """Tell when the run began (UTC)."""
        return datetime.fromisoformat(self._started.read().decode()).replace(tzinfo=None)

    def _drop(self, run_id: str) -> None:
        run = self._all_runs / run_id
        # A kill in the middle must not leave a chunk that seems whole.
        for name in lake.made_in(run):
            lake.Partition(run / name).drop()
        run.remove()


def run(kind: type[Work], settings: Settings, dump_date: date) -> Report:
    """Do the whole work of a night, on all cores; one that was cut off goes on."""
    started = time.monotonic()
    with night_lock.hold(settings.lock_of(dump_date)):
        work = kind(settings, dump_date)
        _work_off(kind, work, work.begin())
        return _report(work, started)


def plan(kind: type[Work], settings: Settings, dump_date: date) -> list[Share]:
    """Share out the chunks that are still to do among tasks; none when all is kept."""
    with night_lock.hold(settings.lock_of(dump_date)):
        work = kind(settings, dump_date)
        return deal(work.begin(), work.share_count)


def do_share(kind: type[Work], settings: Settings, dump_date: date, share: Share) -> Report:
    """Do the chunks of one share, beside other processes that do theirs."""
    started = time.monotonic()
    work = kind(settings, dump_date)
    chunks = [Chunk(*places) for places in share]
    for chunk in chunks:
        work.do_chunk(chunk)
    return Report(
        stage=work.stage,
        counts={"articles": sum(map(len, chunks))},
        seconds=time.monotonic() - started,
        notes=work.notes,
    )


def gather(kind: type[Work], settings: Settings, dump_date: date) -> Report:
    """Make the partition of what the shares did. Raises WrongCallError when some is missing."""
    started = time.monotonic()
    with night_lock.hold(settings.lock_of(dump_date)):
        return _report(kind(settings, dump_date), started)


def _report(work: Work, started: float) -> Report:
    is_kept = work.is_kept
    return Report(
        stage=work.stage,
        counts=work.counts_of(work.gather()),
        seconds=time.monotonic() - started,
        notes=(f"nothing has changed: the results of {work.dump_date} are kept",)
        if is_kept
        else work.notes,
    )


def _work_off(kind: type[Work], work: Work, left: Sequence[Chunk]) -> None:
    """Do chunks in this process or in others. Raises the first error of a chunk."""
    settings, dump_date = work.settings, work.dump_date
    # A process takes seconds to start, which one chunk does not pay back.
    count = min(work.worker_count, len(left) // 2)
    with count_up(f"{work.stage} {dump_date}", sum(map(len, left))) as tell:
        if count <= 1:
            for chunk in left:
                work.do_chunk(chunk)
                tell(len(chunk))
            return
        with workers.start(count) as do_all:
            tasks = ((chunk, (kind, settings, dump_date, chunk)) for chunk in left)
            for chunk, _ in do_all(_do_there, tasks):
                tell(len(chunk))


def _do_there(kind: type[Work], settings: Settings, dump_date: date, chunk: Chunk) -> None:
    _work_there(kind, settings, dump_date).do_chunk(chunk)


@cache
def _work_there(kind: type[Work], settings: Settings, dump_date: date) -> Work:
    """Build the work once in a worker process, which lives no longer than the run."""
    return kind(settings, dump_date)

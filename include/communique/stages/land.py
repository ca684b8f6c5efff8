"""land: the dump folder of one date becomes a partition of articles, blocks and refusals."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from communique import dumps, lake, night_lock
from communique.errors import WrongCallError
from communique.progress import track_bytes
from communique.records import LANDED_TABLES, Article, Load, RejectedRecord, make_id
from communique.report import Report
from communique.settings import Settings

_TOLD_EVERY = 200


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
    loads = []
    with (
        night_lock.hold(settings.lock_file),
        lake.replace_partition(
            lake.partition(settings.lake, "landed", dump_date), LANDED_TABLES
        ) as partition,
    ):
        repeats = dumps.Repeats()
        for load in _land_files(partition, repeats, folder, dump_date):
            loads.append(load)
            partition.append([load])
        # What an outlet repeats shows only when all its articles are known.
        written = partition.finish("articles")
        for article in lake.read_records(written, "articles", Article):
            partition.append(dumps.label_blocks(article, repeats.of(article)))
    return Report(
        stage="land",
        counts={
            "files": len(loads),
            "records read": sum(load.records_read for load in loads),
            "loaded": sum(load.records_loaded for load in loads),
            "rejected": sum(load.records_rejected for load in loads),
            "duplicate": sum(load.records_duplicate for load in loads),
        },
        seconds=time.monotonic() - started,
    )


def _land_files(
    partition: lake.PartitionWriter, repeats: dumps.Repeats, folder: Path, dump_date: date
) -> Iterator[Load]:
    """Land each file, and each file packed in it, with an account of its records."""
    seen: set[tuple[str, str]] = set()
    sizes = {name: dumps.size_of(folder, name) for name in dumps.list_files(folder)}
    done = records = 0
    with track_bytes(f"land {dump_date}", sum(sizes.values())) as tell:
        for name, size in sizes.items():
            content_hash = dumps.hash_file(folder, name)
            for opened in dumps.open_file(folder, name, dump_date=dump_date):
                started_at, started = datetime.now(UTC).replace(tzinfo=None), time.monotonic()
                counts: Counter[str] = Counter()
                for outcome in opened.outcomes:
                    counts[_land(partition, repeats, seen, outcome)] += 1
                    records += 1
                    if records % _TOLD_EVERY == 0:
                        tell(done + opened.position(), records)
                yield Load(
                    load_id=make_id(dump_date, opened.dump_file),
                    dump_date=dump_date,
                    dump_file=opened.dump_file,
                    content_hash=content_hash,
                    dump_format=opened.dump_format,
                    records_read=counts.total(),
                    records_loaded=counts["loaded"],
                    records_rejected=counts["rejected"],
                    records_duplicate=counts["duplicate"],
                    started_at=started_at,
                    seconds=time.monotonic() - started,
                )
            done += size
            tell(done, records)


def _land(
    partition: lake.PartitionWriter,
    repeats: dumps.Repeats,
    seen: set[tuple[str, str]],
    outcome: Article | RejectedRecord,
) -> str:
    """Land one record; tells what became of it."""
    if isinstance(outcome, RejectedRecord):
        partition.append([outcome])
        return "rejected"
    text = (outcome.article_id, outcome.content_hash)
    if text in seen:
        return "duplicate"
    seen.add(text)
    partition.append([outcome])
    partition.append(dumps.sign(outcome))
    repeats.note(outcome)
    return "loaded"

"""land: the dump folder of one date becomes a partition of articles, blocks and refusals."""

import time
from datetime import UTC, date, datetime

from communique import dumps, lake, night_lock
from communique.errors import WrongCallError
from communique.records import LANDED_TABLES, Load, make_id
from communique.report import Report
from communique.settings import Settings


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
    seen: set[tuple[str, str]] = set()
    loads = []
    with (
        night_lock.hold(settings.lock_file),
        lake.replace_partition(
            lake.partition(settings.lake, "landed", dump_date), LANDED_TABLES
        ) as partition,
    ):
        for name in dumps.list_files(folder):
            load = _land_file(partition, seen, settings, dump_date, name)
            loads.append(load)
            partition.append([load])
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


def _land_file(
    partition: lake.PartitionWriter,
    seen: set[tuple[str, str]],
    settings: Settings,
    dump_date: date,
    name: str,
) -> Load:
    started_at, started = datetime.now(UTC).replace(tzinfo=None), time.monotonic()
    delivery = dumps.read_file(settings.dump_folder(dump_date), name, dump_date=dump_date)
    loaded = 0
    for article in delivery.articles:
        text = (article.article_id, article.content_hash)
        if text not in seen:
            seen.add(text)
            loaded += 1
            partition.append([article])
            partition.append(dumps.label_blocks(article))
    partition.append(delivery.rejected)
    return Load(
        load_id=make_id(dump_date, name),
        dump_date=dump_date,
        dump_file=name,
        content_hash=delivery.content_hash,
        dump_format=delivery.dump_format,
        records_read=delivery.records_read,
        records_loaded=loaded,
        records_rejected=len(delivery.rejected),
        records_duplicate=len(delivery.articles) - loaded,
        started_at=started_at,
        seconds=time.monotonic() - started,
    )

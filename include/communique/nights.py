"""Which nights are done: followed from what is delivered through the lake to what is published."""

from datetime import date

from communique import dumps, lake, warehouse
from communique.records import ExtractionRun, JudgingRun, Load
from communique.settings import Settings


def published_runs(settings: Settings) -> frozenset[str]:
    """Give the ids of the extraction runs that readers have."""
    published = warehouse.published(settings)
    if not published.exists():
        return frozenset()
    _, rows = warehouse.query(published, "select extraction_run_id from marts.dim_extraction_runs")
    return frozenset(run_id for (run_id,) in rows)


def is_done(settings: Settings, dump_date: date, runs: frozenset[str]) -> bool:
    """Say whether readers have all that is delivered for a night, by the `runs` they have.

    It is not when a file came late or changed, or when a run was cut off on the way. A change of
    `dump.yaml` does not show, nor does a newer extractor.
    """
    landed, extracted, judged = (
        lake.find(settings.lake, step, dump_date) for step in ("landed", "extracted", "judged")
    )
    extraction = lake.read_run(extracted, "extraction_runs", ExtractionRun)
    judging = lake.read_run(judged, "judging_runs", JudgingRun)
    if landed is None or extraction is None or judging is None:
        return False
    folder = settings.dump_folder(dump_date)
    delivered = {dumps.hash_file(folder, name) for name in dumps.list_files(folder)}
    return (
        {load.content_hash for load in lake.read_records(landed, "loads", Load)} == delivered
        and lake.input_hash(landed) == extraction.input_hash
        and judging.extraction_run_id == extraction.extraction_run_id
        and extraction.extraction_run_id in runs
    )

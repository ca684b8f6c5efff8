"""extract: the landed articles of one date become statements, chains and mentions."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

from communique import lake, night_lock
from communique.errors import CommuniqueError, WrongCallError
from communique.extraction import Extractor, Gazetteer, Network
from communique.extraction.model.confidence import ConfidenceOf, load_confidence
from communique.progress import track
from communique.records import (
    EXTRACTED_TABLES,
    Article,
    Block,
    Extraction,
    ExtractionRun,
    make_id,
)
from communique.report import Report
from communique.settings import Settings


def do(settings: Settings, dump_date: date) -> Report:
    """Extract every landed article of the night into a Parquet partition.

    A night whose articles and extractor are unchanged keeps the partition it has.
    Raises WrongCallError when the night was not landed.
    """
    started = time.monotonic()
    landed = lake.partition(settings.lake, "landed", dump_date)
    if not landed.is_dir():
        raise WrongCallError(
            f"Nothing is landed for {dump_date}: run `communique land {dump_date}` first."
        )
    extracted = lake.partition(settings.lake, "extracted", dump_date)
    with night_lock.hold(settings.lock_file):
        extractor = load_extractor(settings)
        input_hash = lake.content_hash(landed, ("articles", "article_blocks"))
        run_id = make_id(dump_date, input_hash, extractor.version, extractor.model_hash)
        run = lake.read_run(extracted, "extraction_runs", ExtractionRun)
        notes = ()
        if run and run.extraction_run_id == run_id:
            notes = ("articles and extractor are unchanged: the results are kept",)
        else:
            run = _extract(extractor, landed, extracted, dump_date, input_hash, run_id)
    return Report(
        stage="extract",
        counts={"articles": run.article_count, "statements": run.statement_count},
        seconds=time.monotonic() - started,
        notes=notes,
    )


def load_extractor(
    settings: Settings, *, network: Network | None = None, confidence: ConfidenceOf | None = None
) -> Extractor:
    """Build the extractor from the registry, which are seeds of the dbt project.

    Reads with the shipped network and its confidence where none is given. Raises CommuniqueError
    when a seed is missing.
    """
    network = network or Network()
    return Extractor(
        network,
        Gazetteer.from_seeds(settings.dbt_project / "seeds"),
        confidence or load_confidence(network.folder),
    )


def _extract(
    extractor: Extractor,
    landed: Path,
    extracted: Path,
    dump_date: date,
    input_hash: str,
    run_id: str,
) -> ExtractionRun:
    started_at = datetime.now(UTC).replace(tzinfo=None)
    blocks = lake.read_blocks(landed)
    articles = list(lake.read_records(landed, "articles", Article))
    statement_count = 0
    with lake.replace_partition(extracted, EXTRACTED_TABLES) as partition:
        for article in track(articles, f"extract {dump_date}", len(articles)):
            extraction = _extract_one(extractor, article, blocks[article.article_version_id])
            statement_count += len(extraction.statements)
            for table in EXTRACTED_TABLES.keys() - {"extraction_runs"}:
                partition.append(getattr(extraction, table))
        run = ExtractionRun(
            extraction_run_id=run_id,
            extractor_version=extractor.version,
            model_hash=extractor.model_hash,
            dump_date=dump_date,
            input_hash=input_hash,
            started_at=started_at,
            article_count=len(articles),
            statement_count=statement_count,
        )
        partition.append([run])
    return run


def _extract_one(extractor: Extractor, article: Article, blocks: list[Block]) -> Extraction:
    try:
        return extractor.extract(article, blocks)
    except Exception as error:
        raise CommuniqueError(
            f"Extraction failed on record {article.dump_record} of {article.dump_file} "
            f"({article.dump_date}): {type(error).__name__}: {error}. Nothing was published; "
            "please report it with that record."
        ) from error

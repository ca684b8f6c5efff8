"""extract: the landed articles of one date become statements, chains and mentions."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from communique import chunks, lake, records
from communique.chunks import Work
from communique.errors import CommuniqueError
from communique.extraction import Extractor, Gazetteer, Network
from communique.extraction.model.confidence import ConfidenceOf, load_confidence
from communique.records import (
    EXTRACTED_TABLES,
    Article,
    Block,
    ExtractionRun,
    make_id,
)
from communique.report import Report
from communique.settings import Settings


class Extraction(Work):
    """The extraction of one night, by one extractor.

    Raises WrongCallError when the night was not landed.
    """

    stage = "extract"
    step = "extracted"
    tables = EXTRACTED_TABLES
    run_table = "extraction_runs"

    def __init__(self, settings: Settings, dump_date: date) -> None:
        landed = chunks.landed(settings, dump_date)
        self._extractor = load_extractor(settings)
        self._input_hash = lake.input_hash(landed)
        run_id = make_id(
            dump_date, self._input_hash, self._extractor.version, self._extractor.model_hash
        )
        super().__init__(settings, dump_date, landed, run_id)

    def do(self, articles: Sequence[Article], partition: lake.PartitionWriter) -> None:
        """Extract articles."""
        blocks = lake.read_blocks(self.landed, {one.article_version_id for one in articles})
        for article in articles:
            found = _extract_one(self._extractor, article, blocks[article.article_version_id])
            for field in dataclasses.fields(found):
                partition.append(getattr(found, field.name))

    def run_of(
        self, started_at: datetime, article_count: int, rows: Mapping[str, int]
    ) -> ExtractionRun:
        """Give the record of the run."""
        return ExtractionRun(
            extraction_run_id=self.run_id,
            extractor_version=self._extractor.version,
            model_hash=self._extractor.model_hash,
            dump_date=self.dump_date,
            input_hash=self._input_hash,
            started_at=started_at,
            article_count=article_count,
            statement_count=rows["statements"],
        )

    def counts_of(self, run: ExtractionRun) -> Mapping[str, int]:
        """Give articles and statements."""
        return {"articles": run.article_count, "statements": run.statement_count}


def do(settings: Settings, dump_date: date) -> Report:
    """Extract every landed article of the night into a Parquet partition, on all cores.

    A night whose articles and extractor are unchanged keeps the partition it has; one that was cut
    off goes on. Raises WrongCallError when the night was not landed.
    """
    return chunks.run(Extraction, settings, dump_date)


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


def _extract_one(extractor: Extractor, article: Article, blocks: list[Block]) -> records.Extraction:
    try:
        return extractor.extract(article, blocks)
    except Exception as error:
        raise CommuniqueError(
            f"Extraction failed on record {article.dump_record} of {article.dump_file} "
            f"({article.dump_date}): {type(error).__name__}: {error}. Nothing was published; "
            "please report it with that record."
        ) from error

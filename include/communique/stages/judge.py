"""judge: the extracted articles of one date yield where their actors stand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from communique import chunks, lake
from communique.chunks import Work
from communique.errors import CommuniqueError, WrongCallError
from communique.extraction import Gazetteer
from communique.positions import Codebook, Judge
from communique.positions.confidence import ConfidenceOf, load_confidence
from communique.positions.llm import prompt
from communique.positions.llm.cache import AnswerCache
from communique.positions.llm.endpoint import Endpoint
from communique.positions.llm.respondent import LlmRespondent
from communique.positions.model.gate import Gate
from communique.positions.model.network import SHIPPED, PairNetwork
from communique.records import JUDGED_TABLES, Article, ExtractionRun, JudgingRun, make_id
from communique.report import Report
from communique.settings import Settings


class Judging(Work):
    """The judging of one extracted night, by one judge and codebook.

    Raises WrongCallError when the night was not extracted.
    """

    stage = "judge"
    step = "judged"
    tables = JUDGED_TABLES
    run_table = "judging_runs"

    def __init__(self, settings: Settings, dump_date: date) -> None:
        extracted = lake.find(settings.lake, "extracted", dump_date)
        if extracted is None:
            raise WrongCallError(
                f"Nothing is extracted for {dump_date}: run `communique extract {dump_date}` first."
            )
        self._extracted = extracted
        self._judge = load_judge(settings)
        self._extraction_run = lake.read_run(self._extracted, "extraction_runs", ExtractionRun)
        run_id = make_id(
            self._extraction_run.extraction_run_id,
            self._judge.version,
            self._judge.codebook_version,
        )
        # A language model has a budget of requests a night, which only one process can keep.
        landed = chunks.landed(settings, dump_date)
        super().__init__(settings, dump_date, landed, run_id, is_shared=not settings.llm_url)

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell who answered how much, where a language model is asked."""
        return self._judge.notes

    def do(self, articles: Sequence[Article], partition: lake.PartitionWriter) -> None:
        """Judge the positions in articles."""
        version_ids = {one.article_version_id for one in articles}
        blocks = lake.read_blocks(self.landed, version_ids)
        extractions = lake.read_extractions(self._extracted, version_ids)
        for article in articles:
            version_id = article.article_version_id
            try:
                stances = self._judge.judge(article, blocks[version_id], extractions[version_id])
            except Exception as error:
                raise CommuniqueError(
                    f"Judging failed on record {article.dump_record} of {article.dump_file} "
                    f"({article.dump_date}): {type(error).__name__}: {error}. Nothing was "
                    "published; please report it with that record."
                ) from error
            partition.append(stances)

    def run_of(
        self, started_at: datetime, article_count: int, rows: Mapping[str, int]
    ) -> JudgingRun:
        """Give the record of the run."""
        return JudgingRun(
            judging_run_id=self.run_id,
            extraction_run_id=self._extraction_run.extraction_run_id,
            judge_version=self._judge.version,
            codebook_version=self._judge.codebook_version,
            dump_date=self.dump_date,
            started_at=started_at,
            stance_count=rows["stances"],
        )

    def counts_of(self, run: JudgingRun) -> Mapping[str, int]:
        """Give articles and stances."""
        return {
            "articles": self._extraction_run.article_count,
            "stances": run.stance_count,
        }


def do(settings: Settings, dump_date: date) -> Report:
    """Judge the positions in every extracted article of the night, on all cores.

    A night whose extraction, judge and codebook are unchanged keeps the partition it has; one that
    was cut off goes on. Raises WrongCallError when the night was not extracted.
    """
    return chunks.run(Judging, settings, dump_date)


def load_judge(
    settings: Settings, *, weights: Path = SHIPPED, confidence: ConfidenceOf | None = None
) -> Judge:
    """Build the judge from the codebook and the registry, which are seeds of the dbt project.

    Judges with the shipped network and its confidence where none is given, and asks a language
    model whose position it is where the settings name one. Raises CommuniqueError
    when a seed is missing or a proposition cannot be judged.
    """
    seeds = settings.dbt_project / "seeds"
    codebook = Codebook.from_seed(seeds / "propositions.csv")
    network = PairNetwork(weights)
    respondent = network
    if settings.llm_url and settings.llm_model:
        endpoint = Endpoint(url=settings.llm_url, model=settings.llm_model, key=settings.llm_key)
        respondent = LlmRespondent(
            endpoint,
            AnswerCache(settings.llm_answers, make_id(prompt.VERSION, settings.llm_model)),
            settings.llm_requests_per_night,
            fallback=network,
        )
    return Judge(
        codebook,
        Gazetteer.from_seeds(seeds),
        Gate([one.proposition_text for one in codebook.propositions], weights),
        screen=network,
        respondent=respondent,
        confidence=confidence or load_confidence(weights),
    )

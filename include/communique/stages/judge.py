"""judge: the extracted articles of one date yield where their actors stand."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

from communique import lake, night_lock
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
from communique.progress import track
from communique.records import JUDGED_TABLES, ExtractionRun, JudgingRun, make_id
from communique.report import Report
from communique.settings import Settings


def do(settings: Settings, dump_date: date) -> Report:
    """Judge the positions in every extracted article of the night into a Parquet partition.

    A night whose extraction, judge and codebook are unchanged keeps the partition it has.
    Raises WrongCallError when the night was not extracted.
    """
    started = time.monotonic()
    extracted = lake.partition(settings.lake, "extracted", dump_date)
    if not extracted.is_dir():
        raise WrongCallError(
            f"Nothing is extracted for {dump_date}: run `communique extract {dump_date}` first."
        )
    judged = lake.partition(settings.lake, "judged", dump_date)
    with night_lock.hold(settings.lock_file):
        judge = load_judge(settings)
        extraction_run = lake.read_run(extracted, "extraction_runs", ExtractionRun)
        run_id = make_id(extraction_run.extraction_run_id, judge.version, judge.codebook_version)
        run = lake.read_run(judged, "judging_runs", JudgingRun)
        notes = ()
        if run and run.judging_run_id == run_id:
            notes = ("statements, judge and codebook are unchanged: the results are kept",)
        else:
            landed = lake.partition(settings.lake, "landed", dump_date)
            run = _judge(judge, landed, extracted, judged, extraction_run, run_id)
            notes = judge.notes
    return Report(
        stage="judge",
        counts={"articles": extraction_run.article_count, "stances": run.stance_count},
        seconds=time.monotonic() - started,
        notes=notes,
    )


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


def _judge(
    judge: Judge,
    landed: Path,
    extracted: Path,
    judged: Path,
    extraction_run: ExtractionRun,
    run_id: str,
) -> JudgingRun:
    started_at = datetime.now(UTC).replace(tzinfo=None)
    blocks = lake.read_blocks(landed)
    stance_count = 0
    with lake.replace_partition(judged, JUDGED_TABLES) as partition:
        for article, extraction in track(
            lake.read_extractions(landed, extracted),
            f"judge {extraction_run.dump_date}",
            extraction_run.article_count,
        ):
            try:
                stances = judge.judge(article, blocks[article.article_version_id], extraction)
            except Exception as error:
                raise CommuniqueError(
                    f"Judging failed on record {article.dump_record} of {article.dump_file} "
                    f"({article.dump_date}): {type(error).__name__}: {error}. Nothing was "
                    "published; please report it with that record."
                ) from error
            stance_count += len(stances)
            partition.append(stances)
        run = JudgingRun(
            judging_run_id=run_id,
            extraction_run_id=extraction_run.extraction_run_id,
            judge_version=judge.version,
            codebook_version=judge.codebook_version,
            dump_date=extraction_run.dump_date,
            started_at=started_at,
            stance_count=stance_count,
        )
        partition.append([run])
    return run

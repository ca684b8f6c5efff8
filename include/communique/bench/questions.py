"""Timing the questions of the cookbook, to a published file as it is and to many times of it."""

import dataclasses
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from communique import warehouse
from communique.errors import WrongCallError
from communique.settings import Settings
from communique.warehouse.database import open_file

_TIMES_ASKED = 3
_SCAN = "select bit_xor(hash(statements)) from marts.fct_statements as statements"
_NAME_ONE_ARTICLE = (
    "article_id", "article_version_id", "current_article_version_id",
    "statement_article_version_id", "duplicate_cluster_id", "statement_id",
    "before_statement_id", "after_statement_id", "statement_cluster_id", "mention_id",
    "stance_id", "interaction_id", "source_id", "speaker_source_id",
)  # fmt: skip
"""Ids that are others in each repetition; actors, outlets and propositions are the same ones."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How long each question took.

    `questions` has the seconds of the fastest of three times, the file opened anew for each;
    `scan_seconds` is reading each column of all statements once.
    """

    scan_seconds: float
    questions: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class QuestionsMeasurement(Answers):
    """The questions to a file of so many statements."""

    statement_count: int
    published_mb: float

    def as_json(self) -> dict:
        """Give the figures as plain values."""
        return dataclasses.asdict(self)


def time_questions(published_file: Path, cookbook: Path) -> Answers:
    """Ask every question of the cookbook of a published file."""
    return Answers(
        scan_seconds=_ask(published_file, _SCAN),
        questions={
            file.stem: _ask(published_file, file.read_text(encoding="utf-8"))
            for file in sorted(cookbook.glob("*.sql"))
        },
    )


def measure_questions(settings: Settings, *, statement_count: int) -> QuestionsMeasurement:
    """Ask the questions of the published file, its articles repeated up to so many statements.

    Raises WrongCallError when nothing is published, or no statement.
    """
    if not settings.published_file.exists():
        raise WrongCallError(
            f"Nothing is published in {settings.home}: start with `communique run DATE`."
        )
    known = warehouse.last_publication(settings.published_file).statement_count
    if not known or statement_count < 1:
        raise WrongCallError("There must be statements to repeat.")
    with tempfile.TemporaryDirectory(dir=settings.home) as folder:
        file = Path(folder, settings.published_file.name)
        shutil.copyfile(settings.published_file, file)
        times = -(-statement_count // known)
        repeat_articles(file, times)
        answers = time_questions(file, settings.cookbook)
        return QuestionsMeasurement(
            statement_count=known * times,
            published_mb=round(file.stat().st_size / 2**20, 1),
            **dataclasses.asdict(answers),
        )


def repeat_articles(file: Path, times: int) -> None:
    """Put every row that names an article in so many times, each time as another article."""
    with open_file(file) as connection:
        columns = connection.execute(
            "select table_name, list(column_name) from duckdb_columns() "
            "where schema_name = 'marts' and list_contains(?, column_name) "
            "group by all order by all",
            [_NAME_ONE_ARTICLE],
        ).fetchall()
        for table, ids in columns:
            renamed = ", ".join(f"{name} || '-' || repetition as {name}" for name in ids)
            connection.execute(
                f"insert into marts.{table} select rows.* replace ({renamed}) "
                f"from marts.{table} as rows, range(1, {times}) as repetitions(repetition)"
            )
            connection.execute("checkpoint")


def _ask(published_file: Path, sql: str) -> float:
    took = []
    for _ in range(_TIMES_ASKED):
        started = time.perf_counter()
        warehouse.query(published_file, sql)
        took.append(time.perf_counter() - started)
    return round(min(took), 4)

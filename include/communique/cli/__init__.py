"""The command line: the stages as verbs, for people and for cron; no scheduler needed."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from communique import cookbook, tables
from communique.errors import CommuniqueError, WrongCallError, explain, system_error_in
from communique.settings import Settings

STAGES = {
    "land": "read the dump of a date into the lake",
    "extract": "find who says what in the articles that were landed",
    "judge": "find who holds which position in what was extracted",
    "load": "put the partitions of a date into the build file",
    "transform": "build the tables of the warehouse with dbt",
    "audit": "question the whole build before readers get to see it",
    "publish": "let readers have the new build",
}
"""The stages that take nothing but a date; `validate` also takes a step."""

STEPS = ("landed", "extracted", "judged")
"""The steps of a night that `validate` can hold against their expectations."""

NIGHT = "2026-03-02"
"""The first night of the bundled sample, in all examples."""


_Verb = Callable[..., argparse.ArgumentParser]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WrongCallError.exit_code, f"communique: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0, 1, 2 (wrong call) or 3 (a check failed)."""
    call = parser().parse_args(arguments)
    # What reads dumps and articles takes seconds to import, and an answer must not wait for it.
    module, function = call.command.split(".")
    command = getattr(importlib.import_module(f"communique.cli.{module}"), function)
    home = Path()
    try:
        settings = Settings.from_environment()
        home = settings.home
        command(settings, call)
    except Exception as error:
        if not isinstance(error, CommuniqueError) and system_error_in(error) is None:
            raise
        print(f"communique: {tables.printable(explain(error, home))}", file=sys.stderr)
        return getattr(error, "exit_code", CommuniqueError.exit_code)
    return 0


def parser() -> argparse.ArgumentParser:
    """Make the parser of all verbs, each with an example; `command` is a `module.function` here."""
    whole = _Parser(
        prog="communique",
        description=__doc__,
        epilog="`communique COMMAND --help` says more and gives an example.",
    )
    verbs = whole.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def verb(name: str, command: str, says: str, example: str = "") -> argparse.ArgumentParser:
        words = " ".join(("communique", name, example)).strip()
        one = verbs.add_parser(name, help=says, description=says, epilog=f"example: {words}")
        one.set_defaults(verb=name, command=command)
        return one

    _add_nights(verb)
    _add_answers(verb)
    _add_workbench(verb)
    return whole


def _add_nights(verb: _Verb) -> None:
    one = verb("run", "running.run", "all stages of one dump date", NIGHT)
    one.add_argument("date", type=_date)
    one = verb(
        "backfill",
        "running.backfill",
        "all stages of a range of dump dates, but for those that are done",
        f"{NIGHT} 2026-03-08",
    )
    one.add_argument("first", metavar="FROM", type=_date)
    one.add_argument("last", metavar="TO", type=_date)
    one.add_argument("--again", action="store_true", help="also those that are done")
    for name, says in (
        ("rescore", "judge extracted nights again, after an edit of the codebook"),
        ("reextract", "extract landed nights again, with a new extractor"),
    ):
        one = verb(
            name, f"running.{name}", f"{says}; all of them without a range", f"{NIGHT} 2026-03-08"
        )
        one.add_argument("first", metavar="FROM", type=_date, nargs="?", default=date.min)
        one.add_argument("last", metavar="TO", type=_date, nargs="?", default=date.max)
    for name, says in STAGES.items():
        one = verb(name, "running.run_stage", says, NIGHT)
        one.add_argument("date", type=_date)
    one = verb(
        "validate",
        "running.validate_step",
        "hold a night's partitions against the expectations",
        f"{NIGHT} extracted",
    )
    one.add_argument("date", type=_date)
    one.add_argument("step", nargs="?", choices=STEPS, default="landed")


def _add_answers(verb: _Verb) -> None:
    one = verb(
        "status", "answers.status", "the last nights, their checks, and what is published", NIGHT
    )
    one.add_argument("date", type=_date, nargs="?", help="what became of the dumps of one night")
    one.add_argument("--nights", type=int, default=14, help="how many nights at most")
    _add_known_as_of(one)
    one = verb(
        "ask",
        "answers.ask",
        "the questions of the cookbook, answered from what is published",
        "1 --actor Israel --proposition arm_ukraine --format csv",
    )
    one.add_argument("question", nargs="*", help="numbers or names; none asks them all")
    one.add_argument("--list", action="store_true", help="show the questions and their options")
    one.add_argument("--format", choices=["table", "csv", "json"], default="table")
    for name, parameter in cookbook.PARAMETERS.items():
        one.add_argument(
            cookbook.option(name), dest=name, metavar=parameter.metavar, help=parameter.says
        )
    _add_known_as_of(one)
    one = verb(
        "show",
        "answers.show",
        "one statement in its article: who, through whom, where else",
        "3f0c9a77",
    )
    one.add_argument("statement", help="a statement_id of any table, or its beginning")
    _add_known_as_of(one)
    says = "the morning report: what one night brought, as one HTML page"
    one = verb("report", "answers.report", says, NIGHT)
    one.add_argument("date", type=_date)
    one.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="or $COMMUNIQUE_HOME/reports/DATE.html"
    )
    _add_known_as_of(one)
    for name, says in (
        ("export", "all marts as Parquet and CSV, with the pages that explain them"),
        ("docs", "the pages alone: data dictionary, diagram, dbt's site, index"),
    ):
        one = verb(name, f"exporting.{name}", says, "handout")
        one.add_argument("folder", metavar="FOLDER", type=Path, help="new, empty or an earlier one")
        _add_known_as_of(one)


def _add_known_as_of(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--known-as-of",
        metavar="NIGHT",
        type=_date,
        help="from the last release that knew of no later night, where it is kept",
    )


def _add_workbench(verb: _Verb) -> None:
    verb("formats", "workbench.formats", "what dumps may be made of: the formats that are read")
    one = verb(
        "extract-text",
        "workbench.extract_text",
        "who says what in texts, without a warehouse",
        "texts.jsonl found.jsonl",
    )
    one.add_argument("input", metavar="IN.jsonl", type=Path)
    one.add_argument("output", metavar="OUT.jsonl", type=Path)
    one = verb(
        "bench",
        "workbench.measure",
        "time the stages on invented articles of 600 words",
        "--articles 500 --json figures.json",
    )
    one.add_argument("--articles", type=int, default=1000)
    one.add_argument("--airflow", action="store_true", help="also run the night under Airflow")
    one.add_argument(
        "--mentions", type=int, help="time instead the linking of that many invented names"
    )
    one.add_argument("--actors", type=int, default=50_000, help="to that many invented people")
    one.add_argument(
        "--nights",
        type=int,
        metavar="N",
        help="time instead the last of N nights, each of --articles repeated from the lake, "
        "against the seventh, and the questions to all of them",
    )
    one.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        metavar="N",
        help="time instead nights of several sizes, and say what larger ones need",
    )
    one.add_argument(
        "--many-workers",
        action="store_true",
        help="time instead what a night of --articles, repeated from the lake, costs one worker, "
        "and simulate many",
    )
    one.add_argument(
        "--statements",
        type=int,
        metavar="N",
        help="time instead the questions to the published file, its articles repeated up to N "
        "statements",
    )
    one.add_argument(
        "--land", type=int, metavar="N", help="time instead landing N invented articles"
    )
    one.add_argument(
        "--land-megabytes", type=int, metavar="MB", help="or a JSON Lines file of that size"
    )
    one.add_argument("--json", type=Path, help="also write the figures to this file")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date: write one such as {NIGHT}"
        ) from None

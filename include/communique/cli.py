"""The stages as verbs, for people and for cron; no scheduler needed."""

import argparse
import errno
import importlib
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn, TextIO

from communique import cookbook, evidence, night_lock, reading, tables, warehouse
from communique.errors import CommuniqueError, WrongCallError
from communique.report import Report
from communique.settings import Settings

# What reads dumps and articles takes seconds to import, so the commands that need it import it
# themselves: an answer must not wait for it.

STAGES = {
    "land": "read the dump of a date into the lake",
    "extract": "find who says what in the articles that were landed",
    "judge": "find who holds which position in what was extracted",
    "load": "put the partitions of a date into the build file",
    "transform": "build the tables of the warehouse with dbt",
    "audit": "question the whole build before readers get to see it",
    "publish": "swap the published file for the new build",
}
"""The stages that take nothing but a date; `validate` also takes a step."""

STEPS = ("landed", "extracted", "judged")
"""The steps of a night that `validate` can hold against their expectations."""

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WrongCallError.exit_code, f"communique: {message} (see communique --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0, 1, 2 (wrong call) or 3 (a check failed)."""
    call = _parser().parse_args(arguments)
    try:
        call.command(Settings.from_environment(), call)
    except CommuniqueError as error:
        print(f"communique: {tables.printable(str(error))}", file=sys.stderr)
        return error.exit_code
    except Exception as error:
        reason = _system_error_in(error)
        if reason is None:
            raise
        print(f"communique: {_explain(reason)}", file=sys.stderr)
        return CommuniqueError.exit_code
    return 0


def _system_error_in(error: BaseException | None) -> OSError | None:
    """Find the refusal of the operating system, however deep a library has wrapped it."""
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error


def _explain(error: OSError) -> str:
    place = error.filename or Settings.from_environment().home
    if error.errno in _DISK_FULL:
        return (
            f"The disk is full ({place}): free some space and run again; the published file is "
            "untouched."
        )
    return (
        f"{place}: {error.strerror or error}. Check that it exists and that you may write there, "
        "then run again; the published file is untouched."
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="communique", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def verb(name: str, command: Callable, says: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=says, description=says)
        one.set_defaults(command=command)
        return one

    verb("run", _run, "all stages of one dump date").add_argument("date", type=_date)
    one = verb("backfill", _backfill, "all stages of a range of dump dates, oldest first")
    one.add_argument("first", metavar="FROM", type=_date)
    one.add_argument("last", metavar="TO", type=_date)
    one = verb("rescore", _rescore, "judge extracted nights again, after an edit of the codebook")
    one.add_argument("first", metavar="FROM", type=_date, nargs="?", default=date.min)
    one.add_argument("last", metavar="TO", type=_date, nargs="?", default=date.max)
    for name, says in STAGES.items():
        verb(name, partial(_stage, name), says).add_argument("date", type=_date)
    one = verb("validate", _validate, "hold a night's partitions against the expectations")
    one.add_argument("date", type=_date)
    one.add_argument("step", nargs="?", choices=STEPS, default="landed")
    one = verb("extract-text", _extract_text, "who says what in texts, without a warehouse")
    one.add_argument("input", metavar="IN.jsonl", type=Path)
    one.add_argument("output", metavar="OUT.jsonl", type=Path)
    one = verb("status", _status, "the last nights, their checks, and what is published")
    one.add_argument("date", type=_date, nargs="?", help="what became of the dumps of one night")
    one.add_argument("--nights", type=int, default=14)
    one = verb("ask", _ask, "the questions of the cookbook, answered from the published file")
    one.add_argument("question", nargs="*", help="numbers or names; none asks them all")
    one.add_argument("--list", action="store_true", help="show the questions and their options")
    one.add_argument("--format", choices=["table", *_FORMATS], default="table")
    for name, parameter in cookbook.PARAMETERS.items():
        one.add_argument(
            cookbook.option(name), dest=name, metavar=parameter.metavar, help=parameter.says
        )
    one = verb("export", _export, "all marts as Parquet and CSV, with the pages that explain them")
    one.add_argument("folder", metavar="FOLDER", type=Path, help="new, empty or an earlier export")
    one = verb("docs", _docs, "the pages alone: data dictionary, diagram, dbt's site, index")
    one.add_argument("folder", metavar="FOLDER", type=Path, help="new, empty or an earlier export")
    one = verb("show", _show, "one statement in its article: who, through whom, where else")
    one.add_argument("statement", help="a statement_id of any table, or its beginning")
    one = verb("report", _report, "the morning report: what one night brought, as one HTML page")
    one.add_argument("date", type=_date)
    one.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="or $COMMUNIQUE_HOME/reports/DATE.html"
    )
    verb("formats", _formats, "what dumps may be made of: the formats that are read")
    one = verb("bench", _bench, "time the stages on the sample, repeated to a size")
    one.add_argument("--articles", type=int, default=1000)
    one.add_argument(
        "--mentions", type=int, help="time instead the linking of that many invented names"
    )
    one.add_argument("--actors", type=int, default=50_000, help="to that many invented people")
    one.add_argument(
        "--land", type=int, metavar="N", help="time instead landing N invented articles"
    )
    one.add_argument(
        "--land-megabytes", type=int, metavar="MB", help="or a JSON Lines file of that size"
    )
    one.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date: write one such as 2026-03-02"
        ) from None


def _run(settings: Settings, call: argparse.Namespace) -> None:
    _run_night(settings, call.date)


def _run_night(settings: Settings, dump_date: date) -> None:
    from communique.stages import LINE

    print(f"Night of {dump_date}, from {settings.dump_folder(dump_date)}")
    with night_lock.hold(settings.lock_file):
        for do in LINE.values():
            _tell(do(settings, dump_date))


def _backfill(settings: Settings, call: argparse.Namespace) -> None:
    if call.first > call.last:
        raise WrongCallError(f"{call.first} is after {call.last}: give the oldest date first.")
    dates = [call.first + timedelta(days=day) for day in range((call.last - call.first).days + 1)]
    delivered = [day for day in dates if settings.dump_folder(day).is_dir()]
    if not delivered:
        raise WrongCallError(
            f"There is no dump folder in {settings.dumps} for any date from {call.first} "
            f"to {call.last}: deliver the dumps there, or set COMMUNIQUE_DUMPS."
        )
    for day in delivered:
        try:
            _run_night(settings, day)
        except CommuniqueError:
            later = [other for other in delivered if other > day]
            if later:
                print(
                    f"The backfill stopped at {day}; {len(later)} later night(s) did not run: "
                    f"`communique backfill {later[0]} {call.last}` goes on after it."
                )
            raise
    missing = [str(day) for day in dates if day not in delivered]
    if missing:
        print(f"No dump was delivered for {', '.join(missing)}.")


def _rescore(settings: Settings, call: argparse.Namespace) -> None:
    from communique import lake
    from communique.stages import audit, judge, load, publish, transform, validate

    nights = [
        night
        for night in lake.dump_dates(settings.lake, "extracted")
        if call.first <= night <= call.last
    ]
    if not nights:
        raise WrongCallError(
            f"No night is extracted in {settings.lake} for that range: start with "
            "`communique run DATE`."
        )
    with night_lock.hold(settings.lock_file):
        for night in nights:
            print(f"Night of {night}, from what was extracted")
            _tell(judge.do(settings, night))
            _tell(validate.do(settings, night, "judged"))
            _tell(load.do(settings, night))
        for do in (transform.do, audit.do, publish.do):
            _tell(do(settings, nights[-1]))


def _stage(name: str, settings: Settings, call: argparse.Namespace) -> None:
    stage = importlib.import_module(f"communique.stages.{name}")
    _tell(stage.do(settings, call.date))


def _validate(settings: Settings, call: argparse.Namespace) -> None:
    from communique.stages import validate

    _tell(validate.do(settings, call.date, call.step))


def _tell(report: Report) -> None:
    print(f"  {report}", flush=True)
    for note in report.notes:
        print(f"             {tables.printable(note)}", flush=True)


def _extract_text(settings: Settings, call: argparse.Namespace) -> None:
    from communique import extraction

    try:
        lines = call.input.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise WrongCallError(f"{call.input} cannot be read: {error.strerror}.") from error
    network = extraction.Network()
    with _open_output(call.output) as output:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
                doc_id, text = document["doc_id"], document["text"]
            except (ValueError, KeyError, TypeError):
                raise WrongCallError(
                    f'{call.input}, line {number}: expected {{"doc_id": ..., "text": ...}}.'
                ) from None
            attributions = [
                {
                    "source": [found.source] if found.source else [],
                    "cue": [found.cue] if found.cue else [],
                    "content": found.content,
                }
                for found in extraction.find_attributions(network, text)
            ]
            output.write(json.dumps({"doc_id": doc_id, "attributions": attributions}) + "\n")


def _open_output(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8")
    except OSError as error:
        raise WrongCallError(f"{file} cannot be written: {error.strerror}.") from error


def _status(settings: Settings, call: argparse.Namespace) -> None:
    if call.date:
        from communique import tally

        rows = [found.as_row() for found in tally.of_night(settings, call.date)]
        tables.print_table(f"Dumps of {call.date}", tally.COLUMNS, rows)
        return
    if not settings.build_file.exists():
        print(f"No night has run in {settings.home} yet: start with `communique run DATE`.")
        return
    try:
        nights = warehouse.last_nights(settings.build_file, call.nights)
    except CommuniqueError:
        if not settings.published_file.exists():
            raise
        print("A night is running now; these are the nights as last published.")
        nights = warehouse.last_nights(settings.published_file, call.nights)
    tables.print_table(f"Nights in {settings.home}", *nights)
    if not settings.published_file.exists():
        print("Nothing is published yet.")
        return
    published = warehouse.last_publication(settings.published_file)
    print(
        f"Published: {settings.published_file} ({published.publication_id}, "
        f"{published.published_at:%Y-%m-%d %H:%M} UTC), nights {published.first_dump_date} to "
        f"{published.last_dump_date}, {published.statement_count:,} statements, "
        f"{published.stance_count:,} stances."
    )


def _ask(settings: Settings, call: argparse.Namespace) -> None:
    questions = cookbook.read_questions(settings.cookbook)
    if call.list:
        rows = [(one.number, one.title, one.options) for one in questions]
        tables.print_table("Questions", ["number", "question", "options"], rows)
        return
    asked = [cookbook.find_question(questions, wanted) for wanted in call.question] or questions
    if call.format != "table" and len(asked) > 1:
        raise WrongCallError(f"Ask one question for --format {call.format}, such as `ask 1`.")
    given = {
        name: getattr(call, name) for name in cookbook.PARAMETERS if getattr(call, name) is not None
    }
    if given and not call.question:
        raise WrongCallError("Say which question the options are for, such as `ask 1`.")
    with_values = "".join(
        f"\n  {cookbook.option(name)} {tables.printable(text)}" for name, text in given.items()
    )
    with warehouse.open_release(_published_file(settings)) as release:
        for question in asked:
            columns, rows = cookbook.answer(release, question, given)
            if call.format == "table":
                title = f"{question.name}: {question.title}{with_values}"
                tables.print_table(title, columns, rows)
                if not rows:
                    print("  Nothing in the warehouse answers this.\n")
            else:
                sys.stdout.write(_FORMATS[call.format](columns, rows))


_FORMATS = {"csv": tables.csv_text, "json": tables.json_text}


def _published_file(settings: Settings) -> Path:
    if not settings.published_file.exists():
        raise WrongCallError(
            f"Nothing is published in {settings.home} yet: start with `communique run DATE`."
        )
    return settings.published_file


def _export(settings: Settings, call: argparse.Namespace) -> None:
    from communique import exports

    done = exports.write_export(settings, call.folder)
    print(
        f"{done.table_count} tables, {done.row_count:,} rows as Parquet "
        f"({done.parquet_bytes / 1e6:,.1f} MB) and CSV ({done.csv_bytes / 1e6:,.1f} MB)"
    )
    print(f"Start at {done.folder / 'index.html'}")


def _docs(settings: Settings, call: argparse.Namespace) -> None:
    from communique import exports

    done = exports.write_documentation(settings, call.folder)
    print(f"{done.table_count} tables are described. Start at {done.folder / 'index.html'}")


def _show(settings: Settings, call: argparse.Namespace) -> None:
    with warehouse.open_release(_published_file(settings)) as release:
        found = evidence.find_statement(release, call.statement)
        statement = evidence.read_statements(release, [found])[found]
        articles = evidence.read_articles(release, [statement.article_version_id])
    reading.show(articles[statement.article_version_id], statement)


def _report(settings: Settings, call: argparse.Namespace) -> None:
    from communique import morning

    target = call.file or settings.reports / f"{call.date}.html"
    morning.write_report(_published_file(settings), call.date, target)
    print(f"The night of {call.date} is told in {target}")


def _formats(settings: Settings, call: argparse.Namespace) -> None:
    from communique import dumps

    tables.print_table(
        "Formats, each plain or packed (gz, bz2, xz, zst, zip)", ["name", "what"], dumps.FORMATS
    )


def _bench(settings: Settings, call: argparse.Namespace) -> None:
    from communique import bench, bench_landing

    if call.mentions is not None:
        linked = bench.measure_linking(
            settings, mention_count=call.mentions, actor_count=call.actors
        )
        print(
            f"{linked.mention_count:,} mentions, {linked.actor_count:,} actors: loaded in "
            f"{linked.load_seconds:.1f} s, all models and tests built in "
            f"{linked.transform_seconds:.1f} s"
        )
        _write_figures(call, linked.as_json())
        return
    if call.land is not None or call.land_megabytes is not None:
        landed = bench_landing.measure_landing(
            settings, article_count=call.land, megabytes=call.land_megabytes
        ).as_json()
        tables.print_table("Landing invented articles", list(landed), [tuple(landed.values())])
        _write_figures(call, landed)
        return
    measured = bench.measure(settings, article_count=call.articles)
    rows = [
        (stage, f"{seconds:.2f}", f"{seconds / sum(measured.seconds.values()):.0%}")
        for stage, seconds in measured.seconds.items()
    ]
    tables.print_table(f"{measured.article_count:,} articles", ["stage", "seconds", "share"], rows)
    print(
        f"extract: {measured.word_count:,} words, "
        f"{measured.extract_words_per_cpu_second:,.0f} words per cpu-second"
    )
    _write_figures(call, measured.as_json())


def _write_figures(call: argparse.Namespace, values: dict) -> None:
    figures = json.dumps(values)
    print(figures)
    if call.json:
        call.json.write_text(figures + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""The stages as verbs, for people and for cron; no scheduler needed."""

import argparse
import errno
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from communique import (
    bench,
    bench_history,
    bench_landing,
    dumps,
    exports,
    extraction,
    lake,
    night_lock,
    tally,
    warehouse,
)
from communique.errors import CommuniqueError, WrongCallError
from communique.report import Report
from communique.settings import Settings
from communique.stages import LINE, audit, extract, judge, land, load, publish, transform, validate

VERBS: dict[str, Callable[[Settings, date], Report]] = {
    stage.__name__.rsplit(".", 1)[-1]: stage.do
    for stage in (land, extract, judge, load, transform, audit, publish)
}
"""The stages that take nothing but a date; `validate` also takes a step."""

_MIN_TABLE_WIDTH = 100
"""Columns: a narrower terminal folds a line, where a narrower table would cut words off."""

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
        print(f"communique: {_printable(str(error))}", file=sys.stderr)
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
    for name, do in VERBS.items():
        says = do.__doc__.splitlines()[0]
        verb(name, partial(_stage, do), says).add_argument("date", type=_date)
    one = verb("validate", _validate, "hold a night's partitions against the expectations")
    one.add_argument("date", type=_date)
    one.add_argument("step", nargs="?", choices=validate.STEPS, default="landed")
    one = verb("extract-text", _extract_text, "who says what in texts, without a warehouse")
    one.add_argument("input", metavar="IN.jsonl", type=Path)
    one.add_argument("output", metavar="OUT.jsonl", type=Path)
    one = verb("status", _status, "the last nights, their checks, and what is published")
    one.add_argument("date", type=_date, nargs="?", help="what became of the dumps of one night")
    one.add_argument("--nights", type=int, default=14)
    one = verb("ask", _ask, "the questions of the cookbook, answered from the published file")
    one.add_argument("question", nargs="*", help="names of questions; none asks them all")
    one = verb("export", _export, "all marts as Parquet and CSV, with the pages that explain them")
    one.add_argument("folder", metavar="FOLDER", type=Path, help="new, empty or an earlier export")
    one = verb("docs", _docs, "the pages alone: data dictionary, diagram, dbt's site, index")
    one.add_argument("folder", metavar="FOLDER", type=Path, help="new, empty or an earlier export")
    verb("formats", _formats, "what dumps may be made of: the formats that are read")
    one = verb("bench", _bench, "time the stages on the sample, repeated to a size")
    one.add_argument("--articles", type=int, default=1000)
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


def _stage(
    do: Callable[[Settings, date], Report], settings: Settings, call: argparse.Namespace
) -> None:
    _tell(do(settings, call.date))


def _validate(settings: Settings, call: argparse.Namespace) -> None:
    _tell(validate.do(settings, call.date, call.step))


def _tell(report: Report) -> None:
    print(f"  {report}", flush=True)
    for note in report.notes:
        print(f"             {_printable(note)}", flush=True)


def _extract_text(settings: Settings, call: argparse.Namespace) -> None:
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
        rows = [found.as_row() for found in tally.of_night(settings, call.date)]
        _show(f"Dumps of {call.date}", tally.COLUMNS, rows)
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
    _show(f"Nights in {settings.home}", *nights)
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
    if not settings.published_file.exists():
        raise WrongCallError(
            f"Nothing is published in {settings.home} yet: start with `communique run DATE`."
        )
    known = {file.stem: file for file in sorted(settings.cookbook.glob("*.sql"))}
    unknown = [name for name in call.question if name not in known]
    if unknown:
        raise WrongCallError(f"There is no question {unknown[0]!r}; there are {', '.join(known)}.")
    for name in call.question or known:
        sql = known[name].read_text(encoding="utf-8")
        title = sql.splitlines()[0].removeprefix("-- ")
        _show(f"{name}: {title}", *warehouse.query(settings.published_file, sql))


def _export(settings: Settings, call: argparse.Namespace) -> None:
    done = exports.write_export(settings, call.folder)
    print(
        f"{done.table_count} tables, {done.row_count:,} rows as Parquet "
        f"({done.parquet_bytes / 1e6:,.1f} MB) and CSV ({done.csv_bytes / 1e6:,.1f} MB)"
    )
    print(f"Start at {done.folder / 'index.html'}")


def _docs(settings: Settings, call: argparse.Namespace) -> None:
    done = exports.write_documentation(settings, call.folder)
    print(f"{done.table_count} tables are described. Start at {done.folder / 'index.html'}")


def _formats(settings: Settings, call: argparse.Namespace) -> None:
    _show("Formats, each plain or packed (gz, bz2, xz, zst, zip)", ["name", "what"], dumps.FORMATS)


def _bench(settings: Settings, call: argparse.Namespace) -> None:
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
    if call.nights is not None:
        _bench_history(settings, call)
        return
    if call.land is not None or call.land_megabytes is not None:
        landed = bench_landing.measure_landing(
            settings, article_count=call.land, megabytes=call.land_megabytes
        ).as_json()
        _show("Landing invented articles", list(landed), [tuple(landed.values())])
        _write_figures(call, landed)
        return
    measured = bench.measure(settings, article_count=call.articles)
    rows = [
        (stage, f"{seconds:.2f}", f"{seconds / sum(measured.seconds.values()):.0%}")
        for stage, seconds in measured.seconds.items()
    ]
    _show(f"{measured.article_count:,} articles", ["stage", "seconds", "share"], rows)
    print(
        f"extract: {measured.word_count:,} words, "
        f"{measured.extract_words_per_cpu_second:,.0f} words per cpu-second"
    )
    _write_figures(call, measured.as_json())


def _bench_history(settings: Settings, call: argparse.Namespace) -> None:
    done = bench_history.measure_history(
        settings, night_count=call.nights, articles_a_night=call.articles
    )
    early, last = done.early_night_seconds, done.last_night_seconds
    rows = [(stage, early[stage], last[stage], last[stage] / early[stage]) for stage in last]
    rows.append(("together", sum(early.values()), sum(last.values()), done.last_to_early))
    cpu = (done.early_night_cpu_seconds, done.last_night_cpu_seconds, done.last_to_early_cpu)
    rows.append(("processor", *cpu))
    _show(
        f"{done.night_count:,} nights of {done.articles_a_night:,} articles, "
        f"{done.statement_count:,} statements",
        ["stage", f"night {bench_history.EARLY_NIGHT}", f"night {done.night_count}", "ratio"],
        rows,
    )
    scan = done.scan_seconds
    _show(
        f"Questions; one scan of all statements takes {scan:.2f} s",
        ["question", "seconds", "scans"],
        [(name, seconds, seconds / scan) for name, seconds in done.questions.items()],
    )
    _write_figures(call, done.as_json())


def _write_figures(call: argparse.Namespace, values: dict) -> None:
    figures = json.dumps(values)
    print(figures)
    if call.json:
        call.json.write_text(figures + "\n", encoding="utf-8")


def _show(title: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Print a table; what comes from articles is data, so markup in it is shown and not obeyed."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for at, name in enumerate(columns):
        values = [row[at] for row in rows if row[at] is not None]
        is_number = all(isinstance(value, int | float) for value in values)
        # Numbers and dates stay in one piece, headings break between words; texts take the rest.
        in_one_piece = name.split("_")
        if is_number or all(isinstance(value, date) for value in values):
            in_one_piece += map(_plain, values)
        table.add_column(
            name.replace("_", " "),
            justify="right" if is_number else "left",
            overflow="fold",
            min_width=max(map(len, in_one_piece)),
        )
    for row in rows:
        table.add_row(*("" if value is None else _plain(value) for value in row))
    console = Console(markup=False, highlight=False)
    console.width = max(console.width, _MIN_TABLE_WIDTH)
    console.print(table)


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return _printable(str(value)).replace("\n", " ")


def _printable(text: str) -> str:
    """Take out what would steer a terminal; names of files and words of articles are data."""
    return "".join(
        character if character.isprintable() or character == "\n" else " " for character in text
    )


if __name__ == "__main__":
    sys.exit(main())

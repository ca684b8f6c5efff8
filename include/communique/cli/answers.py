"""What asks: the state of the house, the questions of the cookbook, a statement in its article."""

import argparse
import sys
from collections.abc import Mapping

from communique import cookbook, evidence, journal, reading, tables, warehouse
from communique.errors import CommuniqueError, WrongCallError
from communique.settings import Settings

_FORMATS = {"csv": tables.csv_text, "json": tables.json_text}


def status(settings: Settings, call: argparse.Namespace) -> None:
    """Tell of the last nights, or what became of the dumps of one."""
    if call.date:
        from communique import tally

        rows = [found.as_row() for found in tally.of_night(settings, call.date)]
        tables.print_table(f"Dumps of {call.date}", tally.COLUMNS, rows)
        return
    if call.known_as_of:
        release = release_of(settings, call)
        title = f"Nights as known on {call.known_as_of}"
        tables.print_table(title, *warehouse.last_nights(release, call.nights))
        return
    _show_nights(settings, call.nights)
    for night in journal.unfinished(settings)[: call.nights]:
        print(tables.printable(str(night)))


def _show_nights(settings: Settings, count: int) -> None:
    published = warehouse.published(settings)
    if not settings.build_file.exists() and not published.exists():
        print(f"No night has run in {settings.home} yet: start with `communique run DATE`.")
        return
    try:
        shown = _nights_in_build(settings, count)
    except CommuniqueError as error:
        if not published.exists():
            raise
        if isinstance(error, warehouse.BeingWrittenError):
            print("A night is running now; these are the nights as last published.")
        else:
            why = tables.printable(" ".join(str(error).split()))
            print(f"{why} These are the nights as last published.")
        shown = warehouse.last_nights(published, count)
    tables.print_table(f"Nights in {settings.home}", *shown)
    if not published.exists():
        print("Nothing is published yet.")
        return
    last = warehouse.last_publication(published)
    print(
        f"Published: {published.name} ({last.publication_id}, "
        f"{last.published_at:%Y-%m-%d %H:%M} UTC), nights {last.first_dump_date} to "
        f"{last.last_dump_date}, {last.statement_count:,} statements, "
        f"{last.stance_count:,} stances."
    )


def _nights_in_build(settings: Settings, count: int) -> tuple[list[str], list[tuple]]:
    if not settings.build_file.exists():
        raise CommuniqueError(
            f"{settings.build_file} is missing: `communique rescore` makes it of all that the lake "
            "holds."
        )
    return warehouse.last_nights(settings.build_file, count)


def ask(settings: Settings, call: argparse.Namespace) -> None:
    """Answer questions of the cookbook from what is published."""
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
    with warehouse.open_release(release_of(settings, call)) as release:
        for question in asked:
            columns, rows = cookbook.answer(release, question, given)
            if call.format == "table":
                tables.print_table(_title(question, given), columns, rows)
                if not rows:
                    print("  Nothing in the warehouse answers this.\n")
            else:
                sys.stdout.write(_FORMATS[call.format](columns, rows))


def _title(question: cookbook.Question, given: Mapping[str, str]) -> str:
    asked_about = {**question.defaults, **given}
    lines = [
        f"  {cookbook.option(name)} {tables.printable(asked_about[name])}"
        for name in question.parameters
        if name in asked_about
    ]
    return "\n".join([f"{question.name}: {question.title}", *lines])


def show(settings: Settings, call: argparse.Namespace) -> None:
    """Show a statement in its article."""
    with warehouse.open_release(release_of(settings, call)) as release:
        found = evidence.find_statement(release, call.statement)
        statement = evidence.read_statements(release, [found])[found]
        articles = evidence.read_articles(release, [statement.article_version_id])
    reading.show(articles[statement.article_version_id], statement)


def report(settings: Settings, call: argparse.Namespace) -> None:
    """Write the morning report of one night."""
    from communique import morning

    target = call.file or settings.reports / f"{call.date}.html"
    morning.write_report(release_of(settings, call), call.date, target)
    print(f"The night of {call.date} is told in {target}")


def release_of(settings: Settings, call: argparse.Namespace) -> warehouse.Published:
    """Give the newest release, or the last one that knew of no later night than a call says.

    It is one throughout, whatever is published meanwhile. Raises WrongCallError when there is none.
    """
    published = warehouse.published(settings)
    if not published.exists():
        raise WrongCallError(
            f"Nothing is published in {settings.home} yet: start with `communique run DATE`."
        )
    return published.known_as_of(call.known_as_of) if call.known_as_of else published.pinned()

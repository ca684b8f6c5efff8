"""One statement in its article, for a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.evidence import Article, Statement
from communique.tables import day_in_words, printable

_COLUMN = 80
"""Characters in a line of a terminal: longer lines are hard to read."""

_WHOLE = 1_000_000
"""Characters in a line that is piped: it stays whole, so that it can be searched."""


def show(article: Article, statement: Statement, console: Console | None = None) -> None:
    """Print an article with a statement marked in it, and what is known about the statement.

    In a terminal the words stand out; elsewhere they stand between >> and <<.
    """
    console = console or Console(markup=False, highlight=False)
    console.width = min(console.width, _COLUMN) if console.is_terminal else _WHOLE
    _print_heading(console, article)
    for paragraph in article.paragraphs([statement]):
        text = Text(style="dim" if paragraph.is_furniture else "", end="")
        for segment in paragraph.segments:
            words = printable(segment.text)
            if not segment.statement_ids:
                text.append(words)
            elif console.is_terminal:
                text.append(words, style="bold reverse")
            else:
                text.append(f">>{words}<<")
        console.print(text, end="\n\n")
    _print_facts(console, statement)
    _print_chain(console, statement)
    _print_reports(console, statement)


def _print_heading(console: Console, article: Article) -> None:
    console.print(Text(printable(article.title or "Without a headline"), style="bold"))
    about = [article.outlet_name, article.author, day_in_words(article.article_date)]
    console.print(Text(printable(" · ".join(dict.fromkeys(filter(None, about)))), style="dim"))
    if article.canonical_url:
        console.print(Text(printable(article.canonical_url), style="dim"))
    if article.version_count > 1:
        now = "the current one" if article.is_current else "an old one"
        console.print(
            Text(
                f"Version {article.version_number} of {article.version_count}, {now} "
                f"({article.change_type})",
                style="dim",
            )
        )
    console.print()


def _print_facts(console: Console, statement: Statement) -> None:
    facts = {
        "Statement": statement.statement_id,
        "Said by": statement.speaker,
        "On behalf of": statement.on_behalf_of_name,
        "To": statement.addressee_name,
        "Said on": statement.said_on or "a day that the text does not give",
        "Words": f"{statement.quote_type}, {statement.modality}",
        "Confidence": f"{statement.confidence:.2f}",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(printable(value)))
    for shown in statement.positions:
        table.add_row(
            Text("Position", style="dim"),
            Text(
                printable(
                    f"{shown.holder_name}: {shown.position}, {shown.proposition_text} "
                    f"({shown.expression})"
                )
            ),
        )
    console.print(table)


def _print_chain(console: Console, statement: Statement) -> None:
    console.print(Text("\nChain of attribution, the publisher first", style="bold"))
    for depth, hop in enumerate(statement.chain):
        notes = [
            f"“{hop.cue}”" if hop.cue else None,
            None if hop.is_named else "unnamed",
            "carried over from an earlier sentence" if hop.is_implicit else None,
        ]
        about = ", ".join(filter(None, notes))
        line = "  " * depth + ("< " if depth else "") + hop.name + (f" ({about})" if about else "")
        console.print(Text(printable(line)))


def _print_reports(console: Console, statement: Statement) -> None:
    console.print(Text("\nOther reports of the same statement", style="bold"))
    if not statement.other_reports:
        console.print(Text("none"))
    for report in statement.other_reports:
        about = [
            report.outlet_name,
            day_in_words(report.article_date),
            report.title,
            "a copy of the same text" if report.is_copy else None,
            None if report.is_current else "an old version",
            report.statement_id,
        ]
        console.print(Text(printable(" · ".join(filter(None, about)))))

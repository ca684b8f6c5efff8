"""The cookbook: questions as SQL files, each of which any DuckDB client can run as it is.

A file reads the values that a call may set with `getvariable('name')` and says itself what holds
without them.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique.errors import WrongCallError
from communique.warehouse import Answer, Release


@dataclass(frozen=True)
class Parameter:
    """A value that a call may set: what it is written as, and what it says in a help text."""

    metavar: str
    says: str
    read: Callable[[str], object] = str


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongCallError(f"{text!r} is no date: write one such as 2026-03-02.") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise WrongCallError(f"{text!r} is no number of rows: write one such as 50.")
    return int(text)


PARAMETERS: Mapping[str, Parameter] = {
    "actor": Parameter("NAME", "who: an actor by any of its names"),
    "proposition": Parameter("NAME", "on what: a proposition by its id or its sentence"),
    "outlet": Parameter("NAME", "where: an outlet by its name"),
    "from": Parameter("DATE", "the first day that counts", _date),
    "to": Parameter("DATE", "the last day that counts", _date),
    "as_of": Parameter("DATE", "the day on which it held", _date),
    "words": Parameter("WORDS", "words that must all be in what was said"),
    "rows": Parameter("COUNT", "how many rows at most", _count),
}
"""What a question may be asked about; the keys are the names of the DuckDB variables."""

_NAMES = {
    "actor": """
        select actor_name as value, actor_name as name from marts.dim_actors
        union
        select actors.actor_name, aliases.alias
        from marts.dim_actor_aliases as aliases
        inner join marts.dim_actors as actors on aliases.actor_id = actors.actor_id
        """,
    "proposition": """
        select proposition_id as value, proposition_id as name from marts.dim_propositions
        union
        select proposition_id, proposition_text from marts.dim_propositions
        """,
    "outlet": "select outlet_name as value, outlet_name as name from marts.dim_outlets",
}
"""For each parameter that names something: the names that are understood, and what they mean."""


_DEFAULT = re.compile(r"coalesce\(getvariable\('(\w+)'\), (?:date )?'([^']*)'\)")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One file of the cookbook: `name` is that of the file, `title` its first line.

    `defaults` are the names and dates that it asks about where a call gives none.
    """

    name: str
    title: str
    sql: str
    parameters: tuple[str, ...]
    defaults: Mapping[str, str]

    @property
    def number(self) -> int:
        """The number that the file's name starts with."""
        return int(self.name.partition("-")[0])

    @property
    def options(self) -> str:
        """The parameters as options of the command line."""
        return " ".join(option(name) for name in self.parameters)


def read_questions(folder: Path) -> list[Question]:
    """Read the cookbook, in the order of its numbers."""
    questions = []
    for file in sorted(folder.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        used = set(re.findall(r"getvariable\('(\w+)'\)", sql))
        questions.append(
            Question(
                name=file.stem,
                title=sql.splitlines()[0].removeprefix("-- "),
                sql=sql,
                parameters=tuple(name for name in PARAMETERS if name in used),
                defaults=dict(_DEFAULT.findall(sql)),
            )
        )
    return questions


def find_question(questions: list[Question], wanted: str) -> Question:
    """Find a question by its number, its name, or its name without the number.

    Raises WrongCallError when there is none.
    """
    for question in questions:
        if wanted in (question.name, question.name.partition("-")[2]):
            return question
        if wanted.isdecimal() and int(wanted) == question.number:
            return question
    names = [question.name for question in questions]
    near = difflib.get_close_matches(wanted, names, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise WrongCallError(
        f"There is no question {wanted!r}: {hint}`communique ask --list` shows all of them."
    )


def answer(release: Release, question: Question, given: Mapping[str, str]) -> Answer:
    """Ask a question with the values that a call gives, by the names of `PARAMETERS`.

    The values are bound by DuckDB and never part of the query. Raises WrongCallError for one that
    the question does not take or the warehouse does not know.
    """
    for name in given:
        if name not in question.parameters:
            takes = question.options or "nothing"
            raise WrongCallError(
                f"Question {question.name} does not take {option(name)}; it takes {takes}."
            )
    values = {name: _value(release, name, text) for name, text in given.items()}
    return release.ask(question.sql, variables=values)


def option(name: str) -> str:
    """Write a parameter as an option of the command line."""
    return "--" + name.replace("_", "-")


def _value(release: Release, name: str, text: str) -> object:
    if name not in _NAMES:
        return PARAMETERS[name].read(text)
    known = release.ask(_NAMES[name]).rows
    values = {value for value, known_as in known if known_as == text} or {
        value for value, known_as in known if known_as.casefold() == text.casefold()
    }
    if len(values) == 1:
        return values.pop()
    if values:
        raise WrongCallError(
            f"{text!r} may mean {' or '.join(sorted(values))}: give {option(name)} one of these."
        )
    by_folded = {known_as.casefold(): known_as for _, known_as in known}
    near = difflib.get_close_matches(text.casefold(), by_folded, n=3, cutoff=0.5)
    hint = f"; near to it: {', '.join(by_folded[one] for one in near)}" if near else ""
    raise WrongCallError(f"The warehouse knows no {name} {text!r}{hint}.")

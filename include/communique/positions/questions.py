"""What a judge of positions is asked and what it answers, whichever judge it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Question:
    """Where somebody stands on a proposition, as one sentence of an article shows it.

    `holder` is the name of an actor in the sentence, None where the question is whether anybody
    has a position at all; `speaker` is who says the sentence, None for narration. `title` and
    `before`, the sentence before, only help to understand it.
    """

    proposition: str
    holder: str | None
    speaker: str | None
    title: str | None
    before: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The chances, 0..1, that the holder supports, opposes or is neutral; the rest is none.

    Neutral is undecided, conditional or mixed. `evidence` and `condition` are verbatim parts of
    the sentence, None where the judge points at no part of it.
    """

    support: float
    oppose: float
    neutral: float
    evidence: str | None = None
    condition: str | None = None


class Respondent(Protocol):
    """Anything that answers questions; `version` changes when its answers may change."""

    @property
    def version(self) -> str:
        """Identify what answers."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what a person should know of the answers given so far."""
        ...

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer each question, in order."""
        ...

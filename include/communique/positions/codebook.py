"""The propositions that positions are taken on, as their seed holds them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import CommuniqueError
from communique.records import make_id
from communique.seeds import read_seed


@dataclass(frozen=True, slots=True)
class Proposition:
    """A sentence with a direction.

    `topic_terms` are groups of word starts; a text is about the proposition when each group is met.
    `support_terms` and `oppose_terms` are wordings that settle the position by themselves.
    `is_negative` tells that the sentence says what should not be, so that other words for its topic
    say nothing of who is for it.
    """

    proposition_id: str
    proposition_text: str
    topic_terms: tuple[tuple[str, ...], ...]
    support_terms: tuple[str, ...]
    oppose_terms: tuple[str, ...]
    is_negative: bool = False


class Codebook:
    """The propositions of one version of the seed."""

    def __init__(self, propositions: Sequence[Proposition], version: str) -> None:
        self.propositions = tuple(propositions)
        self.version = version
        uses = Counter(
            term
            for proposition in self.propositions
            for term in {term for group in proposition.topic_terms for term in group}
        )
        self._distinctive = [
            frozenset(
                number
                for number, group in enumerate(proposition.topic_terms)
                if all(uses[term] <= _SHARED_BY_FEW for term in group)
            )
            for proposition in self.propositions
        ]
        self._by_start: dict[str, list[tuple[str, int, int]]] = {}
        for number, proposition in enumerate(self.propositions):
            for group, terms in enumerate(proposition.topic_terms):
                for term in terms:
                    self._by_start.setdefault(term[:2], []).append((term, number, group))

    @classmethod
    def from_seed(cls, file: Path) -> "Codebook":
        """Read the seed from a file. Raises CommuniqueError when it is missing or has an error."""
        return cls.from_rows(read_seed(file))

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, str]]) -> "Codebook":
        """Read the seed; a row without cue words gets the content words of its sentence.

        The version hashes all that may change a judgement; `dim_propositions` computes the same.
        Raises CommuniqueError with the line of a row that nobody can be for or against, or that
        says it in more than 25 words.
        """
        _check(rows)
        ordered = sorted(rows, key=lambda row: row["proposition_id"])
        key = [row.get(name) or "" for row in ordered for name in _JUDGED_BY]
        return cls([_proposition(row) for row in rows], make_id(*key))

    def distinctive_groups(self, number: int) -> frozenset[int]:
        """Give the term groups of a proposition that few others share; "ukrain" is in many."""
        return self._distinctive[number]

    def topics_in(self, lowered: str) -> dict[int, set[int]]:
        """Say which term groups a text in small letters meets, by the place of the proposition.

        A term counts where it starts a word. One pass over the words, however long the codebook.
        """
        met: dict[int, set[int]] = {}
        for word in _WORD_START.finditer(lowered):
            start = word.start()
            for term, number, group in self._by_start.get(lowered[start : start + 2], ()):
                if lowered.startswith(term, start):
                    met.setdefault(number, set()).add(group)
        return met

    def whole_topics_in(self, lowered: str) -> set[int]:
        """Say which propositions a text is wholly about: each of their term groups is met."""
        return {
            number
            for number, groups in self.topics_in(lowered).items()
            if len(groups) == len(self.propositions[number].topic_terms)
        }


_JUDGED_BY = (
    "proposition_id", "proposition_text", "topic_terms", "support_terms", "oppose_terms",
)  # fmt: skip


_SEED = "seeds/propositions.csv"
_MOST_WORDS = 25
"""How long a sentence may be: the network reads 128 word pieces, and most of them are news."""
_SHARED_BY_FEW = 2
_DIRECTION = re.compile(
    r"\b(?:should|must|may|ought|needs? to|(?:is|are) to|ha(?:s|ve) (?:a|the) right)\b", re.I
)
"""What a sentence says that one can be for or against; `dbt_project/tests` holds it, too."""
_NEGATIVE = re.compile(r"\b(?:not|no longer|never)\b", re.I)
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")
_SMALL_WORDS = frozenset(
    (
        "a an the and or of to in on for with by be is are should may must have has as at from "
        "than that more no not there their its put it"
    ).split()
)
_STEM_LENGTH = 6


def _check(rows: Sequence[Mapping[str, str]]) -> None:
    if not rows:
        raise CommuniqueError(f"{_SEED} has no propositions: add one, or restore the file.")
    for name in ("proposition_id", "proposition_text"):
        if name not in rows[0]:
            raise CommuniqueError(
                f"{_SEED}, row 1: there is no column {name}, only {_listed(rows[0])}. "
                "Save it as CSV with commas, in UTF-8."
            )
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        place = f"{_SEED}, row {line}"
        if None in row:
            raise CommuniqueError(
                f"{place}: there are more fields than columns. "
                "Put a text with a comma in it between double quotes."
            )
        proposition_id, sentence = (
            (row.get(name) or "").strip() for name in ("proposition_id", "proposition_text")
        )
        if not proposition_id or not sentence:
            raise CommuniqueError(
                f"{place}: proposition_id and proposition_text must be filled in "
                f"(they are {proposition_id!r} and {sentence!r})."
            )
        if "\n" in sentence:
            raise CommuniqueError(
                f"{place}: the sentence of {proposition_id} goes on over several lines: "
                f"{sentence[:60]!r}. Close its double quotes."
            )
        if not (proposition_id + sentence).isprintable():
            raise CommuniqueError(
                f"{place}: {proposition_id!r} has a character that nobody sees: {sentence!r}. "
                "Take it out."
            )
        if len(sentence.split()) > _MOST_WORDS:
            raise CommuniqueError(
                f"{place}: the sentence of {proposition_id} has {len(sentence.split())} words: "
                f"{sentence[:60]!r}. Say it in {_MOST_WORDS} at most."
            )
        if not _DIRECTION.search(sentence):
            raise CommuniqueError(
                f"{place}: {proposition_id} has no direction: {sentence!r}. Say what should be, "
                "such as 'The bridge should be opened', so that one can be for or against it."
            )
        if not _content_words(sentence):
            raise CommuniqueError(
                f"{place}: {proposition_id} does not say what should be done with what: "
                f"{sentence!r}. Name both, such as 'The bridge should be opened'."
            )
        for value in (proposition_id, sentence.casefold()):
            if value in seen:
                raise CommuniqueError(
                    f"{place}: {proposition_id} repeats the id or the sentence of row "
                    f"{seen[value]}; keep one of the two."
                )
            seen[value] = line


def _listed(row: Mapping[str, str]) -> str:
    return ", ".join(repr(name) for name in row if name)


def _proposition(row: Mapping[str, str]) -> Proposition:
    named = (tuple(_terms(group, "|")) for group in (row.get("topic_terms") or "").split(";"))
    groups = tuple(terms for terms in named if terms)
    if not groups:
        groups = tuple((word[:_STEM_LENGTH],) for word in _content_words(row["proposition_text"]))
    return Proposition(
        row["proposition_id"],
        row["proposition_text"],
        groups,
        tuple(_terms(row.get("support_terms") or "", "|")),
        tuple(_terms(row.get("oppose_terms") or "", "|")),
        _NEGATIVE.search(row["proposition_text"]) is not None,
    )


def _content_words(sentence: str) -> list[str]:
    words = (word.strip("(),.'").lower() for word in sentence.split())
    return [word for word in words if word and word not in _SMALL_WORDS]


def _terms(text: str, separator: str) -> list[str]:
    return [term.strip().lower() for term in text.split(separator) if term.strip()]

"""What the page tells of a night, in the order in which it does, and how much of it."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from communique.evidence import Article, Paragraph, Statement
from communique.morning import drawing
from communique.morning.queries import Change, Correction, FirstPosition, Night, Spell

_CHANGES, _FIRST, _UNNAMED, _CORRECTIONS = 40, 25, 12, 40
_TOPICS, _HOLDERS, _OUTLETS = 3, 8, 20
"""How many of each the page tells at most; it says how many more there are."""

_CONTEXT = 2
"""Paragraphs before and after a statement that are open to read."""

Words = tuple[tuple[str, bool], ...]
"""Stretches of a sentence, and whether a correction touched them."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A proposition, the night's changes on it, and who stood where until then."""

    proposition_text: str
    changes: Sequence[Change]
    spells: Sequence[Spell]
    holder_count: int
    timeline: drawing.Timeline

    @property
    def change_count(self) -> int:
        """How many changes are told."""
        return len(self.changes)


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """What a later version made of a statement; `after` is empty where it was dropped."""

    correction: Correction
    before: Words
    after: Words


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Paragraphs that stand together; those that no statement stands near to are folded away."""

    paragraphs: Sequence[Paragraph]
    is_folded: bool


@dataclass(frozen=True, kw_only=True)
class ShownArticle:
    """An article with the statements that the page tells from it, in the order of the text."""

    article: Article
    statements: Sequence[Statement]
    passages: Sequence[Passage]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything that the page tells; statements and articles by their ids.

    `numbers` are those that a statement has in its article, from 1.
    """

    night: Night
    changed: Sequence[Question]
    talked_about: Sequence[Question]
    first_positions: Sequence[FirstPosition]
    shares: drawing.Shares
    unnamed_only: Sequence[Statement]
    rewordings: Sequence[Rewording]
    shown_articles: Sequence[ShownArticle]
    articles: Mapping[str, Article]
    statements: Mapping[str, Statement]
    numbers: Mapping[str, int]
    chains: Mapping[str, drawing.Chain]


def told_statements(night: Night) -> list[str]:
    """Name the statements that are told, in the order in which they are."""
    told = [
        *(
            statement_id
            for change in night.changes[:_CHANGES]
            for statement_id in (change.deciding_statement_id, change.earlier_statement_id)
        ),
        *(first.statement_id for first in night.first_positions[:_FIRST]),
        *night.unnamed_only[:_UNNAMED],
        *(
            statement_id
            for correction in night.corrections[:_CORRECTIONS]
            for statement_id in (correction.before_statement_id, correction.after_statement_id)
            if statement_id
        ),
    ]
    return list(dict.fromkeys(told))


def compose(
    night: Night, statements: Mapping[str, Statement], articles: Mapping[str, Article]
) -> Contents:
    """Put a night together with the statements that `told_statements` names and their articles."""
    versions = dict.fromkeys(statements[one].article_version_id for one in told_statements(night))
    shown = [_shown_article(articles[one], statements.values()) for one in versions]
    changed = [
        _question(night, text, list(changes))
        for text, changes in groupby(
            night.changes[:_CHANGES], key=lambda change: change.proposition_text
        )
    ]
    with_spells = {spell.proposition_text for spell in night.spells}
    left = with_spells - {question.proposition_text for question in changed}
    talked_about = [topic for topic in night.topics if topic in left]
    return Contents(
        night=night,
        changed=changed,
        talked_about=[_question(night, text) for text in talked_about[:_TOPICS]],
        first_positions=night.first_positions[:_FIRST],
        shares=drawing.draw_shares(night.outlets[:_OUTLETS]),
        unnamed_only=[statements[one] for one in night.unnamed_only[:_UNNAMED]],
        rewordings=[_rewording(one) for one in night.corrections[:_CORRECTIONS]],
        shown_articles=shown,
        articles=articles,
        statements=statements,
        numbers={
            statement.statement_id: number
            for one in shown
            for number, statement in enumerate(one.statements, start=1)
        },
        chains={one: drawing.draw_chain(found.chain) for one, found in statements.items()},
    )


def _question(night: Night, text: str, changes: Sequence[Change] = ()) -> Question:
    """Draw a proposition: who changed comes first, then who is reported most."""
    spells = [spell for spell in night.spells if spell.proposition_text == text]
    changed = {name for change in changes for name in change.holder_names}
    reports = Counter()
    for spell in spells:
        reports[spell.holder_name] += spell.independent_report_count
    holders = sorted(reports, key=lambda name: (name not in changed, -reports[name], name))
    shown = [
        spell for holder in holders[:_HOLDERS] for spell in spells if spell.holder_name == holder
    ]
    return Question(
        proposition_text=text,
        changes=changes,
        spells=shown,
        holder_count=len(holders),
        timeline=drawing.draw_timeline(shown, night.until),
    )


def _shown_article(article: Article, statements: Iterable[Statement]) -> ShownArticle:
    own = sorted(
        (one for one in statements if one.article_version_id == article.article_version_id),
        key=lambda one: one.spans,
    )
    return ShownArticle(
        article=article, statements=own, passages=_passages(article.paragraphs(own))
    )


def _passages(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    marked = [
        number
        for number, paragraph in enumerate(paragraphs)
        if any(segment.statement_ids for segment in paragraph.segments)
    ]

    def is_far(numbered: tuple[int, Paragraph]) -> bool:
        number, _ = numbered
        return number > 0 and all(abs(number - one) > _CONTEXT for one in marked)

    passages = []
    for is_folded, run in groupby(enumerate(paragraphs), key=is_far):
        together = [paragraph for _, paragraph in run]
        passages.append(
            Passage(paragraphs=together, is_folded=is_folded and len(together) > _CONTEXT)
        )
    return passages


def _rewording(correction: Correction) -> Rewording:
    before, after = (
        (text or "").split() for text in (correction.before_text, correction.after_text)
    )
    same = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return Rewording(
        correction=correction,
        before=tuple(
            (" ".join(before[start:end]), what != "equal")
            for what, start, end, _, _ in same
            if start < end
        ),
        after=tuple(
            (" ".join(after[start:end]), what != "equal")
            for what, _, _, start, end in same
            if start < end
        ),
    )

"""What the wording of an article claims of its actors: rules, each with the clause it reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.positions import wording
from communique.positions.actors import Actors
from communique.positions.codebook import Codebook
from communique.positions.passages import Passage
from communique.positions.wording import Verdict
from communique.records import Article, Entity, Extraction, Statement

Span = tuple[int, int]

_SPEECH_CUE = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:old|ells?|elling)|add(?:s|ed|ing)|wrote|writes?|writing|according"
    r"|tweeted|stated|declared|announced|warned|argued|insisted|stressed|vowed|pledged|promised"
    r"|urged|called|rejected|denied|claimed|noted|explained|demanded)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A position that some words show; `statement` is None where the narration shows it."""

    holder: Entity
    expression: str
    statement: Statement | None
    verdict: Verdict
    span: Span


def is_speech(cue: str | None) -> bool:
    """Tell whether somebody's own words follow a cue: "said", not "signed"."""
    return cue is None or _SPEECH_CUE.search(cue) is not None


def read_claims(
    article: Article,
    passages: Sequence[Passage],
    extraction: Extraction,
    actors: Actors,
    codebook: Codebook,
) -> Iterator[Claim]:
    """Read what is said, and what the narration itself infers."""
    text = article.body_text
    stretches = [(passage.start, passage.end) for passage in passages]
    topics = wording.in_play(text, stretches, codebook)
    spans: dict[str, list[Span]] = {}
    for one in extraction.statement_spans:
        spans.setdefault(one.statement_id, []).append((one.char_start, one.char_end))
    for statement in extraction.statements:
        for span in spans[statement.statement_id]:
            for verdict, clause in wording.judge(text, span, statement.cue, codebook, topics):
                holder, expression = _holder(text, clause, statement, actors)
                if holder:
                    yield Claim(holder, expression, statement, verdict, clause)
    for start, end in stretches:
        for found in wording.find_pressure(text, start, end):
            holder = actors.government(found["who"])
            if holder:
                for verdict in wording.judge_pressure(text[start:end], found, codebook):
                    yield Claim(holder, "authorial", None, verdict, found.span())


def _holder(
    text: str, clause: Span, statement: Statement, actors: Actors
) -> tuple[Entity | None, str]:
    """Decide whose position a clause of a statement is, and how the article knows it.

    What somebody wants whom nobody can name is nobody's, and not the speaker's either; what
    his own party wants he wants, too.
    """
    speaker = actors.speaker(statement)
    found = wording.imputed_to(text, clause)
    if found and not (speaker and actors.is_one_of(speaker, found["who"])):
        named = actors.named_in(*found.span("who"))
        other = named[-1] if named else actors.called(found["who"])
        speaks_for = actors.on_behalf_of(speaker, "") if speaker else None
        if other is None or other not in (speaker, speaks_for):
            reports = actors.source(statement).source_type == "outlet"
            return other, "reported" if reports else "imputed"
    if speaker is None:
        return None, ""
    if speaker.entity_type == "outlet":
        named = actors.named_in(statement.char_start, statement.char_end)
        return (named[0], "reported") if named else (None, "")
    return speaker, "self" if is_speech(statement.cue) else "reported"

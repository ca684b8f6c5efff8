"""One article's records to the positions that it shows: pure, deterministic, no files."""

import re
from collections.abc import Iterator, Sequence

from communique.extraction.gazetteer import Gazetteer
from communique.extraction.prose import headlines, prose
from communique.extraction.sentences import split_sentences
from communique.positions import wording
from communique.positions.actors import Actors
from communique.positions.codebook import Codebook
from communique.positions.wording import Verdict
from communique.records import Article, Block, Entity, Extraction, Stance, Statement, make_id

Span = tuple[int, int]

_SPEECH_CUE = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:old|ells?|elling)|add(?:s|ed|ing)|wrote|writes?|writing|according"
    r"|tweeted|stated|declared|announced|warned|argued|insisted|stressed|vowed|pledged|promised"
    r"|urged|called|rejected|denied|claimed|noted|explained|demanded)\b",
    re.I,
)


class Judge:
    """Judges positions by one codebook; `version` changes when other stances may come out."""

    def __init__(self, codebook: Codebook, gazetteer: Gazetteer) -> None:
        self._codebook = codebook
        self._gazetteer = gazetteer
        self.version = make_id("judge-1", gazetteer.version)

    @property
    def codebook_version(self) -> str:
        """Identify the codebook that positions are judged by."""
        return self._codebook.version

    def judge(
        self, article: Article, blocks: Sequence[Block], extraction: Extraction
    ) -> list[Stance]:
        """Give the positions that an article shows, each once."""
        if article.language_code not in (None, "en"):
            return []
        actors = Actors(extraction, self._gazetteer)
        reading = _Reading(self._codebook, article, blocks, actors)
        spans: dict[str, list[Span]] = {}
        for one in extraction.statement_spans:
            spans.setdefault(one.statement_id, []).append((one.char_start, one.char_end))
        stances = [
            stance
            for statement in extraction.statements
            for stance in reading.said(statement, spans[statement.statement_id])
        ]
        stances += reading.narrated()
        return list({stance.stance_id: stance for stance in stances}.values())


class _Reading:
    """The state of judging one article."""

    def __init__(
        self, codebook: Codebook, article: Article, blocks: Sequence[Block], actors: Actors
    ) -> None:
        self._codebook = codebook
        self._article = article
        self._text = article.body_text
        self._actors = actors
        self._stretches = headlines(blocks) + [
            (sentence.start, sentence.end)
            for start, end in prose(self._text, blocks)
            for sentence in split_sentences(self._text, start, end)
        ]
        self._topics = wording.in_play(self._text, self._stretches, codebook)

    def said(self, statement: Statement, spans: Sequence[Span]) -> Iterator[Stance]:
        """Judge what somebody says."""
        holder, expression = self._holder(statement)
        if holder is None:
            return
        own = expression in ("self", "reported")
        behalf = self._actors.on_behalf_of(holder, statement.content_text) if own else None
        for span in spans:
            for verdict, clause in wording.judge(
                self._text, span, statement.cue, self._codebook, self._topics
            ):
                yield self._stance(verdict, holder, behalf, expression, clause, statement)

    def narrated(self) -> Iterator[Stance]:
        """Judge what the narration itself infers: "US pressure on X to provide Y"."""
        for start, end in self._stretches:
            for found in wording.find_pressure(self._text, start, end):
                holder = self._actors.government(found["who"])
                if holder:
                    for verdict in wording.judge_pressure(
                        self._text[start:end], found, self._codebook
                    ):
                        yield self._stance(verdict, holder, None, "authorial", found.span(), None)

    def _holder(self, statement: Statement) -> tuple[Entity | None, str]:
        """Decide whose position the words are, and how the article knows it."""
        speaker = self._actors.speaker(statement)
        found = wording.imputed_to(statement.content_text)
        other = self._actors.called(found["who"]) if found else None
        speaks_for = self._actors.on_behalf_of(speaker, "") if speaker else None
        if other is not None and other not in (speaker, speaks_for):
            reports = self._actors.source(statement).source_type == "outlet"
            return other, "reported" if reports else "imputed"
        if speaker is None:
            return None, ""
        if speaker.entity_type == "outlet":
            named = self._actors.named_in(statement.char_start, statement.char_end)
            return (named[0], "reported") if named else (None, "")
        cue = statement.cue
        return speaker, "self" if cue is None or _SPEECH_CUE.search(cue) else "reported"

    def _stance(
        self,
        verdict: Verdict,
        holder: Entity,
        behalf: Entity | None,
        expression: str,
        span: Span,
        statement: Statement | None,
    ) -> Stance:
        version_id = self._article.article_version_id
        return Stance(
            stance_id=make_id(version_id, *span, holder.entity_name, verdict.proposition_id),
            statement_id=statement.statement_id if statement else None,
            article_version_id=version_id,
            dump_date=self._article.dump_date,
            holder_entity_number=holder.entity_number,
            on_behalf_of_entity_number=behalf.entity_number if behalf else None,
            proposition_id=verdict.proposition_id,
            codebook_version=self._codebook.version,
            position=verdict.position,
            position_score=verdict.score,
            expression=expression,
            condition_text=verdict.condition,
            evidence_text=self._text[slice(*span)],
            char_start=span[0],
            char_end=span[1],
            held_from=statement.said_from if statement else None,
            confidence=verdict.confidence,
        )

"""One article's records to the positions that it shows: deterministic, no database, no files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from communique.extraction import times
from communique.extraction.gazetteer import Gazetteer
from communique.positions import wording
from communique.positions.actors import Actors
from communique.positions.claims import Claim, is_speech, read_claims
from communique.positions.codebook import Codebook
from communique.positions.confidence import ConfidenceOf, Showing
from communique.positions.passages import Passage, read_passages
from communique.positions.questions import Answer, Respondent
from communique.records import Article, Block, Entity, Extraction, Stance, make_id

POSITIONS = ("support", "oppose", "neutral")
_SCORES = {"support": 1.0, "oppose": -1.0, "neutral": 0.0}
CANDIDATES, NEAREST = 3, 0.3
"""How many propositions a passage may be about, and how near to its words they must lie."""
SCREENED = 0.12
"""From which chance on that anybody has a position it is asked who."""
HELD = 0.2
"""From which chance on an actor may have a position."""
NEARLY = 0.1
"""How much less likely than the likeliest another proposition of the same words may be."""
_LIKELY = 0.5
_BODIES = frozenset({"group", "international_organisation", "organisation"})
_WORD = re.compile(r"\w+")


class Candidates(Protocol):
    """Says which propositions texts may be about."""

    def candidates(self, texts: Sequence[str], most: int, least: float) -> list[dict[int, float]]:
        """Give for each text the cosines of up to `most` propositions, by number."""
        ...


class Judge:
    """Judges positions by one codebook.

    A gate says which propositions a passage may be about, `screen` whether anybody has a position
    there, `respondent` who has which. What the wording claims is always asked, too, and stands
    unless the respondent is sure of another position. `version` changes when other stances may
    come out.
    """

    def __init__(
        self,
        codebook: Codebook,
        gazetteer: Gazetteer,
        gate: Candidates,
        screen: Respondent,
        respondent: Respondent,
        confidence: ConfidenceOf,
    ) -> None:
        self._codebook = codebook
        self._gazetteer = gazetteer
        self._gate = gate
        self._screen = screen
        self._respondent = respondent
        self._confidence = confidence
        self._numbers = {
            one.proposition_id: number for number, one in enumerate(codebook.propositions)
        }
        self.version = make_id("judge-7", gazetteer.version, screen.version, respondent.version)

    @property
    def codebook_version(self) -> str:
        """Identify the codebook that positions are judged by."""
        return self._codebook.version

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what a person should know of how positions were judged so far."""
        return self._respondent.notes

    def judge(
        self, article: Article, blocks: Sequence[Block], extraction: Extraction
    ) -> list[Stance]:
        """Give the positions that an article shows, each once."""
        if article.language_code not in (None, "en"):
            return []
        actors = Actors(extraction, self._gazetteer)
        passages = read_passages(article, blocks, actors)
        claims = self._claims(article, passages, extraction, actors)
        screened = self._screened(passages, claims)
        asked = [
            (place, holder)
            for place in screened
            for holder in _holders(
                passages[place[0]], claims.get(place, {}), self._text_of(place[1])
            )
        ]
        answers = self._respondent.answer(
            [
                passages[at].ask(self._text_of(number), holder.entity_name)
                for (at, number), holder in asked
            ]
        )
        found = [
            _Reading(*place, holder, _standing(claims.get(place, {}).get(holder), answer), answer)
            for (place, holder), answer in zip(asked, answers, strict=True)
        ]
        stances = [
            self._stance(article, passages[held.reading.at], held, actors)
            for held in self._held(_foremost(found), passages, screened, actors)
        ]
        return list({stance.stance_id: stance for stance in stances}.values())

    def _claims(
        self,
        article: Article,
        passages: Sequence[Passage],
        extraction: Extraction,
        actors: Actors,
    ) -> dict[tuple[int, int], dict[Entity, Claim]]:
        """Give what the wording claims, by passage and proposition, of whom."""
        found: dict[tuple[int, int], dict[Entity, Claim]] = {}
        for claim in read_claims(article, passages, extraction, actors, self._codebook):
            start, end = claim.span
            at = next(
                (n for n, one in enumerate(passages) if one.start <= start and end <= one.end), None
            )
            if at is not None:
                place = at, self._numbers[claim.verdict.proposition_id]
                found.setdefault(place, {}).setdefault(claim.holder, claim)
        return found

    def _screened(
        self, passages: Sequence[Passage], claims: Mapping[tuple[int, int], object]
    ) -> dict[tuple[int, int], "_Screened"]:
        """Give the passages and propositions worth asking about.

        Where nobody is named or speaks there is nobody to ask about.
        """
        texts = [f"{one.title or ''}. {one.text}" for one in passages]
        near = self._gate.candidates(texts, CANDIDATES, NEAREST)
        places = {
            (at, number): nearness
            for at, row in enumerate(near)
            if passages[at].holders
            for number, nearness in row.items()
        }
        places = dict.fromkeys(claims, NEAREST) | places
        answers = self._screen.answer(
            [passages[at].ask(self._text_of(number)) for at, number in places]
        )
        screened = {
            place: _Screened(_chance_of_any(answer), nearness)
            for (place, nearness), answer in zip(places.items(), answers, strict=True)
        }
        return {
            place: one
            for place, one in screened.items()
            if place in claims or one.chance >= SCREENED
        }

    def _held(
        self,
        readings: Sequence["_Reading"],
        passages: Sequence[Passage],
        screened: Mapping[tuple[int, int], "_Screened"],
        actors: Actors,
    ) -> Iterator["_Held"]:
        """Say how sure each reading is, beside all that the article shows on its proposition."""
        about = Counter(number for (_, number), one in screened.items() if one.chance >= _LIKELY)
        same = Counter((one.holder, one.number, one.position) for one in readings)
        here: dict[tuple[int, int], list[_Reading]] = {}
        for one in readings:
            here.setdefault((one.at, one.number), []).append(one)
        for place, ones in here.items():
            passage = passages[place[0]]
            for one in _own(ones, passage, actors):
                verdict = one.claim.verdict if one.claim else None
                showing = Showing(
                    screen_chance=screened[place].chance,
                    nearness=screened[place].nearness,
                    held_chance=getattr(one.answer, one.position),
                    claim_confidence=verdict.confidence if verdict else 0.0,
                    is_outright=verdict is not None and verdict.is_outright,
                    is_speaker=passage.speaker == one.holder.entity_name,
                    is_narrated=passage.statement is None,
                    is_body=one.holder.entity_type in _BODIES,
                    passages_about=about[one.number],
                    times_shown=same[one.holder, one.number, one.position],
                )
                yield _Held(one, self._confidence(showing))

    def _stance(self, article: Article, passage: Passage, held: "_Held", actors: Actors) -> Stance:
        reading, claim = held.reading, held.reading.claim
        proposition = self._codebook.propositions[reading.number]
        statement = claim.statement if claim else passage.statement
        start, end = claim.span if claim else _evidence(passage, reading.answer.evidence)
        expression = claim.expression if claim else _expression(passage, reading.holder, actors)
        behalf = None
        if expression in ("self", "reported"):
            content = statement.content_text if statement else passage.text
            behalf = actors.on_behalf_of(reading.holder, content)
        condition = None
        if reading.position == "neutral":
            condition = reading.answer.condition or wording.condition_in(passage.text)
        return Stance(
            stance_id=make_id(
                article.article_version_id,
                start,
                end,
                reading.holder.entity_name,
                proposition.proposition_id,
            ),
            statement_id=statement.statement_id if statement else None,
            article_version_id=article.article_version_id,
            dump_date=article.dump_date,
            holder_entity_number=reading.holder.entity_number,
            on_behalf_of_entity_number=behalf.entity_number if behalf else None,
            proposition_id=proposition.proposition_id,
            codebook_version=self._codebook.version,
            position=reading.position,
            position_score=claim.verdict.score if claim else _SCORES[reading.position],
            expression=expression,
            condition_text=condition,
            evidence_text=article.body_text[start:end],
            char_start=start,
            char_end=end,
            held_from=statement.said_from if statement else _day_of(passage, article),
            confidence=held.confidence,
        )

    def _text_of(self, number: int) -> str:
        return self._codebook.propositions[number].proposition_text


@dataclass(frozen=True, slots=True)
class _Screened:
    """The chance that anybody has a position, and how near the passage is to the proposition."""

    chance: float
    nearness: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a passage shows of one actor on one proposition, by the network and by the wording.

    `claim` is what the wording claims and the network does not gainsay.
    """

    at: int
    number: int
    holder: Entity
    claim: Claim | None
    answer: Answer

    @property
    def chance(self) -> float:
        return _chance_of_any(self.answer)

    @property
    def position(self) -> str:
        """Give what the wording claims, which knows negation better, or else what is likeliest."""
        if self.claim:
            return self.claim.verdict.position
        return _likeliest(self.answer)


@dataclass(frozen=True, slots=True)
class _Held:
    """A position as it is written down, and how sure it is."""

    reading: _Reading
    confidence: float


def _foremost(readings: Sequence[_Reading]) -> list[_Reading]:
    """Keep of what a passage shows of an actor the likeliest, and all that the wording claims.

    A sentence is often near to several propositions, and shows a position on few of them. What is
    nearly as likely is kept, since propositions may overlap: "tougher sanctions" are sanctions.
    """
    best: dict[tuple[int, Entity], float] = {}
    for one in readings:
        place = one.at, one.holder
        best[place] = max(best.get(place, HELD), one.chance)
    return [
        one
        for one in readings
        if one.claim or one.chance >= max(HELD, best[one.at, one.holder] - NEARLY)
    ]


def _standing(claim: Claim | None, answer: Answer) -> Claim | None:
    """Give a claim, unless it is answered that the holder has another position, and surely so.

    What is said outright in the codebook's own words stands: who wrote them knows what they mean.
    """
    likeliest = _likeliest(answer)
    is_gainsaid = (
        claim is not None
        and not (claim.verdict.is_outright and claim.verdict.confidence >= wording.SPECIFIC)
        and likeliest != claim.verdict.position
        and getattr(answer, likeliest) >= _LIKELY
    )
    return None if is_gainsaid else claim


def _likeliest(answer: Answer) -> str:
    return max(POSITIONS, key=lambda name: getattr(answer, name))


def _chance_of_any(answer: Answer) -> float:
    return answer.support + answer.oppose + answer.neutral


def _holders(passage: Passage, claims: Mapping[Entity, Claim], proposition: str) -> list[Entity]:
    """Give the actors to ask about.

    An outlet reports, and seldom has a position of its own. A person whom the proposition names,
    as in "Trump should be impeached", is in every sentence about it and holds what he says himself.
    """
    words = set(_WORD.findall(proposition))
    named = (
        one
        for one in passage.holders
        if one.entity_type != "outlet"
        and not (
            one.entity_type == "person"
            and one.entity_name != passage.speaker
            and one.entity_name.split()[-1] in words
        )
    )
    return list(dict.fromkeys([*named, *claims]))


def _own(here: Sequence[_Reading], passage: Passage, actors: Actors) -> list[_Reading]:
    """Leave out a government beside who speaks for it and holds the same position there."""
    spoken_for = {(actors.on_behalf_of(one.holder, passage.text), one.position) for one in here}
    return [one for one in here if (one.holder, one.position) not in spoken_for]


def _expression(passage: Passage, holder: Entity, actors: Actors) -> str:
    """Say how the article knows a position that is read in a passage.

    Who speaks for one government imputes what another holds; experts and papers report it.
    """
    if passage.statement is None:
        return "reported"
    speaker, source = actors.speaker(passage.statement), actors.source(passage.statement)
    if speaker == holder:
        return "self" if is_speech(passage.statement.cue) else "reported"
    if speaker and actors.on_behalf_of(speaker, "") == holder:
        return "self"
    stands_for = actors.on_behalf_of(speaker, "") if speaker else None
    if speaker is None and source.country_text:
        stands_for = actors.government(source.country_text)
    return "reported" if stands_for in (None, holder) else "imputed"


def _evidence(passage: Passage, words: str | None) -> tuple[int, int]:
    at = passage.text.find(words) if words else -1
    if at < 0:
        return passage.start, passage.end
    return passage.start + at, passage.start + at + len(words)


def _day_of(passage: Passage, article: Article) -> date | None:
    published_on = article.published_at.date() if article.published_at else None
    latest = times.latest_day(article.published_at, article.published_precision)
    return times.resolve(passage.text, published_on, latest=latest).first

"""An article as a judge reads it: its sentences, with who is named and who speaks in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.extraction.prose import headlines, prose
from communique.extraction.sentences import split_sentences
from communique.positions.actors import Actors
from communique.positions.questions import Question
from communique.records import Article, Block, Entity, Statement


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or headline.

    `start` and `end` are its characters in the article's `body_text`. `statement` is the one that
    covers most of it, `speaker` what its speaker is called; both None in narration. `holders` are
    the actors who may hold a position in it: those who speak and those who are named, in order.
    """

    start: int
    end: int
    text: str
    title: str | None
    before: str | None
    statement: Statement | None
    speaker: str | None
    holders: tuple[Entity, ...]

    def ask(self, proposition: str, holder: str | None = None) -> Question:
        """Ask where a holder, or anybody, stands on a proposition by this passage."""
        return Question(proposition, holder, self.speaker, self.title, self.before, self.text)


def read_passages(article: Article, blocks: Sequence[Block], actors: Actors) -> list[Passage]:
    """Give the headline and the sentences of an article, headline first.

    Of a caption only what somebody says in it: the rest tells what a picture shows.
    """
    captions = [(one.char_start, one.char_end) for one in blocks if one.block_type == "caption"]
    passages = (_passage(article, actors, *stretch) for stretch in read_stretches(article, blocks))
    return [
        one
        for one in passages
        if one.statement or not any(start <= one.start < end for start, end in captions)
    ]


def read_stretches(
    article: Article, blocks: Sequence[Block]
) -> Iterator[tuple[int, int, str | None]]:
    """Give where headlines and sentences start and end, and the sentence before."""
    text = article.body_text
    for start, end in headlines(blocks):
        yield start, end, None
    for first, last in prose(text, blocks):
        for before, one in pairwise([None, *split_sentences(text, first, last)]):
            previous = text[before.start : before.end] if before else None
            yield one.start, one.end, previous


def _passage(article: Article, actors: Actors, start: int, end: int, before: str | None) -> Passage:
    words = article.body_text[start:end]
    said = actors.speaking_in(start, end)
    speakers = [entity for one in said if (entity := actors.speaker(one))]
    return Passage(
        start,
        end,
        words,
        None if words == article.title else article.title,
        before,
        said[0] if said else None,
        _called(actors, said[0]) if said else None,
        tuple(dict.fromkeys([*speakers, *actors.named_in(start, end)])),
    )


def _called(actors: Actors, statement: Statement) -> str | None:
    entity, source = actors.speaker(statement), actors.source(statement)
    return entity.entity_name if entity else source.source_name or source.descriptor

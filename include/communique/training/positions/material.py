"""Everything that a judge learns from, as pairs of texts with their answers."""

import dataclasses
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.extraction.sentences import split_sentences
from communique.positions.model.pairs import as_pair
from communique.training import corpora
from communique.training.positions import examples
from communique.training.positions.examples import Example, Target
from communique.training.positions.readings import Reading, Words, from_readings
from communique.training.positions.similar import SentenceEncoder, nearest

_CANDIDATES, _LEAST = 5, 0.15
_NEIGHBOURS = 4
_EACH_FRAME = 10
_COMPARED = 30_000
_NONE_SHARES = {"annotated": 0.5, "elsewhere": 0.4}
_REAL = ("annotated", "read")
_POSITION = 2
"""How much more a position in a real sentence counts than that there is none."""
_WEIGHTS = {
    "annotated": 1.0,
    "read": 1.0,
    "written": 1.0,
    "perspectrum-train": 0.7,
    "newsmtsc": 0.5,
    "frame": 0.5,
    "neighbour": 0.7,
    "elsewhere": 0.4,
}
_REHEARSED = {
    "written": 0.3,
    "neighbour": 0.12,
    "elsewhere": 0.2,
    "frame": 0.15,
    "perspectrum-train": 0.5,
    "newsmtsc": 0.5,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as the network reads it, with the chances of its answers.

    `kind` says where it comes from, `group` which article.
    """

    asked: str
    said: str
    target: Target
    kind: str
    group: str
    weight: float
    names_holder: bool


def gather(
    data: Path,
    read: Sequence[tuple[Reading, Words]],
    codebook: Mapping[str, str],
    encoder: SentenceEncoder,
    seed: int,
    tell: Callable[[str], None],
) -> list[Pair]:
    """Gather pairs from our own sentences, the corpora in `data` and the sentences of `read`.

    `codebook` gives the sentences of propositions by id.
    """
    chance = random.Random(seed)
    written, items = examples.read_written()
    propositions = {one.proposition_id: one.text for one in written.values()} | codebook
    names = sorted({name for item in items for name in item.positions})
    ids = list(written)
    near = nearest(
        encoder.encode([f"{item.title or ''}. {item.sentence}" for item in items]),
        encoder.encode([propositions[one] for one in ids]),
        _NEIGHBOURS,
        _LEAST,
    )
    neighbours = [[ids[number] for number in row] for row in near]
    found: list[Example] = [
        *examples.from_written(written, items, neighbours, chance),
        *examples.from_frames(written, names, chance, _EACH_FRAME),
        *examples.from_perspectrum(data, "train", chance),
        *examples.from_perspectrum(data, "dev", chance),
        *examples.from_newsmtsc(data),
    ]
    ids = list(codebook)
    vectors = encoder.encode(list(codebook.values()))
    for sentences, held in examples.read_annotated(data):
        texts = [f"{one.title}. {one.text}" for one in sentences]
        near = nearest(encoder.encode(texts), vectors, _CANDIDATES, _LEAST)
        candidates = [[ids[number] for number in row] for row in near]
        found += examples.from_annotated(sentences, held, propositions, candidates)
    found += from_readings(read, propositions)
    tell(f"{len(found):,} questions with answers")
    return [_pair(one) for one in found]


def split(pairs: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    """Part what is learned from what only measures, by article.

    Of what nobody holds a position in only a share is learned: it is by far the most.
    """
    chance = random.Random(seed)
    known, held_out = [], []
    for pair in pairs:
        if pair.kind == "perspectrum-dev" or (
            pair.kind in (*_REAL, "newsmtsc") and corpora.is_held_out(pair.group)
        ):
            held_out.append(pair)
            continue
        is_none = pair.target[0] == 1
        if is_none and chance.random() > _NONE_SHARES.get(pair.kind, 1):
            continue
        more = _POSITION if pair.kind in _REAL and not is_none else 1
        known.append(dataclasses.replace(pair, weight=pair.weight * _WEIGHTS[pair.kind] * more))
    return known, held_out


def rehearse(known: Sequence[Pair], seed: int) -> list[Pair]:
    """Keep what is of real news, and a share of the rest: earlier weights have learned it."""
    chance = random.Random(seed)
    return [one for one in known if chance.random() < _REHEARSED.get(one.kind, 1)]


def sentences_to_compare(data: Path, seed: int) -> list[str]:
    """Give sentences under their headlines, of articles on everything, for the gate to learn on."""
    texts = [f"{one.title or ''}. {one.sentence}" for one in examples.read_written()[1]]
    for sentences, _ in examples.read_annotated(data):
        texts += [f"{one.title or ''}. {one.text}" for one in sentences]
    for document in corpora.read_polnear(data, "train"):
        title = document.text.split("\n", 1)[0]
        for one in split_sentences(document.text, 0, len(document.text)):
            texts.append(f"{title}. {document.text[one.start : one.end]}")
    return random.Random(seed).sample(texts, min(_COMPARED, len(texts)))


def shown_propositions(
    data: Path, read: Sequence[tuple[Reading, Words]], propositions: Sequence[str]
) -> list[tuple[str, int]]:
    """Give sentences under their headlines that show a position, each with its proposition's place.

    `propositions` are ids. None is of an article that only measures.
    """
    places = {name: number for number, name in enumerate(propositions)}
    found = [
        (f"{item.title or ''}. {item.sentence}", item.proposition_id)
        for item in examples.read_written()[1]
        if set(item.positions.values()) - {"none"}
    ]
    for sentences, held in examples.read_annotated(data):
        for one in sentences:
            here = {
                each.proposition_id
                for each in held
                if one.start < each.span[1] and one.end > each.span[0]
            }
            if not corpora.is_held_out(one.article):
                found += ((f"{one.title}. {one.text}", name) for name in sorted(here))
    for one, said in read:
        if not corpora.is_held_out(one.article):
            names = dict.fromkeys(name for _, name, _ in one.held)
            found += ((f"{said.title or ''}. {said.sentence}", name) for name in names)
    return [(text, places[name]) for text, name in found if name in places]


def _pair(one: Example) -> Pair:
    holder = one.question.holder is not None
    return Pair(*as_pair(one.question), one.target, one.kind, one.group, one.weight, holder)

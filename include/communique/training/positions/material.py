"""Everything that a judge learns from, as pairs of texts: with answers, and without."""

import dataclasses
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique import lake
from communique.extraction import Gazetteer
from communique.positions.actors import Actors
from communique.positions.model.pairs import as_pair
from communique.positions.passages import Passage, read_passages
from communique.training.positions import examples
from communique.training.positions.examples import Example, Target
from communique.training.positions.similar import SentenceEncoder, nearest

_CANDIDATES, _LEAST = 6, 0.15
_UNLABELLED_CANDIDATES, _UNLABELLED_LEAST = 3, 0.2
_HOLDERS = 2
_EACH_FRAME = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as the network reads it; `target` is None where only a teacher answers."""

    asked: str
    said: str
    target: Target | None
    kind: str
    group: str
    weight: float
    names_holder: bool


def gather(
    data: Path,
    codebook: Mapping[str, str],
    lake_folder: Path,
    gazetteer: Gazetteer,
    encoder: SentenceEncoder,
    seed: int,
    tell: Callable[[str], None],
) -> list[Pair]:
    """Gather pairs from the corpora in `data` and from the extracted nights of a lake.

    `codebook` gives the sentences of propositions by id.
    """
    chance = random.Random(seed)
    written, items = examples.read_written()
    propositions = {one.proposition_id: one.text for one in written.values()} | codebook
    names = sorted({name for item in items for name in item.positions})
    found: list[Example] = [
        *examples.from_written(written, items, chance),
        *examples.from_frames(written, names, chance, _EACH_FRAME),
        *examples.from_perspectrum(data, "train", chance),
        *examples.from_perspectrum(data, "dev", chance),
        *examples.from_newsmtsc(data),
    ]
    ids = list(propositions)
    vectors = encoder.encode([propositions[one] for one in ids])
    in_codebook = [number for number, one in enumerate(ids) if one in codebook]
    for sentences, held in examples.read_annotated(data):
        texts = [f"{one.title}. {one.text}" for one in sentences]
        near = nearest(encoder.encode(texts), vectors[in_codebook], _CANDIDATES, _LEAST)
        candidates = [[ids[in_codebook[number]] for number in row] for row in near]
        found += examples.from_annotated(sentences, held, propositions, candidates)
    tell(f"{len(found):,} questions with answers")
    for night in sorted(lake_folder.glob("extracted/*")):
        passages = list(_passages(lake_folder, date.fromisoformat(night.name), gazetteer))
        texts = [f"{one.title or ''}. {one.text}" for one in passages]
        near = nearest(encoder.encode(texts), vectors, _UNLABELLED_CANDIDATES, _UNLABELLED_LEAST)
        for passage, row in zip(passages, near, strict=True):
            found += _unlabelled(passage, [propositions[ids[n]] for n in row], chance)
        tell(f"{night.name}: {len(passages):,} sentences, {len(found):,} questions so far")
    return [_pair(one) for one in found]


def write_pairs(pairs: Iterable[Pair], file: Path) -> None:
    """Write pairs as JSON Lines."""
    with file.open("w", encoding="utf8") as handle:
        for pair in pairs:
            handle.write(json.dumps(dataclasses.astuple(pair), ensure_ascii=False) + "\n")


def _pair(one: Example) -> Pair:
    holder = one.question.holder is not None
    return Pair(*as_pair(one.question), one.target, one.kind, one.group, one.weight, holder)


def _unlabelled(
    passage: Passage, propositions: Sequence[str], chance: random.Random
) -> Iterator[Example]:
    for text in propositions:
        yield Example(passage.ask(text), None, "dumps", "dumps")
        names = [one.entity_name for one in passage.holders]
        for name in chance.sample(names, min(_HOLDERS, len(names))):
            yield Example(passage.ask(text, name), None, "dumps", "dumps")


def _passages(lake_folder: Path, dump_date: date, gazetteer: Gazetteer) -> Iterator[Passage]:
    landed = lake.partition(lake_folder, "landed", dump_date)
    extracted = lake.partition(lake_folder, "extracted", dump_date)
    blocks = lake.read_blocks(landed)
    for article, extraction in lake.read_extractions(landed, extracted):
        if article.language_code == "en":
            actors = Actors(extraction, gazetteer)
            yield from read_passages(article, blocks[article.article_version_id], actors)

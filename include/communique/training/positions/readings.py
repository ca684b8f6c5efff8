"""Sentences of real news that were read for training: what they show is ours, their words are not.

A file in `read/` has one line a sentence and no text. A sentence is named by its hash, and found
again wherever the articles lie that it was read in. Lists are parted by bars; a position stands as
`support:proposition:holder`, or `support imputed:...` where somebody else ascribes it.
"""

import csv
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from communique import dumps
from communique.errors import CommuniqueError
from communique.positions.passages import read_stretches
from communique.positions.questions import Question
from communique.records import Article
from communique.training.positions.examples import Example, target

READ = Path(__file__).parent / "read"
_ANY_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence shows of the actors in it on the propositions that it was read for.

    `sentence` and `article` are hashes. `held` has a holder, a proposition and a position each;
    what is not there the sentence does not show.
    """

    sentence: str
    article: str
    speaker: str | None
    actors: Sequence[str]
    asked: Sequence[str]
    held: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as it stands in its article."""

    title: str | None
    before: str | None
    sentence: str


def read_readings(folder: Path = READ) -> list[Reading]:
    """Read what was read."""
    readings = []
    for file in sorted(folder.glob("*.tsv")):
        with file.open(encoding="utf8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                readings.append(
                    Reading(
                        row["sentence"],
                        row["article"],
                        row["speaker"] or None,
                        _listed(row["actors"]),
                        _listed(row["asked"]),
                        [_held(one) for one in _listed(row["held"])],
                    )
                )
    return readings


def read_sentences(
    data: Path, delivered: Path | None, tell: Callable[[str], None]
) -> list[tuple[Reading, Words]]:
    """Give what was read with its words, as far as PolNeAR and the dumps are there."""
    readings = read_readings()
    words = find_words(readings, data, delivered)
    tell(f"{len(words):,} of {len(readings):,} sentences that were read are there")
    return [(one, words[one.sentence]) for one in readings if one.sentence in words]


def find_words(
    readings: Sequence[Reading], data: Path, delivered: Path | None
) -> Mapping[str, Words]:
    """Find the sentences again, in PolNeAR and in a folder of dumps, by their hashes."""
    wanted = {one.sentence for one in readings}
    found: dict[str, Words] = {}
    for article in _articles(data, delivered):
        blocks = dumps.label_blocks(article)
        for start, end, before in read_stretches(article, blocks):
            sentence = article.body_text[start:end]
            name = hash_of(sentence)
            if name in wanted:
                title = None if sentence == article.title else article.title
                found.setdefault(name, Words(title, before, sentence))
        if len(found) == len(wanted):
            break
    return found


def hash_of(sentence: str) -> str:
    """Name a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def from_readings(
    sentences: Iterable[tuple[Reading, Words]], propositions: Mapping[str, str]
) -> Iterator[Example]:
    """Ask of each sentence what it shows at all, and of whom."""
    for one, said in sentences:
        names = dict.fromkeys([*one.asked, *(name for _, name, _ in one.held)])
        for text, name in ((propositions[name], name) for name in names if name in propositions):
            held = {who: how for who, about, how in one.held if about == name}
            asked = Question(text, None, one.speaker, said.title, said.before, said.sentence)
            yield _example(asked, held.values(), one)
            for actor in dict.fromkeys([*one.actors, *held]):
                own = [held[actor]] if actor in held else []
                yield _example(replace(asked, holder=actor), own, one)


def _example(question: Question, positions: Iterable[str], reading: Reading) -> Example:
    return Example(question, target(*(list(positions) or ["none"])), "read", reading.article)


def _listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _held(written: str) -> tuple[str, str, str]:
    position, proposition_id, holder = written.split(":", 2)
    return holder, proposition_id, position.removesuffix(" imputed")


def _articles(data: Path, delivered: Path | None) -> Iterator[Article]:
    polnear = data / "attribution" / "polnear" / "train.jsonl"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with (folder / "polnear.jsonl").open("w", encoding="utf8") as file:
            for line in polnear.read_text("utf8").splitlines():
                text = json.loads(line)["text"]
                file.write(json.dumps({"title": text.split("\n", 1)[0][:200], "text": text}) + "\n")
        yield from dumps.read_file(folder, "polnear.jsonl", dump_date=_ANY_DAY).articles
    for folder in sorted(delivered.iterdir()) if delivered else ():
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            try:
                yield from dumps.read_file(
                    folder, str(file.relative_to(folder)), dump_date=_ANY_DAY
                ).articles
            except CommuniqueError:
                continue

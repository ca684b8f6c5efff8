"""Questions with known answers, from our own sentences, annotated articles and open corpora."""

import csv
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from communique.extraction.sentences import split_sentences
from communique.positions.questions import Question

POSITIONS = ("none", "support", "oppose", "neutral")
"""The order of the answers, in targets and in the network's output."""
WRITTEN = Path(__file__).parent / "written"
FRAMES = Path(__file__).parent / "frames.tsv"

Target = tuple[float, float, float, float]
Span = tuple[int, int]

_STATE = re.compile(r"^(?:the )?government of (?:the )?", re.I)
_UNSURE = 0.25
"""What counts a sentence that the annotators passed over, in an article with that position."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its answer as chances in the order of POSITIONS, and how much it counts.

    `kind` names where it comes from; `group` the article, so that no article is on both sides of
    a split; `target` is None where only a teacher answers.
    """

    question: Question
    target: Target | None
    kind: str
    group: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposition with the phrases that frames need."""

    proposition_id: str
    text: str
    infinitive: str
    gerund: str
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of our own, with what it shows of each actor in it on one proposition."""

    proposition_id: str
    title: str | None
    before: str | None
    sentence: str
    speaker: str | None
    positions: Mapping[str, str]


def target(*positions: str) -> Target:
    """Give each of the positions an equal chance."""
    shares = [positions.count(name) / len(positions) for name in POSITIONS]
    return tuple(shares)


def read_written(folder: Path = WRITTEN) -> tuple[dict[str, Proposition], list[Written]]:
    """Read the sentences written for training, with their propositions by id."""
    propositions: dict[str, Proposition] = {}
    items: list[Written] = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf8").splitlines():
            row = json.loads(line)
            if "sentence" in row:
                fields = ("title", "before", "sentence", "speaker", "positions")
                items.append(Written(row["proposition_id"], *(row.get(name) for name in fields)))
            else:
                propositions[row["proposition_id"]] = Proposition(
                    row["proposition_id"],
                    row["proposition_text"],
                    row["infinitive"],
                    row["gerund"],
                    tuple(row["nouns"]),
                )
    return propositions, items


def from_written(
    propositions: Mapping[str, Proposition],
    items: Sequence[Written],
    neighbours: Sequence[Sequence[str]],
    chance: random.Random,
) -> Iterator[Example]:
    """Ask of each sentence what it shows at all, of whom, and about what it is not.

    `neighbours` are for each item the propositions that its words come near to: those are hard to
    tell from its own, others are easy.
    """
    ids = sorted(propositions)
    for item, near in zip(items, neighbours, strict=True):
        asked = Question(
            propositions[item.proposition_id].text,
            None,
            item.speaker,
            item.title,
            item.before,
            item.sentence,
        )
        group = f"written-{item.proposition_id}"
        held = [value for value in item.positions.values() if value != "none"]
        yield Example(asked, target(*(held or ["none"])), "written", group)
        for holder, position in item.positions.items():
            yield Example(replace(asked, holder=holder), target(position), "written", group)
        others = [(other, "neighbour") for other in near]
        others += [(other, "elsewhere") for other in chance.sample(ids, 2)]
        for other, kind in others:
            if other != item.proposition_id:
                off = replace(asked, proposition=propositions[other].text)
                yield Example(off, target("none"), kind, group)
                if held:
                    holder = next(name for name, v in item.positions.items() if v != "none")
                    yield Example(replace(off, holder=holder), target("none"), kind, group)


def from_frames(
    propositions: Mapping[str, Proposition],
    names: Sequence[str],
    chance: random.Random,
    each: int,
    file: Path = FRAMES,
) -> Iterator[Example]:
    """Fill each frame `each` times with a proposition and two of the names."""
    ids = sorted(propositions)
    with file.open(encoding="utf8", newline="") as handle:
        frames = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    for frame in frames:
        for proposition_id in chance.sample(ids, min(each, len(ids))):
            one = propositions[proposition_id]
            holder, other = chance.sample(names, 2)
            sentence = frame["frame"].format(
                H=holder,
                O=other,
                infinitive=one.infinitive,
                gerund=one.gerund,
                noun=chance.choice(one.nouns),
            )
            sentence = sentence[0].upper() + sentence[1:]
            asked = Question(one.text, None, None, None, None, sentence)
            known = {holder: frame["holder"]}
            if frame["other"]:
                known[other] = frame["other"]
            held = [value for value in known.values() if value != "none"]
            yield Example(asked, target(*(held or ["none"])), "frame", "frames")
            for name, position in known.items():
                yield Example(replace(asked, holder=name), target(position), "frame", "frames")


def from_perspectrum(data: Path, part: str, chance: random.Random) -> Iterator[Example]:
    """Ask whether a perspective supports its claim; one of another topic says nothing on it."""
    file = data / "stance" / "perspectrum" / f"{part}.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf8").splitlines()]
    positions = {"SUPPORT": "support", "UNDERMINE": "oppose"}
    for row in rows:
        asked = Question(row["claim"].strip(), None, None, None, None, row["perspective"].strip())
        group = f"perspectrum-{row['id'].split('-')[0]}"
        yield Example(asked, target(positions[row["label"]]), f"perspectrum-{part}", group)
        other = chance.choice(rows)
        if part == "train" and chance.random() < 0.3 and not {*other["topics"]} & {*row["topics"]}:
            off = replace(asked, proposition=other["claim"].strip())
            yield Example(off, target("none"), "perspectrum-train", group)


def from_newsmtsc(data: Path) -> Iterator[Example]:
    """Ask for the tone towards a target: the same skill, with other words for its poles."""
    file = data / "sentiment" / "newsmtsc" / "train.jsonl"
    tones = {"pos": "support", "neg": "oppose", "neu": "neutral"}
    for line in file.read_text("utf8").splitlines():
        row = json.loads(line)
        start, end = row["span"]
        text = f"{row['text'][:start]}[{row['text'][start:end]}]{row['text'][end:]}"
        asked = Question("Tone", row["target"], None, None, None, text)
        yield Example(asked, target(tones[row["label"]]), "newsmtsc", row["id"].split("#")[0])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article as questions see it: what stands around it, and who is in it.

    `actors` are the actors named in it or speaking it.
    """

    article: str
    title: str | None
    before: str | None
    text: str
    start: int
    end: int
    speaker: str | None
    actors: frozenset[str]

    def ask(self, proposition: str, holder: str | None = None) -> Question:
        """Ask where a holder, or anybody, stands on a proposition by this sentence."""
        return Question(proposition, holder, self.speaker, self.title, self.before, self.text)


@dataclass(frozen=True, slots=True)
class Held:
    """An annotated position: whose, for whom, on what, and the characters that show it."""

    holder: str
    on_behalf_of: str | None
    proposition_id: str
    position: str
    span: Span


def plain_name(name: str) -> str:
    """Call a government as articles do: "Israel", not "Government of Israel"."""
    return _STATE.sub("", name)


def read_annotated(data: Path) -> Iterator[tuple[list[Sentence], list[Held]]]:
    """Read the annotated articles: their sentences, and the positions annotated in them."""
    folder = data / "annotated"
    gold = {one["doc_id"]: one for one in json.loads((folder / "gold.json").read_text("utf8"))}
    for line in (folder / "articles.jsonl").read_text("utf8").splitlines():
        article = json.loads(line)
        one = gold.get(article["doc_id"])
        if one:
            text = article["text"]
            yield (
                _sentences(article, one),
                [
                    Held(
                        plain_name(stance["holder"]),
                        stance["on_behalf_of"] and plain_name(stance["on_behalf_of"]),
                        stance["proposition_id"],
                        stance["position"],
                        (start, start + len(stance["evidence"])),
                    )
                    for stance in one["stances"]
                    if (start := text.find(stance["evidence"])) >= 0
                ],
            )


def _sentences(article: Mapping, gold: Mapping) -> list[Sentence]:
    text = article["text"]
    spoken = [
        (start, start + len(span), statement["speaker"])
        for statement in gold["statements"]
        for span in statement["spans"]
        if (start := text.find(span)) >= 0
    ]
    named = [
        (plain_name(actor["name"]), re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)"))
        for actor in gold["actors"]
        for surface in actor["surfaces"]
    ]
    split = split_sentences(text, 0, len(text))
    sentences = []
    for before, one in pairwise([None, *split]):
        speaker = next((who for start, end, who in spoken if start < one.end and end > one.start),
                       None)  # fmt: skip
        actors = {name for name, surface in named if surface.search(text, one.start, one.end)}
        if speaker and speaker["actor"]:
            actors.add(plain_name(speaker["actor"]))
        called = _called(speaker) if speaker else None
        sentences.append(
            Sentence(
                article["doc_id"],
                article["title"],
                text[before.start : before.end] if before else None,
                text[one.start : one.end],
                one.start,
                one.end,
                called,
                frozenset(actors),
            )
        )
    return sentences


def _called(speaker: Mapping) -> str:
    named = speaker["actor"] and plain_name(speaker["actor"])
    return named or speaker["descriptor"] or speaker["surface"]


def from_annotated(
    sentences: Sequence[Sentence],
    held: Sequence[Held],
    propositions: Mapping[str, str],
    candidates: Sequence[Sequence[str]],
) -> Iterator[Example]:
    """Ask of each sentence about its candidate propositions and those annotated in the article.

    An annotator notes a position once in an article. Another sentence that may show it, too, is
    no sure "none", so it counts little, or for its holder not at all.
    """
    for sentence, found in zip(sentences, candidates, strict=True):
        here = [one for one in held if sentence.start < one.span[1] and sentence.end > one.span[0]]
        in_article = {one.proposition_id for one in held}
        for proposition_id in sorted({*found, *(one.proposition_id for one in here)}):
            text = propositions[proposition_id]
            shown = [one for one in here if one.proposition_id == proposition_id]
            is_sure = bool(shown) or proposition_id not in in_article
            answer = target(*([one.position for one in shown] or ["none"]))
            yield Example(
                sentence.ask(text),
                answer,
                "annotated",
                sentence.article,
                1.0 if is_sure else _UNSURE,
            )
            elsewhere = {one.holder for one in held if one.proposition_id == proposition_id}
            spoken_for = {one.on_behalf_of for one in held if one.proposition_id == proposition_id}
            for holder in sorted(sentence.actors | {one.holder for one in shown}):
                own = [one.position for one in shown if one.holder == holder]
                if not own and holder in elsewhere | spoken_for:
                    continue
                if own or shown or is_sure:
                    weight = 1.0 if own or shown else 0.3
                    yield Example(
                        sentence.ask(text, holder),
                        target(*(own or ["none"])),
                        "annotated",
                        sentence.article,
                        weight,
                    )

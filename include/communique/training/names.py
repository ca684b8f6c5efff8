"""Corpora of names as texts of one shape, and of places that act or do not."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.extraction.lexicon import TITLE_HEADS
from communique.training.corpora import Span, read_annotated

_CROSSNER = {"person": "person", "politician": "person", "organisation": "organisation",
             "politicalparty": "party", "country": "place", "location": "place",
             "election": "other", "event": "other", "misc": "other"}  # fmt: skip
_EWT = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_RE3D = {"Person": "person", "Organisation": "organisation", "Location": "place",
         "Nationality": "place", "MilitaryPlatform": "other"}  # fmt: skip
_GUM = {"person": "person", "organization": "organisation", "place": "place", "event": "other"}
_GUM_GENRES = frozenset({"news", "interview", "bio", "court", "speech", "academic"})
"""The genres of GUM whose licences let a model trained on them be shipped."""
_NOT_OURS = "BBC"
"""The part of re3d whose licence does not."""
_HOUSE = {"person": "person", "organisation": "organisation", "government": "place"}
_PRONOUNS = frozenset(
    "he she it they i you we who his her him them their its my our your this that".split()
)
_JOINING = frozenset("of for and the de van bin al on in & to".split())
_JOINED_LEFT = re.compile(r"([A-Z][\w.’'-]*|of|for|and|the|de|van|bin|al) $")
_JOINED_RIGHT = re.compile(r" ((?:(?:of|for|and|the|de) )*[A-Z][\w.’'-]*)")
_NO_SPACE_BEFORE = frozenset({*",.;:)'’%!?]", "'s", "’s", "n't"})
_LONGEST_PERSON = 4


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text with its names, each a span and a kind of `labels.NAMES`.

    Where `is_partial`, further words with capitals may be names too.
    """

    text: str
    names: tuple[tuple[Span, str], ...]
    is_partial: bool = False

    @property
    def stretches(self) -> list[Span]:
        """The lines of the text that hold something, by offsets."""
        return [found.span() for found in re.finditer(r"[^\s][^\n]*", self.text)]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name of a place in a text, and whether it stands for who acts there."""

    text: str
    span: Span
    is_acting: bool


def read_ewt(data: Path) -> list[NamedText]:
    """Read Universal NER's English web sentences (`entities/uner_ewt`)."""
    return list(_tagged(data / "entities" / "uner_ewt" / "train.jsonl", _EWT))


def read_crossner(data: Path, part: str) -> list[NamedText]:
    """Read CrossNER's sentences on politics (`entities/crossner_politics/PART.jsonl`)."""
    return list(_tagged(data / "entities" / "crossner_politics" / f"{part}.jsonl", _CROSSNER))


def read_re3d(data: Path) -> list[NamedText]:
    """Read the reports of re3d (`entities/re3d`), without the part that may not be shipped."""
    texts = []
    for line in _lines(data / "entities" / "re3d" / "all.jsonl"):
        if _NOT_OURS not in line["subset"]:
            names = [
                ((start + 4 if words.lower().startswith("the ") else start, end), _RE3D[kind])
                for start, end, kind, words in line["entities"]
                if kind in _RE3D and re.search("[A-Z]", words)
            ]
            texts.append(NamedText(line["text"], _without_overlaps(names)))
    return texts


def read_gum(data: Path) -> list[NamedText]:
    """Read GUM's mentions whose head has a capital (`entities/gum`): the head and what it joins."""
    texts = []
    for line in _lines(data / "entities" / "gum" / "train.jsonl"):
        if line["genre"] in _GUM_GENRES:
            names = [
                (_name_around(line["text"], one), _GUM[one["type"]])
                for one in line["mentions"]
                if one["type"] in _GUM and _is_name(line["text"], one["head_span"])
            ]
            texts.append(NamedText(line["text"], _without_overlaps(names)))
    return texts


def read_house(data: Path, keep: Iterable[str]) -> list[NamedText]:
    """Read the actors of annotated articles (`annotated/`), of which `keep` names the ids."""
    folder, kept = data / "annotated", set(keep)
    gold = {one["doc_id"]: one["actors"] for one in json.loads((folder / "gold.json").read_bytes())}
    texts = []
    for one in read_annotated(folder / "articles.jsonl", folder / "gold.json"):
        if one.doc_id in kept:
            parties = {
                surface
                for actor in gold[one.doc_id]
                if actor["type"] == "party"
                for surface in actor["surfaces"]
            }
            words_of_names = {word for actor in gold[one.doc_id] for word in actor["name"].split()}
            names = [
                named
                for span, kind in one.mentions
                for named in _house_name(one.text, span, kind, parties, words_of_names)
            ]
            texts.append(NamedText(one.text, _without_overlaps(names), is_partial=True))
    return texts


def read_places(data: Path) -> list[NamedPlace]:
    """Read ReLocaR's metonyms (`entities/relocar_metonymy`)."""
    return [
        NamedPlace(line["text"], tuple(line["span"]), line["label"] == "met")
        for line in _lines(data / "entities" / "relocar_metonymy" / "train.jsonl")
    ]


def _tagged(path: Path, kinds: Mapping[str, str]) -> Iterator[NamedText]:
    for line in _lines(path):
        text, places = _joined(line["tokens"])
        names: list[tuple[Span, str]] = []
        for (start, end), label in zip(places, line["labels"], strict=True):
            begin, _, kind = label.partition("-")
            if begin == "B":
                names.append(((start, end), kinds[kind]))
            elif begin == "I":
                names[-1] = (names[-1][0][0], end), names[-1][1]
        yield NamedText(text, tuple(names))


def _joined(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    text, places = "", []
    for number, token in enumerate(tokens):
        if text and token not in _NO_SPACE_BEFORE and tokens[number - 1] not in ("(", "["):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def _is_name(text: str, span: Sequence[int]) -> bool:
    head = text[span[0] : span[1]]
    return head[:1].isupper() and head.lower() not in _PRONOUNS and head not in TITLE_HEADS


def _name_around(text: str, mention: Mapping) -> Span:
    start, end = mention["head_span"]
    while found := _JOINED_LEFT.search(text[mention["start"] : start]):
        if found[1].rstrip(".") in TITLE_HEADS:
            break
        start -= len(found[0])
    while found := _JOINED_RIGHT.match(text[end : mention["end"]]):
        end += len(found[0])
    while found := re.match(r"(?:of|for|and|the) ", text[start:end]):
        start += len(found[0])
    return start, end


def _house_name(
    text: str, span: Span, kind: str, parties: set[str], words_of_names: set[str]
) -> Iterator[tuple[Span, str]]:
    """Give the name in a mention of an annotated actor, if it is one: no title, no "the"."""
    words = text[span[0] : span[1]]
    if kind not in _HOUSE:
        return
    name = words.removeprefix("the ").removeprefix("The ")
    parts = name.split()
    if kind == "person":
        while len(parts) > 1 and parts[0] not in words_of_names:
            parts = parts[1:]
        if len(parts) > _LONGEST_PERSON or parts[-1].rstrip(".’'s") not in words_of_names:
            return
        name = name[name.index(parts[0]) :] if len(parts) > 1 else parts[0]
    is_whole = all(part[:1].isupper() or part in _JOINING for part in parts)
    if is_whole and name.lower() not in _PRONOUNS:
        start = span[1] - len(name)
        yield (start, span[1]), "party" if words in parties else _HOUSE[kind]


def _without_overlaps(names: Iterable[tuple[Span, str]]) -> tuple[tuple[Span, str], ...]:
    """Keep the longer of two names that share words."""
    kept: list[tuple[Span, str]] = []
    for span, kind in sorted(set(names), key=lambda one: one[0][0] - one[0][1]):
        if all(span[1] <= start or end <= span[0] for (start, end), _ in kept):
            kept.append((span, kind))
    return tuple(sorted(kept))


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)

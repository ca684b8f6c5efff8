"""The annotated corpora as documents of one shape: text, attributions, mentions, antecedents."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique import dumps

Span = tuple[int, int]

_MENTION_KINDS = {
    "person": "person",
    "government": "government",
    "group": "group",
    "organisation": "organisation",
    "international_organisation": "organisation",
    "party": "organisation",
    "armed_force": "organisation",
    "media": "organisation",
}
_GUM_GENRES = frozenset({"news", "interview", "bio", "court", "speech"})
"""The genres of GUM whose licences let a model trained on them be shipped."""
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "i", "we"})
_BEGINNING = 300
"""Letters by which an article is known again, however it was delivered."""
_CUE_WITHIN = 400
_SOURCE_WITHIN = 1500


@dataclass(frozen=True, slots=True)
class Attribution:
    """One annotated attribution; a split quotation has several content spans."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated text.

    `guideline` names the guide it was annotated by; `attributions` is None where nobody annotated
    it, and a student learns from its teachers alone. `mentions` are spans with a kind, None where
    the corpus has none. `antecedents` pairs the start of an expression with the start of what it
    takes up, or with None where it takes up nothing before it.
    """

    doc_id: str
    guideline: str
    text: str
    attributions: tuple[Attribution, ...] | None
    mentions: tuple[tuple[Span, str], ...] | None = None
    antecedents: tuple[tuple[int, int | None], ...] = ()

    @property
    def stretches(self) -> list[Span]:
        """The lines of the text that hold something, by offsets."""
        return [found.span() for found in re.finditer(r"[^\s][^\n]*", self.text)]


def is_held_out(doc_id: str) -> bool:
    """Tell whether an annotated article is kept out of training: one in five, by its id."""
    return hashlib.sha256(doc_id.encode()).digest()[0] % 5 == 0


def read_polnear(data: Path, part: str) -> list[Document]:
    """Read PolNeAR (`attribution/polnear/PART.jsonl`)."""
    return [
        Document(line["doc_id"], "polnear", line["text"], _attributions(line))
        for line in _lines(data / "attribution" / "polnear" / f"{part}.jsonl")
    ]


def read_gum(data: Path, part: str) -> list[Document]:
    """Read GUM's attribution and coreference (`attribution/gum_attribution`, `entities/gum`)."""
    entities = {
        line["doc_id"]: line for line in _lines(data / "entities" / "gum" / f"{part}.jsonl")
    }
    documents = []
    for line in _lines(data / "attribution" / "gum_attribution" / f"{part}.jsonl"):
        if line["genre"] not in _GUM_GENRES:
            continue
        known = entities.get(line["doc_id"])
        same_text = known is not None and known["text"] == line["text"]
        antecedents = tuple(_gum_antecedents(known)) if same_text else ()
        documents.append(
            Document(
                line["doc_id"], "gum", line["text"], _attributions(line), antecedents=antecedents
            )
        )
    return documents


def read_annotated(articles: Path, gold: Path) -> list[Document]:
    """Read articles annotated end to end by the project's own guide."""
    annotations = {one["doc_id"]: one for one in json.loads(gold.read_text("utf8"))}
    documents = []
    for line in _lines(articles):
        doc_id = line.get("doc_id") or line["url"].rsplit("/", 1)[1]
        documents.append(_annotated(doc_id, line["text"], annotations[doc_id]))
    return documents


def read_dumps(folder: Path, seen: Iterable[str]) -> list[Document]:
    """Read the English articles of a dump folder that are none of the `seen` texts, unannotated."""
    known = {_beginning(text) for text in seen}
    documents = []
    for file in dumps.list_files(folder):
        for article in dumps.read_file(folder, file, dump_date=date(2026, 1, 1)).articles:
            beginning = _beginning(article.body_text)
            is_article = article.language_code == "en" and len(beginning) == _BEGINNING
            if is_article and beginning not in known:
                known.add(beginning)
                documents.append(
                    Document(article.article_version_id, "house", article.body_text, None)
                )
    return documents


def _beginning(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))[:_BEGINNING]


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def _attributions(line: dict) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(*(tuple((a, b) for a, b in one[role]) for role in ("source", "cue", "content")))
        for one in line["attributions"]
        if one["content"]
    )


def _annotated(doc_id: str, text: str, gold: dict) -> Document:
    merged: dict[tuple[Span, ...], Attribution] = {}
    spoken: list[tuple[int, str]] = []
    before = 0
    for statement in gold["statements"]:
        content = tuple(_contents(text, statement["spans"], before))
        if not content:
            continue
        before = content[0][0]
        speaker = statement["speaker"]
        cue = _nearest(text, statement["cue"], content, content, _CUE_WITHIN)
        source = _nearest(text, speaker["surface"], (cue,) if cue else content, content,
                          _SOURCE_WITHIN)  # fmt: skip
        known = merged.get(content, Attribution((), (), content))
        sources = {*known.source, *([source] if source else [])}
        cues = {*known.cue, *([cue] if cue else [])}
        merged[content] = Attribution(tuple(sorted(sources)), tuple(sorted(cues)), content)
        if source:
            who = speaker["actor"] or f"unnamed {speaker['descriptor']}"
            spoken.append((source[0], who))
    mentions = tuple(_actor_mentions(text, gold["actors"]))
    return Document(
        doc_id,
        "house",
        text,
        tuple(sorted(merged.values(), key=lambda one: one.content)),
        tuple((span, kind) for span, kind, _ in mentions),
        tuple(_antecedents(spoken, [(span[0], name) for span, _, name in mentions])),
    )


def _contents(text: str, spans: Iterable[str], before: int) -> Iterator[Span]:
    for words in spans:
        places = [found.start() for found in re.finditer(re.escape(words), text)]
        if places:
            start = min(places, key=lambda place: abs(place - before))
            before = start + len(words)
            yield start, before


def _nearest(
    text: str, words: str | None, anchors: Iterable[Span], content: Iterable[Span], within: int
) -> Span | None:
    """Find the occurrence of some words that stands nearest to the anchors, outside the content."""
    if not words:
        return None
    best, best_distance = None, within
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        if any(found.start() < end and start < found.end() for start, end in content):
            continue
        for start, end in anchors:
            away = max(start - found.end(), found.start() - end, 0)
            if away < best_distance:
                best, best_distance = found.span(), away
    return best


def _actor_mentions(text: str, actors: list[dict]) -> Iterator[tuple[Span, str, str]]:
    surfaces = sorted(
        (
            (surface, _MENTION_KINDS[actor["type"]], actor["name"])
            for actor in actors
            for surface in actor["surfaces"]
        ),
        key=lambda one: -len(one[0]),
    )
    taken = bytearray(len(text))
    found_all = []
    for surface, kind, name in surfaces:
        for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(taken[found.start() : found.end()]):
                taken[found.start() : found.end()] = b"\1" * len(found[0])
                found_all.append((found.span(), kind, name))
    yield from sorted(found_all)


def _antecedents(
    spoken: list[tuple[int, str]], mentions: list[tuple[int, str]]
) -> Iterator[tuple[int, int | None]]:
    for place, who in sorted(set(spoken)):
        before = [start for start, name in [*mentions, *spoken] if name == who and start < place]
        named = [start for start, name in mentions if name == who and start < place]
        yield place, max(named or before, default=None)


def _gum_antecedents(line: dict) -> Iterator[tuple[int, int | None]]:
    text = line["text"]
    nearest: dict[str, int] = {}
    for mention in sorted(line["mentions"], key=lambda one: (one["start"], -one["end"])):
        words = text[mention["start"] : mention["end"]].lower()
        is_pronoun = words in _PRONOUNS
        if mention["type"] in ("person", "organization", "place") or is_pronoun:
            known = nearest.get(mention["coref_id"])
            if is_pronoun or words.startswith("the ") or known is not None:
                yield mention["start"], known
        if not is_pronoun:
            nearest[mention["coref_id"]] = mention["start"]

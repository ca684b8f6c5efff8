"""Fitting the confidence of stances on annotated articles, and what it is worth on others."""

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from communique import dumps
from communique.positions.confidence import Showing
from communique.positions.passages import read_stretches
from communique.progress import count_up
from communique.records import Entity, Extraction, Stance
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge
from communique.training.calibration import curve_of, fit_logistic, same_name, sigmoid
from communique.training.corpora import is_held_out
from communique.training.positions.readings import hash_of, read_readings

_THRESHOLDS = [round(0.05 * step, 2) for step in range(3, 16)]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found in one article, with what spoke for it, and what a reader annotated."""

    gold: Mapping
    extraction: Extraction
    stances: Sequence[Stance]
    showings: Sequence[Showing]


def calibrate(settings: Settings, data: Path, weights: Path) -> dict:
    """Fit confidence on annotated articles (`confidence.json`) and measure stances on the held-out.

    An article of which a sentence was read for training is not held out any more.

    A stance is right where the annotation has its proposition and position in the article, of the
    holder or of whom the holder speaks for.
    """
    known, articles = _judge(settings, data, weights)
    # The held-out articles are too few to fit on. The network was trained on the others and is
    # a little too sure there; the reliability on the held-out ones shows how little.
    fitted = fit_logistic(_features(known), _rights(known))
    features, right = _features(articles), _rights(articles)
    least = [one.least for one in _showings(articles)]
    chances = np.maximum(sigmoid(features @ fitted), least)
    names = ["constant", *(field.name for field in dataclasses.fields(Showing))]
    content = {"names": names, "weights": [round(float(w), 4) for w in fitted]}
    (weights / "confidence.json").write_text(json.dumps(content, indent=1) + "\n", "utf8")
    by_threshold = [_measure(articles, chances, threshold) for threshold in _THRESHOLDS]
    best = max(by_threshold, key=lambda one: one["f1"])
    return {
        "articles": len(articles),
        "found": len(right),
        "reliability": curve_of(chances, right),
        "by_threshold": by_threshold,
        "best": best,
        "confusion": _confusion(articles, chances, best["threshold"]),
    }


def _judge(settings: Settings, data: Path, weights: Path) -> tuple[list[_Judged], list[_Judged]]:
    """Judge the annotated articles that the network was trained on, and the held-out ones."""
    seen: list[Showing] = []

    def remember(showing: Showing) -> float:
        seen.append(showing)
        return float(len(seen) - 1)

    extractor = load_extractor(settings)
    judge = load_judge(settings, weights=weights, confidence=remember)
    folder = data / "annotated"
    gold = {one["doc_id"]: one for one in json.loads((folder / "gold.json").read_text("utf8"))}
    read = {one.sentence for one in read_readings()}
    judged: tuple[list[_Judged], list[_Judged]] = ([], [])
    articles = dumps.read_file(folder, "articles.jsonl", dump_date=date(2026, 1, 1)).articles
    with count_up("confidence", len(gold)) as tell:
        for article in articles:
            wanted = gold[(article.canonical_url or "").rsplit("/", 1)[1]]
            blocks = dumps.label_blocks(article)
            extraction = extractor.extract(article, blocks)
            stances = judge.judge(article, blocks, extraction)
            showings = [seen[int(one.confidence)] for one in stances]
            stretches = read_stretches(article, blocks)
            sentences = {hash_of(article.body_text[start:end]) for start, end, _ in stretches}
            part = judged[is_held_out(wanted["doc_id"]) and sentences.isdisjoint(read)]
            part.append(_Judged(wanted, extraction, stances, showings))
            tell(1)
    return judged


def _showings(articles: Sequence[_Judged]) -> list[Showing]:
    return [showing for one in articles for showing in one.showings]


def _features(articles: Sequence[_Judged]) -> np.ndarray:
    return np.array([showing.features() for showing in _showings(articles)])


def _rights(articles: Sequence[_Judged]) -> np.ndarray:
    return np.array([is_right for one in articles for is_right in _right(one)], float)


def _wanted(gold: Mapping) -> dict[tuple[str, str, str], Mapping]:
    return {
        (one["holder"], one["proposition_id"], one["position"]): one
        for one in gold["stances"]
        if one["expression"] != "imputed"
    }


def _is_of(wanted: Mapping, stance: Stance, entities: Mapping[int, Entity]) -> bool:
    name = entities[stance.holder_entity_number].entity_name
    return any(wanted[who] and same_name(wanted[who], name) for who in ("holder", "on_behalf_of"))


def _right(one: _Judged) -> list[bool]:
    entities = {entity.entity_number: entity for entity in one.extraction.entities}
    wanted = _wanted(one.gold)
    return [
        any(
            key[1:] == (stance.proposition_id, stance.position) and _is_of(gold, stance, entities)
            for key, gold in wanted.items()
        )
        for stance in one.stances
    ]


def _kept(
    articles: Sequence[_Judged], chances: np.ndarray, threshold: float
) -> list[dict[tuple[str, str, str], Stance]]:
    """Give for each article its stances from a threshold on, once by holder and position."""
    kept, first = [], 0
    for one in articles:
        names = {entity.entity_number: entity.entity_name for entity in one.extraction.entities}
        kept.append(
            {
                (names[stance.holder_entity_number], stance.proposition_id, stance.position): stance
                for stance, chance in zip(one.stances, chances[first:], strict=False)
                if chance >= threshold and stance.expression != "imputed"
            }
        )
        first += len(one.stances)
    return kept


def _measure(articles: Sequence[_Judged], chances: np.ndarray, threshold: float) -> dict:
    hits = given = annotated = 0
    for one, kept in zip(articles, _kept(articles, chances, threshold), strict=True):
        entities = {entity.entity_number: entity for entity in one.extraction.entities}
        wanted, left = _wanted(one.gold), list(kept.values())
        annotated, given = annotated + len(wanted), given + len(left)
        for key, gold in wanted.items():
            twin = next(
                (
                    stance
                    for stance in left
                    if key[1:] == (stance.proposition_id, stance.position)
                    and _is_of(gold, stance, entities)
                ),
                None,
            )
            if twin:
                hits += 1
                left.remove(twin)
    precision, recall = hits / max(given, 1), hits / max(annotated, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = {"threshold": threshold, "precision": precision, "recall": recall, "f1": f1}
    return {name: round(value, 3) for name, value in figures.items()}


def _confusion(
    articles: Sequence[_Judged], chances: np.ndarray, threshold: float
) -> dict[str, int]:
    """Count annotated against found positions ("oppose as none") of one holder on one question."""
    counts: Counter[str] = Counter()
    for one, kept in zip(articles, _kept(articles, chances, threshold), strict=True):
        entities = {entity.entity_number: entity for entity in one.extraction.entities}
        left = list(kept.values())
        for gold in _wanted(one.gold).values():
            alike = [
                stance
                for stance in left
                if stance.proposition_id == gold["proposition_id"]
                and _is_of(gold, stance, entities)
            ]
            twin = min(alike, key=lambda s: s.position != gold["position"], default=None)
            counts[f"{gold['position']} as {twin.position if twin else 'none'}"] += 1
            if twin:
                left.remove(twin)
        for stance in left:
            counts[f"none as {stance.position}"] += 1
    return dict(sorted(counts.items()))

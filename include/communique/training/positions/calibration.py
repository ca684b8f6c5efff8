"""Fitting the confidence of stances on articles that were not trained on, and what it is worth."""

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
from communique.positions.judge import CLAIMED
from communique.records import Entity, Extraction, Stance
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge
from communique.training.calibration import curve_of, fit_logistic, same_name, sigmoid
from communique.training.corpora import is_held_out

_THRESHOLDS = [round(0.05 * step, 2) for step in range(3, 16)]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found in one article, with what spoke for it, and what a reader annotated."""

    gold: Mapping
    extraction: Extraction
    stances: Sequence[Stance]
    showings: Sequence[Showing]


def calibrate(settings: Settings, data: Path, weights: Path) -> dict:
    """Fit confidence on the held-out annotated articles (`confidence.json`) and measure stances.

    A stance is right where the annotation has its proposition and position in the article, of the
    holder or of whom the holder speaks for. The figures by threshold are those of weights fitted on
    the other half of the articles.
    """
    articles = _judge(settings, data, weights)
    showings = [showing for one in articles for showing in one.showings]
    features = np.array([showing.features() for showing in showings])
    right = np.array([is_right for one in articles for is_right in _right(one)], float)
    half = np.array([number % 2 for number, one in enumerate(articles) for _ in one.showings])
    chances = np.zeros(len(showings))
    for part in (0, 1):
        fitted = fit_logistic(features[half != part], right[half != part])
        chances[half == part] = sigmoid(features[half == part] @ fitted)
    # What the wording claims counts as the rules measure it, at least.
    chances = np.maximum(chances, [CLAIMED * bool(one.claim_confidence) for one in showings])
    fitted = fit_logistic(features, right)
    names = ["constant", *(field.name for field in dataclasses.fields(Showing))]
    content = {"names": names, "weights": [round(float(w), 4) for w in fitted]}
    (weights / "confidence.json").write_text(json.dumps(content, indent=1) + "\n", "utf8")
    by_threshold = [_measure(articles, chances, threshold) for threshold in _THRESHOLDS]
    best = max(by_threshold, key=lambda one: one["f1"])
    return {
        "articles": len(articles),
        "found": len(showings),
        "reliability": curve_of(chances, right),
        "by_threshold": by_threshold,
        "best": best,
        "confusion": _confusion(articles, chances, best["threshold"]),
    }


def _judge(settings: Settings, data: Path, weights: Path) -> list[_Judged]:
    seen: list[Showing] = []

    def remember(showing: Showing) -> float:
        seen.append(showing)
        return float(len(seen) - 1)

    extractor = load_extractor(settings)
    judge = load_judge(settings, weights=weights, confidence=remember)
    folder = data / "annotated"
    gold = {one["doc_id"]: one for one in json.loads((folder / "gold.json").read_text("utf8"))}
    judged = []
    for article in dumps.read_file(folder, "articles.jsonl", dump_date=date(2026, 1, 1)).articles:
        wanted = gold[(article.canonical_url or "").rsplit("/", 1)[1]]
        if is_held_out(wanted["doc_id"]):
            blocks = dumps.label_blocks(article)
            extraction = extractor.extract(article, blocks)
            stances = judge.judge(article, blocks, extraction)
            showings = [seen[int(one.confidence)] for one in stances]
            judged.append(_Judged(wanted, extraction, stances, showings))
    return judged


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

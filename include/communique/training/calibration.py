"""Fitting the confidence of statements, and the curve that shows what it is worth."""

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from communique import dumps
from communique.extraction.model.confidence import Evidence
from communique.extraction.model.network import Network
from communique.records import Extraction, Statement
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.training.corpora import is_held_out
from communique.training.reliability import draw
from communique.training.spans import match

_WORD = re.compile(r"\w+")
_NO_NAME = frozenset({"the", "a", "an", "of", "government", "president", "minister", "senator"})
_RIDGE = 1.0
_BINS = 10


def calibrate(settings: Settings, data: Path, weights: Path) -> dict:
    """Fit confidence on the held-out annotated articles: `confidence.json`, `reliability.svg`.

    Gives the reliability curve: for each band of confidence how many statements and what share
    of them was right, each judged by weights fitted on the other half of the articles.
    """
    judged = list(_judge(settings, data, weights))
    features = np.array([evidence.features() for _, evidence, _ in judged])
    right = np.array([is_right for _, _, is_right in judged], float)
    half = np.array([number % 2 for number, _, _ in judged])
    chances = np.zeros(len(judged))
    for part in (0, 1):
        fitted = fit_logistic(features[half != part], right[half != part])
        chances[half == part] = sigmoid(features[half == part] @ fitted)
    fitted = fit_logistic(features, right)
    names = ["constant", *(field.name for field in dataclasses.fields(Evidence))]
    content = {"names": names, "weights": [round(float(w), 4) for w in fitted]}
    (weights / "confidence.json").write_text(json.dumps(content, indent=1) + "\n", "utf8")
    curve = curve_of(chances, right)
    (weights / "reliability.svg").write_text(draw(curve), "utf8")
    return {"statements": len(judged), "reliability": curve}


def _judge(settings: Settings, data: Path, weights: Path) -> Iterator[tuple[int, Evidence, bool]]:
    """Give what speaks for each found statement, and whether it is one with the right speaker."""
    seen: list[Evidence] = []

    def remember(evidence: Evidence) -> float:
        seen.append(evidence)
        return float(len(seen) - 1)

    extractor = load_extractor(settings, network=Network(weights), confidence=remember)
    folder = data / "annotated"
    gold = {one["doc_id"]: one for one in json.loads((folder / "gold.json").read_text("utf8"))}
    articles = dumps.read_file(folder, "articles.jsonl", dump_date=date(2026, 1, 1)).articles
    for number, article in enumerate(articles):
        wanted = gold[(article.canonical_url or "").rsplit("/", 1)[1]]
        if not is_held_out(wanted["doc_id"]):
            continue
        found = extractor.extract(article, dumps.label_blocks(article))
        right = _right(wanted, found)
        for one in found.statements:
            yield number, seen[int(one.confidence)], one.statement_id in right


def _right(gold: dict, found: Extraction) -> set[str]:
    wanted = [_numbered(_words(" ".join(one["spans"]))) for one in gold["statements"]]
    given = [_numbered(_words(one.content_text)) for one in found.statements]
    return {
        found.statements[j].statement_id
        for i, j in match(wanted, given)
        if _same_speaker(gold["statements"][i]["speaker"], found.statements[j], found)
    }


def _same_speaker(speaker: dict, statement: Statement, found: Extraction) -> bool:
    source = next(one for one in found.sources if one.source_number == statement.source_number)
    entity = next(
        (one for one in found.entities if one.entity_number == source.entity_number), None
    )
    if speaker["actor"] is None:
        wanted = set(_words(f"{speaker['descriptor']} {speaker['surface']}"))
        return entity is None and bool(wanted & set(_words(source.descriptor or "")))
    return entity is not None and same_name(speaker["actor"], entity.entity_name)


def same_name(wanted: str, given: str) -> bool:
    """Compare the name of an annotated actor with one that was found, titles left aside."""
    wanted_words, given_words = (
        [word for word in _words(name) if word not in _NO_NAME] for name in (wanted, given)
    )
    shared = set(wanted_words) & set(given_words)
    return bool(shared) and (wanted_words[-1] == given_words[-1] or set(wanted_words) == shared)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _numbered(words: Sequence[str]) -> frozenset:
    """Tell repetitions of a word apart, so that bags of words can be sets."""
    counts: dict[str, int] = {}
    numbered = []
    for word in words:
        counts[word] = counts.get(word, 0) + 1
        numbered.append((word, counts[word]))
    return frozenset(numbered)


def fit_logistic(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Fit a logistic regression of 0 or 1 by Newton's method, with a little ridge."""
    weights = np.zeros(features.shape[1])
    ridge = _RIDGE * np.eye(features.shape[1])
    ridge[0, 0] = 0
    for _ in range(30):
        chances = sigmoid(features @ weights)
        slope = features.T @ (right - chances) - ridge @ weights
        bend = (features * (chances * (1 - chances))[:, None]).T @ features + ridge
        weights += np.linalg.solve(bend + 1e-9 * np.eye(len(weights)), slope)
    return weights


def sigmoid(scores: np.ndarray) -> np.ndarray:
    """Give the chances that scores stand for."""
    return 1 / (1 + np.exp(-scores))


def curve_of(chances: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """Give for each band of confidence how many there are and which share was right."""
    bands = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    return [
        {
            "from": band / _BINS,
            "to": (band + 1) / _BINS,
            "statements": int((bands == band).sum()),
            "confidence": round(float(chances[bands == band].mean()), 3),
            "right": round(float(right[bands == band].mean()), 3),
        }
        for band in range(_BINS)
        if (bands == band).any()
    ]

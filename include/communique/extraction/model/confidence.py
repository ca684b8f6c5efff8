"""How sure a statement is: the network's chances and the kind of source, calibrated."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

_SLIGHT = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for one statement.

    `span_chance` and `link_chance` (0..1) are the network's for the content and for its source;
    the rest says in what words the source stands.
    """

    span_chance: float
    link_chance: float
    is_pronoun: bool
    is_inherited: bool
    is_named: bool
    is_inner: bool

    def features(self) -> list[float]:
        """Give the numbers that are weighed, the constant first."""
        return [1.0, log_odds(self.span_chance), log_odds(self.link_chance),
                *(float(flag) for flag in astuple(self)[2:])]  # fmt: skip


ConfidenceOf = Callable[[Evidence], float]


def load_confidence(folder: Path) -> ConfidenceOf:
    """Read the weights that training fitted (`confidence.json`).

    What it gives is the chance (0..1, two places) that the statement is one and has the right
    speaker, as measured on articles that were not trained on.
    """
    chance = read_logistic(folder / "confidence.json")
    return lambda evidence: chance(evidence.features())


def read_logistic(file: Path) -> Callable[[Sequence[float]], float]:
    """Read the `weights` of a logistic regression: features to a chance (0..1, two places)."""
    weights = json.loads(file.read_text("utf8"))["weights"]

    def chance(features: Sequence[float]) -> float:
        score = sum(w * x for w, x in zip(weights, features, strict=True))
        return round(1 / (1 + math.exp(-score)), 2)

    return chance


def log_odds(chance: float) -> float:
    """Give the logarithm of the odds of a chance, which is kept off 0 and 1."""
    inside = min(max(chance, _SLIGHT), 1 - _SLIGHT)
    return math.log(inside / (1 - inside))

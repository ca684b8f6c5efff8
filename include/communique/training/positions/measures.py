"""How well a judge answers questions of corpora that it was not trained on."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from communique.training.positions.examples import POSITIONS
from communique.training.positions.material import Pair


def measure_pairs(pairs: Sequence[Pair], chances: Tensor) -> dict[str, float]:
    """Give accuracy on Perspectrum and macro F1 on NewsMTSC's tones, as their authors do.

    Both have no "none", so the best of the others counts.
    """
    positions = chances[:, 1:].argmax(1).numpy() + 1
    wanted = np.array([int(np.argmax(one.target)) for one in pairs])
    kinds = np.array([one.kind for one in pairs])
    claims, tones = kinds == "perspectrum-dev", kinds == "newsmtsc"
    return {
        "perspectrum_dev_accuracy": round(float((positions == wanted)[claims].mean()), 3),
        "newsmtsc_macro_f1": round(_macro_f1(wanted[tones], positions[tones]), 3),
        "newsmtsc_sentences": int(tones.sum()),
    }


def _macro_f1(wanted: np.ndarray, given: np.ndarray) -> float:
    scores = []
    for number in range(1, len(POSITIONS)):
        both = int(((wanted == number) & (given == number)).sum())
        either = int((wanted == number).sum() + (given == number).sum())
        scores.append(2 * both / max(either, 1))
    return float(np.mean(scores))

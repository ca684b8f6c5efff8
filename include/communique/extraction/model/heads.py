"""Small heads on the encoder's word vectors: who is named, and which places act."""

from pathlib import Path

import numpy as np

from communique.extraction.model.decoding import TagSpan, best_chains, softmax, spell
from communique.extraction.model.labels import NAMES

VECTOR_SIZE = 768
"""Numbers a word: its vector in the middle of the encoder, then at its end."""


class Heads:
    """The heads whose numbers lie in one file, `heads.npz`.

    Names: a convolution over three words, a layer of scores and a chain of tags. Acting: a logistic
    regression on the words at both ends of a name and the words beside it.
    """

    def __init__(self, file: Path) -> None:
        numbers = {name: array.astype(np.float32) for name, array in np.load(file).items()}
        self._mean, self._scale = numbers["mean"], numbers["scale"]
        self._around, self._around_bias = numbers["around"], numbers["around_bias"]
        self._scores, self._scores_bias = numbers["scores"], numbers["scores_bias"]
        self._transitions, self._starts = numbers["transitions"], numbers["starts"]
        self._acting, self._acting_bias = numbers["acting"], numbers["acting_bias"]

    def names(self, vectors: np.ndarray) -> list[TagSpan]:
        """Find the names in the word vectors (words, VECTOR_SIZE) of one window.

        A span's role is person, organisation, party, place or other.
        """
        hidden = np.maximum(beside(self._scaled(vectors)) @ self._around + self._around_bias, 0)
        scores = (hidden @ self._scores + self._scores_bias)[None]
        lengths = np.array([len(vectors)])
        chain = best_chains(scores, lengths, self._transitions, self._starts)[0]
        return list(spell(chain, softmax(scores[0]), NAMES))

    def acting(self, vectors: np.ndarray, first: int, last: int) -> float:
        """Say how likely the place named by words `first` to `last` stands for who acts there."""
        score = ends(self._scaled(vectors), first, last) @ self._acting + self._acting_bias
        return float(1 / (1 + np.exp(-score[0])))

    def _scaled(self, vectors: np.ndarray) -> np.ndarray:
        return (vectors - self._mean) * self._scale


def beside(vectors: np.ndarray) -> np.ndarray:
    """Put each word's vector between its neighbours': (words, size) to (words, 3 * size)."""
    none = np.zeros_like(vectors[:1])
    return np.concatenate(
        [np.concatenate([none, vectors[:-1]]), vectors, np.concatenate([vectors[1:], none])], 1
    )


def ends(vectors: np.ndarray, first: int, last: int) -> np.ndarray:
    """Give the vectors of a name's first and last word and of the words before and behind it."""
    none = np.zeros_like(vectors[0])
    before = vectors[first - 1] if first else none
    behind = vectors[last + 1] if last + 1 < len(vectors) else none
    return np.concatenate([vectors[first], vectors[last], before, behind])

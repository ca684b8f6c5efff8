"""Small heads on the encoder's word vectors: who is named, and which places act."""

from pathlib import Path

import numpy as np

from communique.extraction.model.decoding import TagSpan, best_chains, softmax, spell
from communique.extraction.model.labels import NAMES
from communique.extraction.model.session import open_session

VECTOR_SIZE = 768
"""Numbers a word: its vector in the middle of the encoder, then at its end."""


class Heads:
    """The heads in a folder: `names.onnx`, and the numbers of `heads.npz`.

    Names: a convolution over three words, a layer of scores and a chain of tags. Acting: a logistic
    regression on the words at both ends of a name and the words beside it.
    """

    def __init__(self, folder: Path) -> None:
        stored = np.load(folder / "heads.npz")
        numbers = {name: array.astype(np.float32) for name, array in stored.items()}
        self._session = open_session(folder / "names.onnx")
        self._mean, self._scale = numbers["mean"], numbers["scale"]
        self._transitions, self._starts = numbers["transitions"], numbers["starts"]
        self._acting, self._acting_bias = numbers["acting"], numbers["acting_bias"]

    def names(self, vectors: np.ndarray) -> list[TagSpan]:
        """Find the names in the word vectors (words, VECTOR_SIZE) of one window.

        A span's role is person, organisation, party, place or other.
        """
        (scores,) = self._session.run(None, {"vectors": vectors[None]})
        lengths = np.array([len(vectors)])
        chain = best_chains(scores, lengths, self._transitions, self._starts)[0]
        return list(spell(chain, softmax(scores[0]), NAMES))

    def acting(self, vectors: np.ndarray, first: int, last: int) -> float:
        """Say how likely the place named by words `first` to `last` stands for who acts there."""
        begin = max(0, first - 1)
        here = (vectors[begin : last + 2] - self._mean) * self._scale
        score = ends(here, first - begin, last - begin) @ self._acting + self._acting_bias
        return float(1 / (1 + np.exp(-score[0])))


def ends(vectors: np.ndarray, first: int, last: int) -> np.ndarray:
    """Give the vectors of a name's first and last word and of the words before and behind it."""
    none = np.zeros_like(vectors[0])
    before = vectors[first - 1] if first else none
    behind = vectors[last + 1] if last + 1 < len(vectors) else none
    return np.concatenate([vectors[first], vectors[last], before, behind])

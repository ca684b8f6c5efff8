"""Which propositions a passage may be about: one small vector a word piece, no network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from communique.positions.model.network import SHIPPED

_LONGEST = 160
"""Word pieces of a text that count."""


class Gate:
    """Compares passages with propositions by the mean of their word pieces' vectors.

    The table holds int8 vectors (pieces, size) with a float32 scale each.
    """

    def __init__(self, propositions: Sequence[str], folder: Path = SHIPPED) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        with np.load(folder / "gate.npz") as table:
            self._vectors, self._scales = table["vectors"], table["scales"]
        self._propositions = self._encode(propositions)

    def candidates(self, texts: Sequence[str], most: int, least: float) -> list[dict[int, float]]:
        """Give for each text the cosines of up to `most` propositions by number, nearest first.

        Only those whose cosine is at least `least`.
        """
        if not texts or not len(self._propositions):
            return [{} for _ in texts]
        cosines = self._encode(texts) @ self._propositions.T
        nearest = np.argsort(-cosines, axis=1)[:, :most]
        return [
            {int(number): float(row[number]) for number in numbers if row[number] >= least}
            for numbers, row in zip(nearest, cosines, strict=True)
        ]

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        means = np.zeros((len(encoded), self._vectors.shape[1]), np.float32)
        for row, one in enumerate(encoded):
            if one.ids:
                means[row] = self._scales[one.ids] @ self._vectors[one.ids].astype(np.float32)
        norms = np.linalg.norm(means, axis=1, keepdims=True)
        return means / np.maximum(norms, 1e-6)

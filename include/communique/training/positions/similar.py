"""Which propositions a sentence may be about, by the vectors of a sentence encoder."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

_LONGEST = 96
_BATCH = 128


class SentenceEncoder:
    """MiniLM as it was trained: texts to unit vectors of 384 numbers."""

    def __init__(self, folder: Path) -> None:
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModel.from_pretrained(folder, dtype=torch.float32).to(self._device).eval()

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> Tensor:
        """Give float32 (texts, 384) on the CPU; long texts count by their beginning."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        vectors = torch.empty(len(texts), self._model.config.hidden_size)
        for start in range(0, len(order), _BATCH):
            numbers = order[start : start + _BATCH]
            batch = self._tokenizer(
                [texts[number] for number in numbers],
                padding=True,
                truncation=True,
                max_length=_LONGEST,
                return_tensors="pt",
            ).to(self._device)
            pieces = self._model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            means = (pieces * mask).sum(1) / mask.sum(1)
            vectors[numbers] = functional.normalize(means, dim=1).cpu()
        return vectors


def nearest(texts: Tensor, propositions: Tensor, most: int, least: float) -> list[list[int]]:
    """Give for each text up to `most` propositions with a cosine of at least `least`."""
    cosines = texts @ propositions.T
    best = cosines.topk(min(most, cosines.shape[1]), dim=1)
    return [
        [number for number, cosine in zip(row, values, strict=True) if cosine >= least]
        for row, values in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]

"""The network in torch: an encoder over both texts of a pair, and the chances of four answers."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

ANSWERS = 4


class Reader(nn.Module):
    """Reads pairs of texts."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, dtype=torch.float32)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.answers = nn.Linear(size, ANSWERS)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Give the scores of the answers, (rows, ANSWERS), of a batch of the tokenizer."""
        pieces = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(pieces.dtype)
        return self.answers(self.dropout((pieces * mask).sum(1) / mask.sum(1)))


class Encoded:
    """Pairs as word pieces, kept as lists so that each batch is padded to its own length."""

    def __init__(self, folder: Path, longest: int) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._longest = longest
        self._rows: list[list[int]] = []
        self._types: list[list[int]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Encode more pairs; the second text is cut where both are too long."""
        found = self._tokenizer(
            [first for first, _ in pairs],
            [second for _, second in pairs],
            truncation="only_second",
            max_length=self._longest,
            return_token_type_ids=True,
        )
        self._rows += found["input_ids"]
        self._types += found["token_type_ids"]

    def length(self, number: int) -> int:
        """Count the word pieces of a pair."""
        return len(self._rows[number])

    def batch(self, numbers: Sequence[int], device: str) -> dict[str, Tensor]:
        """Pad some pairs to the longest of them."""
        longest = max(map(self.length, numbers))
        pieces = torch.full((len(numbers), longest), self._tokenizer.pad_token_id)
        mask, types = torch.zeros_like(pieces), torch.zeros_like(pieces)
        for row, number in enumerate(numbers):
            length = self.length(number)
            pieces[row, :length] = torch.tensor(self._rows[number])
            types[row, :length] = torch.tensor(self._types[number])
            mask[row, :length] = 1
        batch = {"input_ids": pieces, "attention_mask": mask}
        if "token_type_ids" in self._tokenizer.model_input_names:
            batch["token_type_ids"] = types
        return {name: tensor.to(device, non_blocking=True) for name, tensor in batch.items()}

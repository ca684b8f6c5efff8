"""The gate: a vector a word piece; it learns to compare texts from an encoder and from readers."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from communique.training.positions.similar import SentenceEncoder

_LONGEST = 160
_BATCH = 512
_RATE = 2e-3
_SHOWN, _TEMPERATURE = 0.1, 0.1
"""What the readers' word counts beside the encoder's, and how near two cosines count as one."""
_USUAL = 1e-3
"""The share of all word pieces from which one counts half."""


class _Table(nn.Module):
    def __init__(self, vectors: Tensor, weights: Tensor) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(vectors, freeze=False)
        self.weights = nn.Embedding.from_pretrained(weights.log().unsqueeze(1), freeze=False)

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        pieces = torch.tensor([piece for row in rows for piece in row])
        offsets = torch.tensor([0, *map(len, rows)]).cumsum(0)[:-1]
        shares = self.weights(pieces).squeeze(1).exp()
        means = functional.embedding_bag(
            pieces, self.vectors.weight, offsets, mode="sum", per_sample_weights=shares
        )
        return functional.normalize(means, dim=1)


def train_gate(
    tokenizer_file: Path,
    encoder: SentenceEncoder,
    texts: Sequence[str],
    vectors: Tensor,
    propositions: Sequence[str],
    shown: Sequence[tuple[str, int]],
    folder: Path,
    tell: Callable[[str], None],
    size: int = 128,
    passes: int = 4,
) -> None:
    """Write `gate.npz`; `vectors` are what the sentence encoder makes of the texts.

    The table learns the encoder's cosines of texts with each other and with the propositions, and
    that a text in `shown` is nearest to the proposition, by number, that it shows a position on.
    """
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    rows, asked = _pieces(tokenizer, texts), _pieces(tokenizer, propositions)
    showing = _pieces(tokenizer, [text for text, _ in shown])
    right = torch.tensor([number for _, number in shown])
    table = _first_table(tokenizer, encoder, rows, size)
    wanted = encoder.encode(propositions)
    optimizer = torch.optim.Adam(table.parameters(), lr=_RATE)
    chance = random.Random(11)
    numbers = list(range(len(rows)))
    steps = passes * (len(rows) // _BATCH)
    for step in range(steps):
        if step % (len(rows) // _BATCH) == 0:
            chance.shuffle(numbers)
        first = (step * _BATCH) % (len(rows) - _BATCH + 1)
        chosen = numbers[first : first + _BATCH]
        for group in optimizer.param_groups:
            group["lr"] = _RATE * (1 - step / steps)
        known = vectors[chosen].float()
        found, against = table([rows[number] for number in chosen]), table(asked)
        on_propositions = (found @ against.T - known @ wanted.T).square().mean()
        on_each_other = (found @ found.T - known @ known.T).square().mean()
        picked = chance.sample(range(len(shown)), min(_BATCH, len(shown)))
        nearness = table([showing[number] for number in picked]) @ against.T
        by_readers = functional.cross_entropy(nearness / _TEMPERATURE, right[picked])
        loss = 4 * on_propositions + on_each_other + _SHOWN * by_readers
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            tell(f"gate {step / steps:.0%}, off by {on_propositions.sqrt().item():.3f}")
    _write(table, folder / "gate.npz")


def _pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [one.ids or [0] for one in encoded]


def _first_table(
    tokenizer: Tokenizer, encoder: SentenceEncoder, rows: Sequence[Sequence[int]], size: int
) -> _Table:
    """Start from what the encoder makes of each word piece alone, in its main directions."""
    pieces = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    alone = encoder.encode([piece.removeprefix("##") for piece in pieces])
    alone = alone - alone.mean(0)
    _, _, directions = torch.pca_lowrank(alone, size, center=False, niter=4)
    counts = np.bincount([piece for row in rows for piece in row], minlength=len(pieces))
    shares = torch.tensor(counts / counts.sum(), dtype=torch.float32)
    return _Table(alone @ directions, _USUAL / (_USUAL + shares))


def _write(table: _Table, file: Path) -> None:
    weights = table.weights.weight.detach().exp()
    vectors = table.vectors.weight.detach() * weights
    scales = vectors.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    whole = (vectors / scales).round().to(torch.int8)
    np.savez_compressed(file, vectors=whole.numpy(), scales=scales.squeeze(1).numpy())

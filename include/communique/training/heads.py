"""The small heads: trained in minutes on the vectors of weights that stay as they are."""

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from communique.extraction.model.encoding import Window
from communique.extraction.model.heads import VECTOR_SIZE, ends
from communique.extraction.model.labels import NAMES, allowed, may_start
from communique.extraction.model.network import Network
from communique.training.names import NamedPlace, NamedText
from communique.training.network import chain_totals, potentials

_HIDDEN = 128
_PASSES = 14
_RATE = 1e-3
_BATCH_WORDS = 3000
_FORBIDDEN = -1e4
_FOLDS = 10
_DECAY = 0.04
"""How much the numbers of the metonymy head are held down; chosen by cross-validation."""
_STEPS = 120
_TAG = {tag: number for number, tag in enumerate(NAMES)}
_ANY = -1

Read = tuple[Window, np.ndarray]


def train_heads(
    network: Network,
    named: Sequence[NamedText],
    places: Sequence[NamedPlace],
    tell: Callable[[str], None],
    seed: int,
) -> dict[str, float]:
    """Train the heads and write `names.onnx` and `heads.npz` into the network's folder.

    Gives the accuracy of the metonymy head over ten folds, each judged by the other nine.
    """
    torch.manual_seed(seed)
    examples = [(vectors, _targets(one, window)) for one in named
                for window, vectors in _read(network, one.text, one.stretches)]  # fmt: skip
    every = np.concatenate([vectors for vectors, _ in examples])
    mean, scale = every.mean(0), 1 / (every.std(0) + 1e-5)
    tell(f"names: {len(named)} texts, {len(every):,} words")
    examples = [((vectors - mean) * scale, tags) for vectors, tags in examples]
    finder = _fit_names(examples, tell, seed)
    around = np.stack([(_ends_of(network, one) - np.tile(mean, 4)) * np.tile(scale, 4)
                       for one in places])  # fmt: skip
    acting = np.array([one.is_acting for one in places], np.float32)
    accuracy = _cross_validated(around, acting, seed)
    tell(f"acting places: {len(places)}, accuracy over {_FOLDS} folds {accuracy:.3f}")
    weight, bias = _fit_acting(around, acting)
    transitions, starts = finder.chain()
    export_names(finder, mean, scale, network.folder)
    numbers = {
        "mean": mean,
        "scale": scale,
        "transitions": transitions,
        "starts": starts,
        "acting": weight,
        "acting_bias": bias,
    }
    np.savez_compressed(
        network.folder / "heads.npz",
        **{name: np.asarray(_plain(one), np.float16) for name, one in numbers.items()},
    )
    return {"texts": len(places), "accuracy": round(accuracy, 4)}


def _read(network: Network, text: str, stretches: Sequence[tuple[int, int]]) -> list[Read]:
    return [(one.window, one.vectors) for one in network.read(text, stretches)]


def _targets(text: NamedText, window: Window) -> np.ndarray:
    """Give each word's tag, int64 (words,); -1 where it may be any."""
    tags = np.zeros(len(window.starts), np.int64)
    if text.is_partial:
        for word, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
            if start >= 0 and text.text[start:end][:1].isupper():
                tags[word] = _ANY
    for (start, end), kind in text.names:
        inside = [word for word, place in enumerate(window.starts) if start <= place < end]
        for word in inside:
            tags[word] = _TAG[f"{'B' if word == inside[0] else 'I'}-{kind}"]
    return tags


class NameFinder(nn.Module):
    """Scores the tags of names: (rows, words, VECTOR_SIZE) to (rows, words, NAMES)."""

    def __init__(self) -> None:
        super().__init__()
        self.around = nn.Linear(3 * VECTOR_SIZE, _HIDDEN)
        self.scores = nn.Linear(_HIDDEN, len(NAMES))
        self.transitions = nn.Parameter(torch.zeros(len(NAMES), len(NAMES)))
        self.starts = nn.Parameter(torch.zeros(len(NAMES)))
        self.register_buffer("illegal", torch.from_numpy(~allowed(NAMES)))
        self.register_buffer("no_start", torch.from_numpy(~may_start(NAMES)))

    def forward(self, x: Tensor) -> Tensor:
        """Look at each word between its neighbours; the vectors are scaled already."""
        x = functional.pad(functional.dropout(x, 0.2, self.training), (0, 0, 1, 1))
        x = functional.relu(self.around(torch.cat([x[:, :-2], x[:, 1:-1], x[:, 2:]], 2)))
        return self.scores(functional.dropout(x, 0.3, self.training))

    def chain(self) -> tuple[Tensor, Tensor]:
        """Give transitions (NAMES, NAMES) and starts (NAMES,), the illegal forbidden."""
        return (
            self.transitions.masked_fill(self.illegal, _FORBIDDEN),
            self.starts.masked_fill(self.no_start, _FORBIDDEN),
        )

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Give how unlikely all chains are that agree with the tags, a word."""
        transitions, starts = (one.expand(len(scores), *one.shape) for one in self.chain())
        open_ = (tags < 0)[:, :, None] | functional.one_hot(tags.clamp(0), len(NAMES)).bool()
        known = scores.masked_fill(~open_, _FORBIDDEN)
        totals = [chain_totals(potentials(one, lengths, transitions, starts))
                  for one in (scores, known)]  # fmt: skip
        return (totals[0] - totals[1]).sum() / lengths.sum()


class _ShippedNames(nn.Module):
    def __init__(self, finder: NameFinder, mean: np.ndarray, scale: np.ndarray) -> None:
        super().__init__()
        self.finder = finder
        self.register_buffer("mean", torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer("scale", torch.from_numpy(scale.astype(np.float32)))

    def forward(self, vectors: Tensor) -> Tensor:
        return self.finder((vectors - self.mean) * self.scale)


def export_names(finder: NameFinder, mean: np.ndarray, scale: np.ndarray, folder: Path) -> None:
    """Write `names.onnx`, which scores the word vectors of windows, in int8."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            _ShippedNames(finder, mean, scale).eval(),
            (torch.zeros(1, 7, VECTOR_SIZE),),
            str(plain),
            input_names=["vectors"],
            output_names=["scores"],
            dynamic_axes={name: {0: "rows", 1: "words"} for name in ("vectors", "scores")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain, folder / "names.onnx", weight_type=QuantType.QInt8, per_channel=True
        )


def _fit_names(
    examples: Sequence[tuple[np.ndarray, np.ndarray]], tell: Callable[[str], None], seed: int
) -> NameFinder:
    finder = NameFinder()
    optimizer = torch.optim.AdamW(finder.parameters(), lr=_RATE, weight_decay=0.05)
    batches = _batches(examples)
    steps = _PASSES * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    order = random.Random(seed)
    for turn in range(_PASSES):
        order.shuffle(batches)
        losses = []
        for batch in batches:
            words, tags, lengths = _padded(batch)
            loss = finder.loss(finder(words), tags, lengths)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        tell(f"names: pass {turn + 1}/{_PASSES}, loss {sum(losses) / len(losses):.4f}")
    return finder.eval()


def _batches(
    examples: Sequence[tuple[np.ndarray, np.ndarray]],
) -> list[list[tuple[np.ndarray, np.ndarray]]]:
    groups: list[list[tuple[np.ndarray, np.ndarray]]] = [[]]
    for one in sorted(examples, key=lambda one: len(one[1])):
        if groups[-1] and (len(groups[-1]) + 1) * len(one[1]) > _BATCH_WORDS:
            groups.append([])
        groups[-1].append(one)
    return groups


def _padded(batch: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[Tensor, Tensor, Tensor]:
    lengths = [len(tags) for _, tags in batch]
    words = np.zeros((len(batch), max(lengths), VECTOR_SIZE), np.float32)
    tags = np.zeros((len(batch), max(lengths)), np.int64)
    for row, (vectors, wanted) in enumerate(batch):
        words[row, : len(wanted)] = vectors
        tags[row, : len(wanted)] = wanted
    return torch.from_numpy(words), torch.from_numpy(tags), torch.tensor(lengths)


def _ends_of(network: Network, place: NamedPlace) -> np.ndarray:
    window, vectors = _read(network, place.text, [(0, len(place.text))])[0]
    inside = [word for word, (start, end) in enumerate(zip(window.starts, window.ends, strict=True))
              if start < place.span[1] and end > place.span[0]]  # fmt: skip
    return ends(vectors, inside[0], inside[-1])


def _fit_acting(around: np.ndarray, acting: np.ndarray) -> tuple[Tensor, Tensor]:
    """Fit a logistic regression: weights (4 * VECTOR_SIZE, 1) and bias (1,)."""
    head = nn.Linear(around.shape[1], 1)
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)
    x, y = torch.from_numpy(around.astype(np.float32)), torch.from_numpy(acting)
    optimizer = torch.optim.LBFGS(head.parameters(), max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(head(x)[:, 0], y)
        loss = loss + _DECAY * head.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return head.weight.T.detach(), head.bias.detach()


def _cross_validated(around: np.ndarray, acting: np.ndarray, seed: int) -> float:
    order = list(range(len(acting)))
    random.Random(seed).shuffle(order)
    right = 0
    for fold in range(_FOLDS):
        out = np.array(order[fold::_FOLDS])
        rest = np.setdiff1d(order, out)
        weight, bias = _fit_acting(around[rest], acting[rest])
        said = around[out] @ weight.numpy()[:, 0] + bias.numpy()[0] > 0
        right += int((said == acting[out].astype(bool)).sum())
    return right / len(acting)


def _plain(one: Tensor | np.ndarray) -> np.ndarray:
    return one.detach().numpy() if isinstance(one, Tensor) else one

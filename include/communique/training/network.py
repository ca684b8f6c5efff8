"""The network in torch: a MiniLM encoder, tag heads with a CRF each, mentions and links."""

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from communique.extraction.model.encoding import FEATURES
from communique.extraction.model.labels import (
    DISTANCES,
    GUIDELINES,
    LEVELS,
    LINK_SIZE,
    LINKS,
    MENTIONS,
    TAGS,
    allowed,
    distance,
    may_start,
)

_FORBIDDEN = -1e4


class _Layer(nn.Module):
    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(size, size)
        self.key = nn.Linear(size, size)
        self.value = nn.Linear(size, size)
        self.output = nn.Linear(size, size)
        self.output_norm = nn.LayerNorm(size, eps=1e-12)
        self.widen = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.narrow_norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, self.heads, size // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) / math.sqrt(size // self.heads) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(rows, length, size)
        x = self.output_norm(x + self.dropout(self.output(mixed)))
        return self.narrow_norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))


class Tagger(nn.Module):
    """Scores every word of a window.

    `forward(pieces, features, mask, firsts)` takes int64 (rows, pieces) three times and int64
    (rows, words); it gives tag scores (rows, words, GUIDELINES * LEVELS * TAGS), mention scores
    (rows, words, MENTIONS) and link vectors (rows, words, 2 * LINKS * LINK_SIZE): the pointing
    side first, then the side pointed to.
    """

    def __init__(
        self,
        layers: int = 6,
        size: int = 384,
        heads: int = 12,
        inner: int = 1536,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, size)
        self.positions = nn.Embedding(512, size)
        self.features = nn.Embedding(FEATURES, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(_Layer(size, heads, inner, dropout) for _ in range(layers))
        self.tags = nn.Linear(size, len(GUIDELINES) * LEVELS * len(TAGS))
        self.mentions = nn.Linear(size, len(MENTIONS))
        self.links = nn.Linear(size, 2 * len(LINKS) * LINK_SIZE)
        self.near = nn.Parameter(torch.zeros(len(LINKS), DISTANCES))
        self.elsewhere = nn.Parameter(torch.zeros(len(LINKS)))
        self.transitions = nn.Parameter(torch.zeros(len(GUIDELINES), LEVELS, len(TAGS), len(TAGS)))
        self.starts = nn.Parameter(torch.zeros(len(GUIDELINES), LEVELS, len(TAGS)))
        self.register_buffer("illegal", torch.from_numpy(~allowed(TAGS)), persistent=False)
        self.register_buffer("no_start", torch.from_numpy(~may_start(TAGS)), persistent=False)

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score the words of some windows."""
        x = self.dropout(self.encode(pieces, features, mask, firsts)[1])
        return self.tags(x), self.mentions(x), self.links(x)

    def encode(
        self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Give each word's vector in the middle layer and in the last: (rows, words, size) each."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(positions) + self.features(features)
        x = self.dropout(self.norm(x))
        bias = ((1 - mask) * _FORBIDDEN).to(x.dtype)[:, None, None, :]
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        places = firsts[:, :, None].expand(-1, -1, x.shape[2])
        return states[len(states) // 2].gather(1, places), x.gather(1, places)

    def steps(self, tags: Tensor, lengths: Tensor) -> Tensor:
        """Turn tag scores into `potentials` of every head.

        Gives (rows, GUIDELINES, LEVELS, words, TAGS, TAGS).
        """
        rows, words = tags.shape[:2]
        heads = len(GUIDELINES) * LEVELS
        scores = tags.view(rows, words, heads, len(TAGS)).transpose(1, 2).flatten(0, 1)
        transitions, starts = self.chain()
        steps = potentials(
            scores,
            lengths.repeat_interleave(heads),
            transitions.flatten(0, 1).repeat(rows, 1, 1),
            starts.flatten(0, 1).repeat(rows, 1),
        )
        return steps.view(rows, len(GUIDELINES), LEVELS, *steps.shape[1:])

    def pointers(self, links: Tensor, lengths: Tensor, asked: Tensor) -> Tensor:
        """Score to which word of its window each asked word points: (asked, words).

        `asked` is int64 (3, asked): row, number of the link, word. Word 0 is "elsewhere".
        """
        row, link, here = asked
        rows, words = links.shape[:2]
        sides = links.view(rows, words, 2, len(LINKS), LINK_SIZE)
        pointing, pointed = sides[row, here, 0, link], sides[row, :, 1, link]
        scores = (pointed @ pointing[:, :, None])[:, :, 0] / math.sqrt(LINK_SIZE)
        places = torch.arange(words, device=links.device)
        steps = places[None, :] - here[:, None]
        buckets = torch.from_numpy(distance(steps.cpu().numpy())).to(links.device)
        scores = scores + self.near[link[:, None], buckets]
        scores = torch.cat([scores[:, :1] + self.elsewhere[link][:, None], scores[:, 1:]], 1)
        return scores.masked_fill(places[None, :] >= lengths[row][:, None], _FORBIDDEN)

    def chain(self) -> tuple[Tensor, Tensor]:
        """Give transitions (GUIDELINES, LEVELS, TAGS, TAGS) and starts, the illegal forbidden."""
        return (
            self.transitions.masked_fill(self.illegal, _FORBIDDEN),
            self.starts.masked_fill(self.no_start, _FORBIDDEN),
        )


def pretrained(folder: Path) -> Tagger:
    """Build the network on the published weights of MiniLM-L6 (`model.safetensors`)."""
    published = load_file(folder / "model.safetensors")
    network = Tagger()
    for linear in (network.tags, network.mentions, network.links):
        nn.init.normal_(linear.weight, std=0.02)
        nn.init.zeros_(linear.bias)
    state = network.state_dict()
    state["words.weight"] = published["embeddings.word_embeddings.weight"]
    state["positions.weight"] = published["embeddings.position_embeddings.weight"]
    first_type = published["embeddings.token_type_embeddings.weight"][:1]
    state["features.weight"] = first_type.repeat(FEATURES, 1)
    for ours, theirs in (("norm", "embeddings.LayerNorm"),):
        for part in ("weight", "bias"):
            state[f"{ours}.{part}"] = published[f"{theirs}.{part}"]
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "output_norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "narrow_norm": "output.LayerNorm",
    }
    for number in range(len(network.layers)):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{part}"] = published[
                    f"encoder.layer.{number}.{theirs}.{part}"
                ]
    network.load_state_dict(state)
    return network


def shortened(network: Tagger, kept: Sequence[int]) -> Tagger:
    """Build a network from some layers of another and all of its heads, to train on."""
    short = Tagger(layers=len(kept))
    state = {name: value for name, value in network.state_dict().items()
             if not name.startswith("layers.")}  # fmt: skip
    for number, layer in enumerate(kept):
        for name, value in network.layers[layer].state_dict().items():
            state[f"layers.{number}.{name}"] = value
    short.load_state_dict(state)
    return short


def potentials(scores: Tensor, lengths: Tensor, transitions: Tensor, starts: Tensor) -> Tensor:
    """Give what each step of a tag chain scores: (rows, words, TAGS, TAGS), from row to column.

    `scores` is (rows, words, TAGS), `lengths` int64 (rows,), `transitions` (rows, TAGS, TAGS),
    `starts` (rows, TAGS). The step to word 0 comes from tag 0; behind a row's length every tag
    stays what it is, at no cost.
    """
    steps = transitions[:, None] + scores[:, :, None, :]
    first = torch.full_like(steps[:, :1], _FORBIDDEN)
    first[:, 0, 0] = starts + scores[:, 0]
    steps = torch.cat([first, steps[:, 1:]], 1)
    inside = torch.arange(scores.shape[1], device=scores.device)[None, :] < lengths[:, None]
    return torch.where(inside[:, :, None, None], steps, _stay(scores.shape[2], scores.device))


def chain_totals(steps: Tensor) -> Tensor:
    """Sum the exponentials of all chains through `potentials`, in logarithms: (rows,).

    Joins neighbouring steps in pairs until one is left, so that its depth grows with the
    logarithm of the words. Its gradient by the steps is how likely each step is.
    """
    stay = _stay(steps.shape[-1], steps.device)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, stay.expand(len(steps), 1, -1, -1)], 1)
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
    return torch.logsumexp(steps[:, 0, 0], dim=-1)


def _stay(tags: int, device: torch.device) -> Tensor:
    return (1 - torch.eye(tags, device=device)) * _FORBIDDEN

"""Several trained networks as teachers of one: what they hold likely, on average."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from communique.extraction.model.labels import LINKS, TAGS
from communique.training.network import Tagger, chain_totals

_ASKS = {"source": ("B-content", "J-content"), "cue": ("B-content", "J-content"),
         "antecedent": ("B-source",)}  # fmt: skip
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Advice:
    """What the teachers hold likely of some windows.

    `steps` is (rows, GUIDELINES, LEVELS, words, TAGS, TAGS): how likely each step of a tag chain
    is, 0 behind the end; `mentions` (rows, words, MENTIONS); `asked` int64 (3, asked) and
    `pointers` (asked, words): to which word each of these words points.
    """

    steps: Tensor
    mentions: Tensor
    asked: Tensor
    pointers: Tensor


class Teachers:
    """The average of several networks; a student learns it where nothing is annotated too."""

    def __init__(self, networks: Sequence[Tagger]) -> None:
        self._networks = [network.eval().requires_grad_(False) for network in networks]

    def advise(self, inputs: dict[str, Tensor], lengths: Tensor) -> Advice:
        """Read the windows with every teacher."""
        answers = [network(**inputs) for network in self._networks]
        likely = sum(
            _likely_steps(network.steps(tags, lengths))
            for network, (tags, _, _) in zip(self._networks, answers, strict=True)
        ) / len(answers)
        words = torch.arange(likely.shape[3], device=likely.device)
        inside = words[None, :] < lengths[:, None]
        likely = likely * inside[:, None, None, :, None, None]
        asked = _asked(likely)
        pointers = [
            network.pointers(links, lengths, asked).softmax(-1)
            for network, (_, _, links) in zip(self._networks, answers, strict=True)
        ]
        mentions = torch.stack([mentions.softmax(-1) for _, mentions, _ in answers]).mean(0)
        return Advice(likely, mentions, asked, torch.stack(pointers).mean(0))


def _likely_steps(steps: Tensor) -> Tensor:
    flat = steps.detach().flatten(0, 2).requires_grad_()
    with torch.enable_grad():
        (likely,) = torch.autograd.grad(chain_totals(flat).sum(), flat)
    return likely.view(steps.shape)


def _asked(likely: Tensor) -> Tensor:
    """Find the words that the first guide's heads hold to begin a content or a source."""
    tags = likely[:, 0].sum(-2).amax(1)
    asked = []
    for link, opening in _ASKS.items():
        columns = [TAGS.index(tag) for tag in opening]
        rows, words = (tags[:, :, columns].sum(-1) > _LIKELY).nonzero(as_tuple=True)
        asked.append(torch.stack([rows, torch.full_like(rows, LINKS.index(link)), words]))
    return torch.cat(asked, 1)

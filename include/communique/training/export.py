"""Torch weights to what ships: an ONNX graph in int8, the vocabulary, chains and links."""

import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from communique.training.network import Tagger

_OUTPUTS = ("tags", "links", "vectors")


class _Shipped(nn.Module):
    """What reads at run time: the heads that are used there, and the vectors for small heads."""

    def __init__(self, network: Tagger) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        middle, last = self.network.encode(pieces, features, mask, firsts)
        vectors = torch.cat([middle, last], 2)
        return self.network.tags(last), self.network.links(last), vectors


def export(network: Tagger, vocabulary: Tokenizer, folder: Path) -> None:
    """Write `tagger.onnx`, `tokenizer.json` and `chains.json` into a folder."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        inputs = {
            name: torch.ones((2, length), dtype=torch.int64)
            for name, length in (("pieces", 9), ("features", 9), ("mask", 9), ("firsts", 7))
        }
        axes = {name: {0: "rows", 1: "pieces"} for name in ("pieces", "features", "mask")}
        axes |= {name: {0: "rows", 1: "words"} for name in ("firsts", *_OUTPUTS)}
        torch.onnx.export(
            _Shipped(network),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=list(_OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain, folder / "tagger.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
    vocabulary.save(str(folder / "tokenizer.json"), pretty=False)
    transitions, starts = network.chain()
    numbers = {
        "transitions": transitions,
        "starts": starts,
        "near": network.near,
        "elsewhere": network.elsewhere,
    }
    rounded = {name: _rounded(tensor.tolist()) for name, tensor in numbers.items()}
    (folder / "chains.json").write_text(json.dumps(rounded) + "\n", "utf8")


def _rounded(numbers: list | float) -> list | float:
    return [_rounded(n) for n in numbers] if isinstance(numbers, list) else round(numbers, 5)

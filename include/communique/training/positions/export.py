"""A reader's weights to what ships: an ONNX graph in int8, and the vocabulary."""

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from communique.training.positions.reader import Reader


class _Shipped(nn.Module):
    """What reads at run time; positions of word pieces are spelled out for the graph."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        batch = {"input_ids": pieces, "attention_mask": mask, "token_type_ids": types}
        return self.reader(batch)


def export(reader: Reader, base: Path, folder: Path) -> None:
    """Write `judge.onnx` and `tokenizer.json` into a folder; `base` has the vocabulary."""
    reader.eval()
    reader.encoder.set_attn_implementation("eager")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        inputs = {name: torch.ones((2, 9), dtype=torch.int64) for name in ("pieces", "mask")}
        inputs["types"] = torch.zeros((2, 9), dtype=torch.int64)
        torch.onnx.export(
            _Shipped(reader),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=["answers"],
            dynamic_axes={name: {0: "rows", 1: "pieces"} for name in inputs}
            | {"answers": {0: "rows"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain, folder / "judge.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")

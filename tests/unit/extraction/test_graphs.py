"""Weights read alike on every processor."""

from pathlib import Path

import numpy as np

from communique.extraction.model.session import open_session

PRODUCT_OF_LARGE_NUMBERS = (
    b'\x08\x08:\x94\x01\n\x18\n\x01a\n\x01b\x12\x01c"\rMatMulInteger\x12\x01g'
    b"*K\x08\x04\x08\x10\x10\x03B\x01bJ@" + 64 * b"\x7f" + b"Z\x13\n\x01a\x12\x0e\n\x0c\x08\x02"
    b"\x12\x08\n\x02\x08\x01\n\x02\x08\x04b\x13\n\x01c\x12\x0e\n\x0c\x08\x06\x12\x08\n\x02\x08"
    b"\x01\n\x02\x08\x10B\x04\n\x00\x10\x11"
)
"""An ONNX graph: `a`, four unsigned bytes, by a matrix (4, 16) of 127 each, gives `c`."""


def test_sums_of_large_products_do_not_overflow(tmp_path: Path):
    file = tmp_path / "product.onnx"
    file.write_bytes(PRODUCT_OF_LARGE_NUMBERS)

    (sums,) = open_session(file).run(None, {"a": np.full((1, 4), 255, np.uint8)})

    assert sums.tolist() == [[4 * 255 * 127] * 16]

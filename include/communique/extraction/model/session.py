"""How the shipped graphs run: one thread, on the CPU."""

from pathlib import Path

import onnxruntime


def open_session(file: Path) -> onnxruntime.InferenceSession:
    """Load an ONNX graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Processors without VNNI add two products in 16 bits, which large ones overflow; with this they
    # read as the others do, and a little slower.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(
        file,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )

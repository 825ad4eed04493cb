"""From the trained encoder to the file that is shipped: an ONNX graph with weights of seven bits in a byte each.

With eight, processors that add up pairs of products in 16 bits would overflow where others do not.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from bench.encoder.network import Encoder
from reconcile.matching import sentences


def write(encoder: Encoder, path: Path) -> None:
    """Write the encoder; it reads texts × pieces, padded, and gives the outputs of `sentences`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            encoder.eval(),
            (torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]]),),
            exact,
            input_names=["pieces"],
            output_names=list(sentences.OUTPUTS),
            dynamic_axes={"pieces": {0: "texts", 1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(exact, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)

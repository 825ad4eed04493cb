"""From trained networks to the files that are shipped: ONNX graphs with weights of seven bits in a byte each.

With eight, processors that add up pairs of products in 16 bits would overflow where others do not.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import nn

from bench.encoder.joint import Joint
from bench.encoder.network import WIDTH, Encoder, build
from bench.encoder.source import Array, Source
from reconcile.matching.encoder import OUTPUTS


def write(encoder: Encoder, path: Path) -> None:
    """Write the encoder; it reads texts × pieces, padded, and gives `OUTPUTS`."""
    _write(encoder, path, {"pieces": torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]])}, OUTPUTS)


def write_joint(joint: Joint, path: Path) -> None:
    """Write the network that reads two texts together: texts × pieces × `WIDTH`, and the side of each piece."""
    given = {"pieces": torch.zeros(2, 4, WIDTH), "sides": torch.tensor([[0, 0, 1, 1], [0, 2, 2, 2]])}
    _write(joint, path, given, ("logit",))


def _write(network: nn.Module, path: Path, given: Mapping[str, torch.Tensor], outputs: tuple[str, ...]) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(folder) / "network.onnx"
        torch.onnx.export(
            network.eval(),
            tuple(given.values()),
            exact,
            input_names=list(given),
            output_names=list(outputs),
            dynamic_axes={name: {0: "texts", 1: "length"} for name in given},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(exact, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def read_back(origin: Source, path: Path) -> Encoder:
    """The encoder of a file that `write` wrote; `origin` has what it was made from."""
    import onnx

    graph: Any = onnx.load(str(path)).graph
    values = {one.name: onnx.numpy_helper.to_array(one).astype(np.float32) for one in graph.initializer}
    embedded = _weights(values, "embedding.words.weight")
    encoder = build(origin, range(len(embedded)))
    state = encoder.state_dict()
    known = {name: values[name] for name in state.keys() & values.keys()} | {"embedding.words.weight": embedded}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.name.removeprefix("/").removesuffix("/MatMul_quant").replace("/", ".")
            known[f"{name}.weight"] = _weights(values, node.input[1].removesuffix("_quantized")).T
    encoder.load_state_dict({name: torch.tensor(np.ascontiguousarray(known[name])) for name in state})
    return encoder


def _weights(values: Mapping[str, Array], name: str) -> Array:
    weights: Array = (values[f"{name}_quantized"] - values[f"{name}_zero_point"]) * values[f"{name}_scale"]
    return weights

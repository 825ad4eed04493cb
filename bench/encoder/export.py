"""From trained networks to the files that are shipped: ONNX graphs with weights of seven bits in a byte each.

With eight, processors that add up pairs of products in 16 bits would overflow where others do not.
"""

from __future__ import annotations

import re
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

_PRODUCT = re.compile(r"/(?P<layer>.+)/(Gemm_)?MatMul_quant")
"""The name of what multiplies by the weights of a layer."""


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
    known = _known(path, {"embedding.words.weight": "embedding.words.weight"})
    encoder = build(origin, range(len(known["embedding.words.weight"])))
    _load(encoder, known)
    return encoder


def read_joint_back(encoder: Encoder, path: Path) -> Joint:
    """The network of a file that `write_joint` wrote; the encoder has layers of the same shapes."""
    joint = Joint(encoder)
    _load(joint, _known(path, {"sides": "sides.1"}))
    return joint


def _load(network: nn.Module, known: Mapping[str, Array]) -> None:
    network.load_state_dict({name: torch.tensor(np.ascontiguousarray(known[name])) for name in network.state_dict()})


def _known(path: Path, looked_up: Mapping[str, str]) -> dict[str, Array]:
    """The weights of a network by their names; `looked_up` names those that are looked up by a number in the file."""
    import onnx

    graph: Any = onnx.load(str(path)).graph
    values = {one.name: onnx.numpy_helper.to_array(one).astype(np.float32) for one in graph.initializer}
    found = values | {name: _weights(values, stored) for name, stored in looked_up.items()}
    for node in graph.node:
        if named := _PRODUCT.fullmatch(node.name):
            name = named["layer"].replace("/", ".")
            found[f"{name}.weight"] = _weights(values, node.input[1].removesuffix("_quantized")).T
    return found


def _weights(values: Mapping[str, Array], name: str) -> Array:
    weights: Array = (values[f"{name}_quantized"] - values[f"{name}_zero_point"]) * values[f"{name}_scale"]
    return weights

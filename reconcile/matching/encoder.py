"""The two networks of the extra `semantic`: one reads each item by itself, the other reads two of them together.

The first gives every piece of word (as SentencePiece cuts them) a vector in its context. The second starts from what
the lower half of the first makes of a plan item and a candidate, and says how likely they speak of the same work. Both
are kept on this machine; they are multilingual-e5-small (intfloat, MIT), cut down to Chinese and taught by
``python -m bench.encoder``.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct

from reconcile.errors import ConfigError
from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix
from reconcile.model.reports import Kind

ENCODER, JOINT, PIECES = DATA / "encoder.onnx", DATA / "together.onnx", DATA / "pieces.model"
OUTPUTS = ("words", "weights", "whole", "halfway")
"""What the encoder gives: a vector of each piece, how much each counts, one of the whole, and half-read pieces."""

SIDES = {Kind.COMPLETION: 1, Kind.PLAN: 2}
"""What marks the pieces of a candidate, by its kind, where two texts are read together; those of the plan have 0."""

_LONGEST = 94
"""Pieces of an item that are read; what comes after is left out."""
_FIRST, _LAST = 0, 2

T = TypeVar("T")
Given = TypeVar("Given")


class Sentence(Struct, frozen=True, eq=False):
    """An item as read: a vector of each piece (pieces × 128), how much each counts (sum 1), and one of the whole.

    `halfway` are the pieces as the lower half of the encoder leaves them, pieces × 384.
    """

    pieces: Matrix
    weights: Matrix
    whole: Matrix
    halfway: Matrix


def read(texts: Sequence[str]) -> list[Sentence]:
    """Some texts; `ConfigError` where the extra is missing."""
    _network(ENCODER)
    return _each(_read, texts)


def read_together(pairs: Sequence[tuple[str, str]], kind: Kind) -> Matrix:
    """How likely a plan item and a candidate of this kind speak of the same work, as logits: one a pair of texts."""
    _network(JOINT)
    return np.array(_each(lambda pair: _read_two(*pair, SIDES[kind]), pairs), np.float32)


def _each(function: Callable[[Given], T], given: Iterable[Given]) -> list[T]:
    """As many at a time as there are processors; in a process that is one of many, one at a time."""
    with ThreadPoolExecutor(1 if multiprocessing.parent_process() else os.cpu_count()) as threads:
        return list(threads.map(function, given))


@lru_cache(maxsize=2_000)
def _read(text: str) -> Sentence:
    """One text; each is read by itself, so that what it means does not depend on what is read beside it.

    Kept are those of a few pairs of reports, some 40 KB each: the plans of one pair are the later plans of the last.
    """
    pieces, weights, whole, halfway = _network(ENCODER).run(OUTPUTS, {"pieces": np.array([reader()(text)], np.int64)})
    return Sentence(pieces[0], weights[0], whole[0], halfway[0].astype(np.float16))


@lru_cache(maxsize=20_000)
def _read_two(plan: str, candidate: str, side: int) -> float:
    halves = [_read(text).halfway for text in (plan, candidate)]
    sides = np.repeat(np.array([0, side], np.int64), [len(half) for half in halves])
    pieces = np.concatenate(halves).astype(np.float32)
    return float(_network(JOINT).run(None, {"pieces": pieces[None], "sides": sides[None]})[0][0])


@cache
def reader() -> Callable[[str], list[int]]:
    """What turns a text into the numbers of its pieces; `ConfigError` where the extra is missing."""
    try:
        from sentencepiece import SentencePieceProcessor
    except ImportError as error:
        raise ConfigError("config.needs_semantic") from error
    processor = SentencePieceProcessor(model_file=str(PIECES))
    return lambda text: [_FIRST, *processor.encode(text)[:_LONGEST], _LAST]


@cache
def _network(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ConfigError("config.needs_semantic") from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

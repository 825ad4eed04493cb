"""What whole sentences mean (extra `semantic`): an encoder reads each item word by word, every word in its context.

Two items are compared piece of word by piece of word: each piece of one looks for the nearest of the other, and counts
as much as the encoder has learned it tells (late interaction: Khattab and Zaharia, "ColBERT", SIGIR 2020). So another
school or another document is noticed among the same verbs, and a result told without any word of the plan is found.

The encoder runs on this machine, without a network, and is asked for where ``[matching] semantic`` is in force. It is
multilingual-e5-small (intfloat, MIT), cut down to Chinese and taught by ``python -m bench.encoder``.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import Any

import numpy as np
from msgspec import Struct

from reconcile.errors import ConfigError
from reconcile.matching import terms
from reconcile.matching.features import leads
from reconcile.matching.grid import WHOLE, Grid, Pairs
from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix, Places
from reconcile.model import Item

ENCODER, PIECES = DATA / "encoder.onnx", DATA / "pieces.model"
OUTPUTS = ("words", "weights", "whole")
"""What the encoder gives: a vector of each piece, how much each counts, and one vector of the whole."""

_LONGEST = 94
"""Pieces of an item that are read; what comes after is left out."""
_FIRST, _LAST = 0, 2
_TILE = 64
"""Plan items compared at once."""


class Sentence(Struct, frozen=True, eq=False):
    """An item as read: a vector of each piece (pieces × 128), how much each counts (sum 1), and one of the whole."""

    pieces: Matrix
    weights: Matrix
    whole: Matrix


def features(plans: Sequence[Item], candidates: Sequence[Item], grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How near the items of each pair are as sentences, and how far ahead of all others they are.

    `sentence_plan` is how much of the plan item is met in the candidate, `sentence_candidate` how much of the candidate
    in the plan item, `sentence` how near they are as wholes; each at most 1. `ConfigError` where the extra is missing.
    """
    mine, theirs = (_read_all([item.text for item in side]) for side in (plans, candidates))
    found = _of_pairs(mine, theirs, grid) if isinstance(grid, Pairs) else _of_all(mine, theirs)
    near = found["sentence_plan"] + found["sentence_candidate"] + found["sentence"]
    return found | leads("sentence_", near, grid)


def _of_all(plans: Sequence[Sentence], candidates: Sequence[Sentence]) -> dict[str, Matrix]:
    tiles = [_compared(plans[start : start + _TILE], candidates) for start in range(0, len(plans), _TILE)]
    return {name: np.concatenate([tile[name] for tile in tiles]) for name in tiles[0]}


def _of_pairs(plans: Sequence[Sentence], candidates: Sequence[Sentence], grid: Pairs) -> dict[str, Matrix]:
    rows = [
        _compared([plan], [candidates[column] for column in grid.columns[start:end]])
        for plan, start, end in zip(plans, grid.bounds, grid.bounds[1:], strict=False)
        if end > start
    ]
    return {name: np.concatenate([row[name][0] for row in rows]) for name in rows[0]}


def _compared(plans: Sequence[Sentence], candidates: Sequence[Sentence]) -> dict[str, Matrix]:
    """The likenesses of each two, plans × candidates."""
    (mine, starts, weights), (theirs, other_starts, other_weights) = _stacked(plans), _stacked(candidates)
    near = terms.product(mine, theirs.T)
    found = np.maximum.reduceat(near, other_starts, axis=1) * weights[:, None]
    told = np.maximum.reduceat(near, starts, axis=0) * other_weights
    whole, other = (np.stack([one.whole for one in side]) for side in (plans, candidates))
    return {
        "sentence_plan": np.add.reduceat(found, starts, axis=0),
        "sentence_candidate": np.add.reduceat(told, other_starts, axis=1),
        "sentence": terms.product(whole, other.T),
    }


def _stacked(sentences: Sequence[Sentence]) -> tuple[Matrix, Places, Matrix]:
    """All pieces of some sentences, where each sentence starts, and the weights of the pieces."""
    lengths = [len(one.weights) for one in sentences]
    starts = np.cumsum([0, *lengths[:-1]])
    return (
        np.concatenate([one.pieces for one in sentences]),
        starts,
        np.concatenate([one.weights for one in sentences]),
    )


def _read_all(texts: Sequence[str]) -> list[Sentence]:
    """Some texts, as many at a time as there are processors; in a process that is one of many, one at a time."""
    _encoder()
    with ThreadPoolExecutor(1 if multiprocessing.parent_process() else os.cpu_count()) as threads:
        return list(threads.map(_read, texts))


@lru_cache(maxsize=20_000)
def _read(text: str) -> Sentence:
    """One text; each is read by itself, so that what it means does not depend on what is read beside it."""
    pieces, weights, whole = _encoder().run(OUTPUTS, {"pieces": np.array([reader()(text)])})
    return Sentence(pieces[0], weights[0], whole[0])


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
def _encoder() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ConfigError("config.needs_semantic") from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(ENCODER, options, providers=["CPUExecutionProvider"])

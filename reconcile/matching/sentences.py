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
from reconcile.matching.features import lead, leads
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
"""Texts compared with all others at once."""

Met = tuple[Matrix, Matrix]
"""How much of each text is met in each other one, and how far ahead of the rest; texts × others."""


class Sentence(Struct, frozen=True, eq=False):
    """An item as read: a vector of each piece (pieces × 128), how much each counts (sum 1), and one of the whole."""

    pieces: Matrix
    weights: Matrix
    whole: Matrix


def features(plans: Sequence[Item], candidates: Sequence[Item], grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How near the items of each pair are as sentences, and how far ahead of all others they are.

    `sentence_plan` is how much of the plan item is met in the candidate, `sentence_candidate` how much of the candidate
    in the plan item, `sentence` how near they are as wholes; each at most 1. The leads say by how much all three are
    ahead of the next best, `pieces_ahead` how far ahead each single piece is. `ConfigError` where the extra is missing.
    """
    mine, theirs = (_read_all([item.text for item in side]) for side in (plans, candidates))
    found = _of_pairs(mine, theirs, grid) if isinstance(grid, Pairs) else _of_all(mine, theirs)
    near = found["sentence_plan"] + found["sentence_candidate"] + found["sentence"]
    return found | leads("sentence_", near, grid)


def _of_all(plans: Sequence[Sentence], candidates: Sequence[Sentence]) -> dict[str, Matrix]:
    of_plan, of_candidate = _met_in_tiles(plans, candidates), _met_in_tiles(candidates, plans)
    whole, other = (np.stack([one.whole for one in side]) for side in (plans, candidates))
    return _named(of_plan, (of_candidate[0].T, of_candidate[1].T), terms.product(whole, other.T))


def _of_pairs(plans: Sequence[Sentence], candidates: Sequence[Sentence], grid: Pairs) -> dict[str, Matrix]:
    in_order = np.arange(len(grid.rows))
    of_plan = _met_in_pairs(plans, candidates, in_order, grid.columns, grid.bounds)
    of_candidate = _met_in_pairs(candidates, plans, grid.by_column, grid.rows, grid.column_bounds)
    whole, other = (np.stack([one.whole for one in side]) for side in (plans, candidates))
    return _named(of_plan, of_candidate, np.einsum("ij,ij->i", whole[grid.rows], other[grid.columns]))


def _named(of_plan: Met, of_candidate: Met, whole: Matrix) -> dict[str, Matrix]:
    return {
        "sentence_plan": of_plan[0],
        "sentence_candidate": of_candidate[0],
        "sentence": whole,
        "pieces_ahead_for_plan": of_plan[1],
        "pieces_ahead_for_candidate": of_candidate[1],
    }


def _met_in_tiles(texts: Sequence[Sentence], others: Sequence[Sentence]) -> Met:
    """The same as `_met`, some texts at a time."""
    tiles = [_met(texts[start : start + _TILE], others) for start in range(0, len(texts), _TILE)]
    return np.concatenate([tile[0] for tile in tiles]), np.concatenate([tile[1] for tile in tiles])


def _met_in_pairs(
    texts: Sequence[Sentence], others: Sequence[Sentence], order: Places, partners: Places, bounds: Places
) -> Met:
    """The same for some pairs: those of each text lie in `order` between two bounds, `partners` are their others."""
    found = np.zeros((2, len(order)), np.float32)
    for text, start, end in zip(texts, bounds, bounds[1:], strict=False):
        if end > start:
            places = order[start:end]
            found[:, places] = np.concatenate(_met([text], [others[one] for one in partners[places]]))
    return found[0], found[1]


def _met(texts: Sequence[Sentence], others: Sequence[Sentence]) -> Met:
    """How much of each text is met in each other one, and how far ahead the other is of the rest, piece by piece.

    What all others have alike puts none of them ahead; the school or the document that only one of them names does.
    """
    (pieces, starts, weights), (other_pieces, other_starts, _) = _stacked(texts), _stacked(others)
    best = np.maximum.reduceat(terms.product(pieces, other_pieces.T), other_starts, axis=1)
    counted = weights[:, None]
    return np.add.reduceat(best * counted, starts, axis=0), np.add.reduceat(lead(best) * counted, starts, axis=0)


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

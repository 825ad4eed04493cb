"""What words mean, as points in a space of 64 dimensions: near points are words of near meaning (词向量).

The table was distilled from the encoder multilingual-e5-small (MIT) by ``bench/quality/distil.py``: one vector a word
of the jieba dictionary, centred, turned to its first principal axes, rounded to a byte. A word that is not in the
table takes the mean of its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.lexicon import DATA

Matrix = NDArray[np.floating[Any]]
"""Numbers in rows and columns; single precision throughout, whatever numpy's stubs make of it."""


def vectors(words: Sequence[str]) -> Matrix:
    """One unit vector a word, in order; zeros for a word without any known character."""
    places, table = _table()
    rows = np.array([places.get(word, -1) for word in words], np.intp)
    found = table[rows].astype(np.float32)
    found[rows < 0] = 0
    spelled = {
        row: [places[char] for char in words[row] if char in places] for row in np.flatnonzero(rows < 0).tolist()
    }
    known = {row: chars for row, chars in spelled.items() if chars}
    if known:
        starts = np.cumsum([0, *map(len, known.values())])[:-1]
        chars = table[list(chain.from_iterable(known.values()))]
        found[list(known)] = np.add.reduceat(chars, starts, axis=0, dtype=np.float32)
    unit: Matrix = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    return unit


@cache
def _table() -> tuple[dict[str, int], NDArray[np.int8]]:
    words = (DATA / "words.txt").read_text(encoding="utf-8").split("\n")
    table: NDArray[np.int8] = np.load(DATA / "vectors.npy", allow_pickle=False)
    return dict(zip(words, range(len(table)), strict=False)), table

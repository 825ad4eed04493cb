"""What words mean, as points in a space of 64 dimensions: near points are words of near meaning (词向量).

The table was distilled from the encoder multilingual-e5-small (MIT) by ``bench/quality/distil.py``: one vector a word
of the jieba dictionary, centred, turned to its first principal axes, rounded to a byte. A word that is not in the
table takes the mean of its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix, unit

_CHARACTER = np.dtype("U1")
_PRIME = np.uint64(1_000_003)


def vectors(words: Sequence[str]) -> Matrix:
    """One unit vector a word, in order; zeros for a word without any known character."""
    *_, table = _table()
    rows = _rows(words)
    found = table[rows].astype(np.float32)
    found[rows < 0] = 0
    unknown = np.flatnonzero(rows < 0)
    spelled = [words[row] for row in unknown.tolist()]
    chars = _rows(list(chain.from_iterable(spelled)))
    owners = np.repeat(unknown, list(map(len, spelled)))[chars >= 0]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    if len(firsts):
        found[owners[firsts]] = np.add.reduceat(table[chars[chars >= 0]], firsts, axis=0, dtype=np.float32)
    return unit(found)


def _rows(words: Sequence[str]) -> NDArray[np.intp]:
    """The row of each word in the table, -1 where it has none."""
    known, keys, _ = _table()
    longest = known.itemsize // _CHARACTER.itemsize
    wanted = np.array([word if len(word) <= longest else "" for word in words], known.dtype)
    rows = np.searchsorted(keys[:-1], keys_of(wanted))
    return np.where(known[rows] == wanted, rows, -1)


def keys_of(words: NDArray[np.str_]) -> NDArray[np.uint64]:
    """A number for each word: the words of the table stand in the order of theirs, so that they are found at once."""
    points = words.view(np.uint32).reshape(len(words), words.itemsize // _CHARACTER.itemsize)
    return points.astype(np.uint64) @ _PRIME ** np.arange(points.shape[1], dtype=np.uint64)


@cache
def _table() -> tuple[NDArray[np.str_], NDArray[np.uint64], NDArray[np.int8]]:
    """The words, their keys and their vectors; what is not looked up stays on the disk."""
    names = ("words.npy", "vectors.npy")
    words, table = (np.asarray(np.load(DATA / name, mmap_mode="r", allow_pickle=False)) for name in names)
    return words, keys_of(words), table

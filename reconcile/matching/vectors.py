"""What words mean (词向量): where each lies in a space of plans and in one of reports, and how much it tells.

A word of a plan and a word of a report that speak of the same work lie near each other, across the two spaces. The
table was made from an encoder and taught by pairs of reports (``python -m bench.words``). A word that is not in it
takes the mean of its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix, unit

DIMENSIONS = 96
FILES = ("words.npy", "vectors.npy", "pulls.npy")
"""The words in the order of their keys; their points (words × 2 × dimensions); how much they pull (words × 2)."""

_CHARACTER = np.dtype("U1")
_PRIME = np.uint64(1_000_003)
_UNKNOWN = -30.0


class Meaning(Struct, frozen=True, eq=False):
    """What some words mean, in the space of plans (0) and in that of reports (1).

    `points` are unit vectors, words × 2 × `DIMENSIONS`; `weights` how much each word tells, words × 2. A word without
    any known character has no point and tells nothing.
    """

    points: Matrix
    weights: Matrix


def meaning(words: Sequence[str], telling: Matrix) -> Meaning:
    """What each word means, in order; `telling` is how rare it is in Chinese at large."""
    _, _, table, pulls = _table()
    rows = _rows(words)
    points, pull = table[rows].astype(np.float32), pulls[rows].astype(np.float32)
    points[rows < 0], pull[rows < 0] = 0, _UNKNOWN
    unknown = np.flatnonzero(rows < 0)
    spelled = [words[row] for row in unknown.tolist()]
    chars = _rows(list(chain.from_iterable(spelled)))
    owners = np.repeat(unknown, list(map(len, spelled)))[chars >= 0]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    if len(firsts):
        own, counts = owners[firsts], np.diff(firsts, append=len(owners))
        found = chars[chars >= 0]
        points[own] = np.add.reduceat(table[found], firsts, axis=0, dtype=np.float32)
        pull[own] = np.add.reduceat(pulls[found], firsts, axis=0, dtype=np.float32) / counts[:, None]
    return Meaning(unit(points), np.logaddexp(0, pull + rareness(telling)[:, None], dtype=np.float32))


def rareness(telling: Matrix) -> Matrix:
    """How rare words are in Chinese at large, so that no word counts for nothing or for too much."""
    return np.clip(telling / 10, 0.3, 1.2)


def _rows(words: Sequence[str]) -> NDArray[np.intp]:
    """The row of each word in the table, -1 where it has none."""
    known, keys, *_ = _table()
    longest = known.itemsize // _CHARACTER.itemsize
    wanted = np.array([word if len(word) <= longest else "" for word in words], known.dtype)
    rows = np.searchsorted(keys[:-1], keys_of(wanted))
    return np.where(known[rows] == wanted, rows, -1)


def keys_of(words: NDArray[np.str_]) -> NDArray[np.uint64]:
    """A number for each word: the words of the table stand in the order of theirs, so that they are found at once."""
    points = words.view(np.uint32).reshape(len(words), words.itemsize // _CHARACTER.itemsize)
    return points.astype(np.uint64) @ _PRIME ** np.arange(points.shape[1], dtype=np.uint64)


@cache
def _table() -> tuple[NDArray[np.str_], NDArray[np.uint64], NDArray[np.int8], NDArray[np.float16]]:
    """The words, their keys, their points and their pulls; what is not looked up stays on the disk."""
    words, table, pulls = (np.asarray(np.load(DATA / name, mmap_mode="r", allow_pickle=False)) for name in FILES)
    return words, keys_of(words), table, pulls

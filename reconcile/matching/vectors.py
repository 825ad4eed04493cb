"""What words mean (词向量): where each lies in a space of plans and in one of reports, and how much it tells.

A word of a plan and a word of a report that speak of the same work lie near each other, across the two spaces. The
table was made from an encoder and taught by pairs of reports (``python -m bench.words``). Beside it stands where
the encoder itself puts each word, in one space. A word that is not in the table takes the mean of its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix, unit

DIMENSIONS, UNTAUGHT = 96, 128
FILES = ("words.npy", "vectors.npy", "pulls.npy", "untaught.npy")
"""The words in the order of their keys; their points (words × 2 × `DIMENSIONS`); how much they pull (words × 2); where
the encoder puts them (words × `UNTAUGHT`).
"""

_CHARACTER = np.dtype("U1")
_PRIME = np.uint64(1_000_003)
_UNKNOWN = -30.0


class Meaning(Struct, frozen=True, eq=False):
    """What some words mean, in the space of plans (0) and in that of reports (1).

    `points` are unit vectors, words × 2 × `DIMENSIONS`; `weights` how much each word tells, words × 2; `untaught` unit
    vectors too, words × `UNTAUGHT`. A word without any known character has no point and tells nothing.
    """

    points: Matrix
    weights: Matrix
    untaught: Matrix


def meaning(words: Sequence[str], telling: Matrix, table: Table | None = None) -> Meaning:
    """What each word means, in order; `telling` is how rare it is in Chinese at large.

    The table is that of the package unless another one is given.
    """
    found = table or shipped()
    rows = _rows(words, found)
    unknown = np.flatnonzero(rows < 0)
    spelled = [words[row] for row in unknown.tolist()]
    chars = _rows(list(chain.from_iterable(spelled)), found)
    owners = np.repeat(unknown, list(map(len, spelled)))[chars >= 0]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.diff(firsts, append=len(owners))

    def looked_up(table: NDArray[np.int8] | NDArray[np.float16], unknown: float) -> Matrix:
        """The values of each word; of one that is not in the table those of its characters, on an average."""
        values = table[rows].astype(np.float32)
        values[rows < 0] = unknown
        if len(firsts):
            sums = np.add.reduceat(table[chars[chars >= 0]], firsts, axis=0, dtype=np.float32)
            values[owners[firsts]] = sums / counts.reshape(-1, *(1,) * (table.ndim - 1))
        return values

    pull = looked_up(found.pulls, _UNKNOWN)
    return Meaning(
        unit(looked_up(found.points, 0)),
        np.logaddexp(0, pull + rareness(telling)[:, None], dtype=np.float32),
        unit(looked_up(found.untaught, 0)),
    )


def rareness(telling: Matrix) -> Matrix:
    """How rare words are in Chinese at large, so that no word counts for nothing or for too much."""
    return np.clip(telling / 10, 0.3, 1.2)


def _rows(words: Sequence[str], table: Table) -> NDArray[np.intp]:
    """The row of each word in the table, -1 where it has none."""
    longest = table.words.itemsize // _CHARACTER.itemsize
    wanted = np.array([word if len(word) <= longest else "" for word in words], table.words.dtype)
    rows = np.searchsorted(table.keys[:-1], keys_of(wanted))
    return np.where(table.words[rows] == wanted, rows, -1)


def keys_of(words: NDArray[np.str_]) -> NDArray[np.uint64]:
    """A number for each word: the words of the table stand in the order of theirs, so that they are found at once."""
    points = words.view(np.uint32).reshape(len(words), words.itemsize // _CHARACTER.itemsize)
    return points.astype(np.uint64) @ _PRIME ** np.arange(points.shape[1], dtype=np.uint64)


class Table(NamedTuple):
    """What `FILES` hold, and the keys of the words, by which they are sorted."""

    words: NDArray[np.str_]
    keys: NDArray[np.uint64]
    points: NDArray[np.int8]
    pulls: NDArray[np.float16]
    untaught: NDArray[np.int8]


@cache
def shipped() -> Table:
    """The table of the package; what is not looked up stays on the disk."""
    words, *values = (np.asarray(np.load(DATA / name, mmap_mode="r", allow_pickle=False)) for name in FILES)
    return Table(words, keys_of(words), *values)

"""Whether two names are the same office (科室): names drift between months, as from 党委办公室 to 党办."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from reconcile.language.tokens import fold

SAME = 0.8
"""From here on two names are taken for one office."""

_SEPARATORS = re.compile(r"[、,，/;；和及]|\s+")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_UNKNOWN = 0.5


def similarities(
    left: Sequence[str], right: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> NDArray[np.float32]:
    """How alike each office of `left` is to each of `right`, 0–1; names are compared once however often they recur."""
    rows, columns = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    known = {fold(other): fold(name) for name, others in aliases.items() for other in others}
    table = np.array([[similarity(a, b, known) for b in columns] for a in rows], np.float32)
    table = table.reshape(len(rows), len(columns))
    row_of, column_of = {name: i for i, name in enumerate(rows)}, {name: i for i, name in enumerate(columns)}
    return table[np.ix_([row_of[name] for name in left], [column_of[name] for name in right])]


def similarity(left: str, right: str, known: Mapping[str, str]) -> float:
    """How alike two names are: 1 the same, 0.5 where either is not given; of joint offices the best of their parts."""
    if not left or not right:
        return _UNKNOWN
    left, right = fold(left), fold(right)
    if left == right:
        return 1.0
    return max(_alike(known.get(a, a), known.get(b, b)) for a in _parts(left) for b in _parts(right))


@lru_cache(maxsize=4096)
def _parts(name: str) -> list[str]:
    """The offices a joint name lists, with and without what stands in brackets."""
    bare = _BRACKETS.sub("", name)
    return list(dict.fromkeys(part for whole in (name, bare) for part in [whole, *_SEPARATORS.split(whole)] if part))


@lru_cache(maxsize=65536)
def _alike(left: str, right: str) -> float:
    if left == right:
        return 1.0
    short, long = sorted((left, right), key=len)
    abbreviated = len(short) >= 2 and short[0] == long[0] and _in_order(short, long)
    abbreviated = abbreviated or (len(short) >= 3 and long.endswith(short))
    return max(fuzz.ratio(left, right) / 100, 0.9 if abbreviated else 0.0)


def _in_order(short: str, long: str) -> bool:
    """Whether all characters of `short` stand in `long` in the same order: 党办 in 党委办公室."""
    rest = iter(long)
    return all(char in rest for char in short)

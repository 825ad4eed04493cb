"""Whether two names are the same office (科室): names drift between months, as from 党委办公室 to 党办."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reconcile.language.tokens import fold

SAME = 0.8
"""From here on two names are taken for one office."""

_SEPARATORS = re.compile(r"[、,，/;；和及]|\s+")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_UNKNOWN = 0.5
_ABBREVIATED = 0.9


def similarities(
    left: Sequence[str], right: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> NDArray[np.float32]:
    """How alike each office of `left` is to each of `right`, 0–1; names are compared once however often they recur."""
    known = tuple((fold(other), fold(name)) for name, others in aliases.items() for other in others)
    rows, columns = tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right))
    row_of, column_of = {name: i for i, name in enumerate(rows)}, {name: i for i, name in enumerate(columns)}
    return _table(rows, columns, known)[np.ix_([row_of[name] for name in left], [column_of[name] for name in right])]


@lru_cache(maxsize=256)
def _table(rows: Sequence[str], columns: Sequence[str], known: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """How alike each two names are: of joint offices the best of their parts; 0.5 where either is not given."""
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)), np.float32)
    canonical = dict(known)
    left, right = (
        [[canonical.get(part, part) for part in _parts(fold(name))] for name in names] for names in (rows, columns)
    )
    parts, others = list(dict.fromkeys(chain(*left))), list(dict.fromkeys(chain(*right)))
    alike: NDArray[np.float64] = process.cdist(parts, others, scorer=fuzz.ratio, dtype=np.float64) / 100
    for i, part in enumerate(parts):
        for j, other in enumerate(others):
            if _abbreviated(part, other):
                alike[i, j] = max(alike[i, j], _ABBREVIATED)
    for names, listed in ((parts, left), (others, right)):
        place = {name: number for number, name in enumerate(names)}
        starts = np.cumsum([0, *map(len, listed)])[:-1]
        alike = np.maximum.reduceat(alike[[place[part] for own in listed for part in own]], starts).T
    alike[[not name for name in rows]] = alike[:, [not name for name in columns]] = _UNKNOWN
    return alike.astype(np.float32)


@lru_cache(maxsize=4096)
def _parts(name: str) -> list[str]:
    """The offices a joint name lists, with and without what stands in brackets."""
    bare = _BRACKETS.sub("", name)
    parts = [part for whole in (name, bare) for part in [whole, *_SEPARATORS.split(whole)] if part]
    return list(dict.fromkeys(parts)) or [name]


def _abbreviated(one: str, other: str) -> bool:
    """Whether the shorter of two names may stand for the longer."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= 2 and short[0] == long[0] and _in_order(short, long):
        return True
    return len(short) >= 3 and long.endswith(short)


def _in_order(short: str, long: str) -> bool:
    """Whether all characters of `short` stand in `long` in the same order: 党办 in 党委办公室."""
    rest = iter(long)
    return all(char in rest for char in short)

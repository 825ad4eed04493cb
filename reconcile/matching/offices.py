"""Whether two names are the same office (科室): names drift between months, as from 党委办公室 to 党办.

The vocabulary is in offices.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reconcile.language import data, distinct
from reconcile.language.tokens import fold

SAME = 0.8
"""From here on two names are taken for one office."""

_SEPARATORS = re.compile(r"[、,，/;；和及]|\s+")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_ABBREVIATED = 0.9
_APART = 0.5
"""How alike two names are at most that something tells apart."""

_RULES = data.load(__file__, "offices")
_LEVEL = re.compile(rf"(?!{data.either(_RULES['no_levels'].split())}){data.either(_RULES['levels'].split())}(?=..)")
_LEVELS = frozenset(_RULES["levels"].split())
_SHORT: dict[str, str] = _RULES["short"]
_APART_LEVELS = frozenset(_RULES["apart"].split())
_SIGNS = [frozenset(signs) for signs in _RULES["signs"].values()]


def similarities(
    left: Sequence[str], right: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> NDArray[np.float32]:
    """How alike each office of `left` is to each of `right`, 0–1; names are compared once however often they recur."""
    known = tuple((fold(other), fold(name)) for name, others in aliases.items() for other in others)
    rows, columns = tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right))
    row_of, column_of = {name: i for i, name in enumerate(rows)}, {name: i for i, name in enumerate(columns)}
    return _table(rows, columns, known)[np.ix_([row_of[name] for name in left], [column_of[name] for name in right])]


def renamed(planning: Iterable[str], reporting: Iterable[str], aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The offices of one report that are those of an earlier one under another name, each with its earlier name.

    An earlier name that the later report uses as well is left alone: there 办公室 and 党委办公室 are two.
    """
    here, there = list(dict.fromkeys(filter(None, planning))), list(dict.fromkeys(filter(None, reporting)))
    new, gone = [name for name in there if name not in here], [name for name in here if name not in there]
    if not new or not gone:
        return {}
    alike = similarities(new, gone, aliases)
    best = alike.argmax(axis=1).tolist()
    return {name: gone[best[row]] for row, name in enumerate(new) if alike[row, best[row]] >= SAME}


@lru_cache(maxsize=256)
def _table(rows: Sequence[str], columns: Sequence[str], known: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """How alike each two names are: of joint offices the best of their parts.

    Where a report names no offices the body itself speaks, and an item without an office may be of any.
    """
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
            if alike[i, j] < 1:
                alike[i, j] = _drifted(part, other, alike[i, j])
    for names, listed in ((parts, left), (others, right)):
        place = {name: number for number, name in enumerate(names)}
        starts = np.cumsum([0, *map(len, listed)])[:-1]
        alike = np.maximum.reduceat(alike[[place[part] for own in listed for part in own]], starts).T
    unnamed = np.array([not name for name in rows]), np.array([not name for name in columns])
    alike[unnamed[0][:, None] | unnamed[1]] = SAME
    alike[np.ix_(*unnamed)] = 1
    return alike.astype(np.float32)


@lru_cache(maxsize=4096)
def _parts(name: str) -> list[str]:
    """The offices a joint name lists, with and without what stands in brackets."""
    bare = _BRACKETS.sub("", name)
    parts = [part for whole in (name, bare) for part in [whole, *_SEPARATORS.split(whole)] if part]
    return list(dict.fromkeys(parts)) or [name]


@lru_cache(maxsize=16_384)
def _drifted(one: str, other: str, alike: float) -> float:
    """How alike two names are beyond their characters: more if one is the other written short, less if told apart."""
    (level, bare), (their_level, their_bare) = _bare(one), _bare(other)
    if level != their_level and {level, their_level} <= _APART_LEVELS:
        return min(alike, _APART)
    common = {bare, their_bare} & set(_SHORT.values())  # 办公室 alone stands for no other office
    if bare == their_bare or _abbreviated(one, other) or (not common and _abbreviated(bare, their_bare)):
        return max(alike, _ABBREVIATED)
    return min(alike, _APART) if alike >= SAME and _told_apart(one, other) else alike


@lru_cache(maxsize=4096)
def _bare(name: str) -> tuple[str, str]:
    """A name without the administration it belongs to, and the lowest level of that; 局办 is 办公室."""
    level = ""
    for short, full in _SHORT.items():
        if name.endswith(short) and name.removesuffix(short) in _LEVELS:
            name = name.removesuffix(short) + full
    while found := _LEVEL.match(name):
        level, name = found[0], name[found.end() :]
    return level, name


def _told_apart(one: str, other: str) -> bool:
    """Whether two names much alike differ in a number, a side or a place: 执法一大队 and 执法二大队."""
    for signs in _SIGNS:
        mine, theirs = ([char for char in name if char in signs] for name in (one, other))
        if mine and theirs and mine != theirs:
            return True
    return bool(distinct.conflicts(distinct.marks(one), distinct.marks(other)))


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

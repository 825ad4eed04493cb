"""How a pair stands among others: its rank, and how far it is ahead of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.grid import Grid
from reconcile.matching.terms import Matrix

_CONTENDERS = 6
"""How many candidates of each item are close enough to be worth a look at their distinguishing marks."""

OF_PLAN, OF_CANDIDATE = 3, 2
"""So many candidates of each plan item, and plan items of each candidate, are read more closely: those that come first.
"""
UNREAD = -8.0
"""The logit of two items that are not read so; no other is further from 0."""

_LIKENESS = {
    "pairs_cosine": 1.0,
    "words_cosine": 1.0,
    "clause_words": 1.0,
    "meaning_plan": 1.0,
    "clause_meaning": 1.0,
    "meaning": 1.0,
    "clause_topic": 1.0,
    "same_thing": 0.15,
    "evidence": 0.05,
}
"""The plain sum of the best features, by which candidates are ranked against each other."""


def _alike(found: Mapping[str, Matrix]) -> Matrix:
    alike: Matrix = np.add.reduce([found[name] * np.float32(weight) for name, weight in _LIKENESS.items()])
    return alike


def ranking(found: Mapping[str, Matrix], grid: Grid) -> dict[str, Matrix]:
    """How a pair stands among all candidates of its plan item and all plan items of its candidate."""
    favoured = _alike(found) + np.float32(0.6) * (found["same_office"] > 0)
    meant: Matrix = found["meaning_plan"] + found["meaning_candidate"] + found["meaning"]
    return {
        "rank_for_plan": -np.log1p(grid.across_rows(rank, favoured, -np.inf)),
        "rank_for_candidate": -np.log1p(grid.across_columns(rank, favoured, -np.inf)),
        **leads("", favoured, grid),
        **leads("meaning_", meant, grid),
    }


def rank(matrix: Matrix) -> Matrix:
    """How many in the same row are larger: 0 for the best; equals share a rank, so order does not matter."""
    order = np.argsort(-matrix, axis=1)
    ordered = np.take_along_axis(matrix, order, axis=1)
    place = np.zeros(matrix.shape, np.float32)
    place[:, 1:] = np.where(ordered[:, 1:] < ordered[:, :-1], np.arange(1, matrix.shape[1]), 0)
    ranks = np.empty_like(place)
    np.put_along_axis(ranks, order, np.maximum.accumulate(place, axis=1), axis=1)
    return ranks


def leads(kind: str, alike: Matrix, grid: Grid, least: float = 0) -> dict[str, Matrix]:
    """How far each pair is ahead of the other candidates of its plan item, and of the other plans of its candidate."""
    ahead = partial(lead, least=least)
    return {
        f"{kind}lead_for_plan": grid.across_rows(ahead, alike, -np.inf),
        f"{kind}lead_for_candidate": grid.across_columns(ahead, alike, -np.inf),
    }


def lead(matrix: Matrix, least: float = 0) -> Matrix:
    """How far each entry is ahead of the best other entry of its row (negative where it is behind).

    `least` is the least that an entry can be, and what it is compared with where there is no other.
    """
    if matrix.shape[1] < 2:
        return np.maximum(matrix, least) - np.float32(least)
    top = np.partition(matrix, -2, axis=1)
    best, second = top[:, -1:], np.maximum(top[:, -2:-1], least)
    ahead: Matrix = np.where(matrix == best, matrix - second, matrix - best)
    return ahead


def come_first(for_plan: Matrix, for_candidate: Matrix) -> NDArray[np.bool_]:
    """Which pairs are read more closely, by their ranks (0 for the best) among those of each item."""
    wanted: NDArray[np.bool_] = (for_plan < OF_PLAN) | (for_candidate < OF_CANDIDATE)
    return wanted


def of_read(name: str, wanted: NDArray[np.bool_], logits: Matrix, grid: Grid) -> dict[str, Matrix]:
    """The logits of the pairs that were read more closely, one each, as a feature; and how far each pair is ahead."""
    found = np.full(wanted.shape, UNREAD, np.float32)
    found[wanted] = np.clip(logits, UNREAD, -UNREAD)
    return {name: found} | leads(f"{name}_", found, grid, UNREAD)


def contenders(found: Mapping[str, Matrix], grid: Grid) -> NDArray[np.bool_]:
    """The pairs among the best of their row or of their column."""
    alike = _alike(found)
    close: NDArray[np.bool_] = grid.across_rows(_best, alike, -np.inf) | grid.across_columns(_best, alike, -np.inf)
    return close


def _best(matrix: Matrix) -> NDArray[np.bool_]:
    if matrix.shape[1] <= _CONTENDERS:
        return np.ones(matrix.shape, bool)
    best: NDArray[np.bool_] = matrix >= np.partition(matrix, -_CONTENDERS, axis=1)[:, [-_CONTENDERS]]
    return best

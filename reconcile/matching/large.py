"""Blocks too large to compare everything with everything: each item is compared with those that come into question.

What comes into question shares rare words or pairs of characters, or lies near by the meaning of its words. These pairs
have the features they have among all pairs, except that ranks and rivals are taken among them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reconcile.matching import aligned, choose, features, likeness, neighbours, offices, ranking, terms
from reconcile.matching.features import Features
from reconcile.matching.grid import Pairs, Sparse, pairs
from reconcile.matching.likeness import Weighing
from reconcile.matching.scoring import Scorer, sigmoid
from reconcile.matching.terms import Matrix, Places
from reconcile.matching.texts import Side

NEIGHBOURS = 24
"""So many candidates of each plan item, and plan items of each candidate, come into question."""
_TILE = 32
"""Plan items compared at once with all that comes into question for any of them."""

Aliases = Mapping[str, Sequence[str]]


def score(
    plans: Side,
    candidates: Side,
    scorer: Scorer,
    threshold: float,
    aliases: Aliases,
    count: int = NEIGHBOURS,
    more: Callable[[Pairs], dict[str, Matrix]] = lambda _: {},
) -> tuple[Features, Sparse, dict[str, Matrix], Matrix, Sparse]:
    """Score the pairs of two sides that come into question, and choose the links.

    Gives their features, their probabilities, what tells whether each plan item is reported at all and how probable
    that is, and the links;
    `more` adds further features of the pairs.
    """
    weighing = likeness.weigh(plans, candidates)
    grid = in_question(plans, candidates, weighing, aliases, count)
    found, clauses = _compared(plans, candidates, grid, weighing, aliases)
    found |= ranking.ranking(found, grid)
    found |= aligned.features(plans, candidates, weighing.words, found, grid)
    close = np.flatnonzero(ranking.contenders(found, grid))
    found |= features.marks(plans, candidates, grid.rows, grid.columns, close)
    found = scorer.with_rivals(found | more(grid), grid)
    probability = sigmoid(scorer.second.logits(found))
    signs = _rows(probability, found, grid, (plans, candidates), aliases, scorer.usual)
    reported = sigmoid(scorer.reported.logits(signs))
    accepted = choose.accept(probability, threshold, reported[grid.rows, 0])
    listed = {name: Sparse(grid, values) for name, values in found.items()}
    return Features(listed, clauses), Sparse(grid, probability), signs, reported, Sparse(grid, accepted)


def in_question(plans: Side, candidates: Side, weighing: Weighing, aliases: Aliases, count: int) -> Pairs:
    """The nearest candidates of each plan item, and the nearest plan items of each candidate."""
    width = len(candidates)
    points = neighbours.meaning(plans, 0), neighbours.meaning(candidates, 1)
    there = neighbours.nearest(plans, candidates, (weighing.words, weighing.pairs), points, aliases, count)
    turned = weighing.words.turned(), weighing.pairs.turned()
    back = neighbours.nearest(candidates, plans, turned, points[::-1], aliases, count)
    cells = np.arange(len(plans))[:, None] * width + there, back * width + np.arange(width)[:, None]
    near = terms.distinct(np.concatenate([one.ravel() for one in cells]))
    return pairs((len(plans), width), *np.divmod(near, width))


def _compared(
    plans: Side, candidates: Side, grid: Pairs, weighing: Weighing, aliases: Aliases
) -> tuple[dict[str, Matrix], Sparse]:
    """What the items of each pair have in common; and how alike their clauses are, clauses × clauses."""
    order = np.lexsort((grid.columns[grid.bounds[:-1]],))
    places, values, clause_cells, alike = [], [], [], []
    width = int(candidates.bounds[-1])
    for first in range(0, len(order), _TILE):
        rows = np.sort(order[first : first + _TILE])
        own = terms.spread(grid.bounds[rows], np.diff(grid.bounds)[rows])
        columns = terms.distinct(grid.columns[own])
        wanted = np.zeros((len(rows), len(columns)), bool)
        wanted[np.searchsorted(rows, grid.rows[own]), np.searchsorted(columns, grid.columns[own])] = True
        left, right = plans.part(rows), candidates.part(columns)
        found, clauses = features.compared(left, right, weighing, aliases)
        places.append(own)
        values.append({name: matrix[wanted] for name, matrix in found.items()})
        of_wanted = np.repeat(np.repeat(wanted, np.diff(left.bounds), axis=0), np.diff(right.bounds), axis=1)
        mine, theirs = (_clauses(side, chosen) for side, chosen in ((plans, rows), (candidates, columns)))
        clause_cells.append((mine[:, None] * width + theirs)[of_wanted])
        alike.append(clauses[of_wanted])
    back = np.argsort(np.concatenate(places))
    listed = {name: np.concatenate([one[name] for one in values])[back] for name in values[0]}
    listed["office_absent"] = _absent(plans, candidates, aliases)[grid.rows] * (1 - listed["same_office"])
    cells = np.concatenate(clause_cells)
    by_cell = np.argsort(cells)
    clause_pairs = pairs((int(plans.bounds[-1]), width), *np.divmod(cells[by_cell], width))
    return listed, Sparse(clause_pairs, np.concatenate(alike)[by_cell])


def _clauses(side: Side, chosen: Places) -> Places:
    """The clauses of some items."""
    return terms.spread(side.bounds[chosen], np.diff(side.bounds)[chosen])


def _absent(plans: Side, candidates: Side, aliases: Aliases) -> Matrix:
    """1 for each plan item whose office is not among those of the candidates."""
    same, office, _ = _offices(plans, candidates, aliases)
    absent: Matrix = (np.count_nonzero(same, axis=1) == 0)[office].astype(np.float32)
    return absent


def _offices(plans: Side, candidates: Side, aliases: Aliases) -> tuple[NDArray[np.bool_], Places, Places]:
    """Which offices of the two sides are the same, and the offices of all items as places among them."""
    ours, others = (
        {name: place for place, name in enumerate(dict.fromkeys(side.offices))} for side in (plans, candidates)
    )
    same = offices.similarities(list(ours), list(others), aliases) >= offices.SAME
    mine, theirs = [ours[name] for name in plans.offices], [others[name] for name in candidates.offices]
    return same, np.array(mine, np.intp), np.array(theirs, np.intp)


def _rows(
    scores: Matrix,
    found: Mapping[str, Matrix],
    grid: Pairs,
    sides: tuple[Side, Side],
    aliases: Aliases,
    usual: float,
) -> dict[str, Matrix]:
    """The figures of `choose.ROW` for every plan item; what is not compared scores 0."""
    plans, candidates = sides
    best = grid.across_rows(lambda matrix: -np.sort(-matrix, axis=1), scores, 0)
    counts = np.diff(grid.bounds)
    first, second, third = (
        np.where(counts > place, np.append(best, [0] * 3)[grid.bounds[:-1] + place], 0) for place in range(3)
    )
    top = np.flatnonzero(scores == first[grid.rows])
    wanted = grid.columns[top[np.searchsorted(grid.rows[top], np.arange(len(plans)))]]
    claims = np.where(scores == first[grid.rows], 0, scores)
    same, mine, theirs = _offices(plans, candidates, aliases)
    size = same @ np.bincount(theirs, minlength=same.shape[1])
    unclaimed = same @ np.bincount(theirs, 1 - grid.largest_of_columns(scores), same.shape[1])
    sure, heard = choose.logit(first), (size > 0)[mine]
    columns = (
        sure,
        choose.logit(second),
        choose.logit(third),
        np.bincount(grid.rows, scores, len(plans)),
        choose.logit(grid.largest_of_rows(np.where(found["same_office"] > 0, scores, 0))),
        heard,
        choose.logit(grid.largest_of_columns(claims)[wanted]),
        np.log1p(size)[mine],
        (unclaimed / np.maximum(size, 1))[mine],
        np.log(np.maximum(plans.length, 1)),
        np.full(len(plans), choose.usually(sure[heard], usual)),
    )
    return {name: np.asarray(column, np.float32)[:, None] for name, column in zip(choose.ROW, columns, strict=True)}

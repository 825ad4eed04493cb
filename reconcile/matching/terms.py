"""The terms of two sides (words, or pairs of characters) as arrays, so that no two texts are compared one by one.

A document is an item or one of its clauses. Products over terms need only the terms both sides have; sums over a
document need all of its terms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching.texts import Side, Text

Matrix = NDArray[np.floating[Any]]
Places = NDArray[np.intp]
EPSILON = 1e-6
"""Kept away from zero: what is divided by."""


UNSEEN = 100
"""Items of other reports that are taken to have none of a term: in a short report, too, a term that recurs is rarer
than one that all reports share, and one word in common is no proof.
"""


class Documents(Struct, frozen=True, eq=False):
    """Documents as pairs of a document and a term, sorted by document; each pair stands once."""

    count: int
    rows: Places
    terms: Places

    def total(self, weight: Matrix) -> Matrix:
        """The weight of each document's terms together."""
        total: Matrix = np.bincount(self.rows, weight[self.terms], self.count).astype(np.float32)
        return np.maximum(total, EPSILON)

    def length(self, weight: Matrix) -> Matrix:
        """The length of each document as a vector of weights."""
        length: Matrix = np.sqrt(self.total(weight * weight))
        return length

    def over(self, chosen: Places, weight: Matrix) -> Matrix:
        """Documents × chosen terms: the weight of the term where the document has it."""
        place = np.full(len(weight), -1)
        place[chosen] = np.arange(len(chosen))
        columns = place[self.terms]
        known = columns >= 0
        matrix = np.zeros((self.count, len(chosen)), np.float32)
        matrix[self.rows[known], columns[known]] = weight[self.terms[known]]
        return matrix

    def numbered(self, chosen: Places) -> Documents:
        """The same with terms numbered by their place among the chosen ones, which must be all that occur."""
        return Documents(self.count, self.rows, np.searchsorted(chosen, self.terms))

    def having(self) -> Documents:
        """The same pairs sorted by term."""
        order = np.argsort(self.terms, kind="stable")
        return Documents(self.count, self.rows[order], self.terms[order])

    def bounds(self) -> Places:
        """Where each document's terms begin; one more for the end of the last."""
        return np.searchsorted(self.rows, np.arange(self.count + 1))


class Terms(Struct, frozen=True, eq=False):
    """The terms of both sides, sorted, with the documents of each; `rarity` is larger the fewer items have a term.

    `of_plans`, `of_candidates` and `of_both` are the places of the terms that one side has, or both.
    """

    terms: list[str]
    plans: Documents
    candidates: Documents
    plan_clauses: Documents
    candidate_clauses: Documents
    rarity: Matrix
    of_plans: Places
    of_candidates: Places
    of_both: Places


def terms(plans: Side, candidates: Side, of: Callable[[Text], tuple[tuple[str, ...], ...]]) -> Terms:
    """The terms of two sides; `of` gives those of each clause of a text."""
    left, right = ([clause for text in side.texts for clause in of(text)] for side in (plans, candidates))
    names = sorted(set(chain.from_iterable(left)).union(chain.from_iterable(right)))
    place = {name: number for number, name in enumerate(names)}
    plan_clauses, candidate_clauses = _documents(left, place), _documents(right, place)
    plan_items, candidate_items = (
        _items(plan_clauses, plans, len(names)),
        _items(candidate_clauses, candidates, len(names)),
    )
    in_plans, in_candidates = (
        np.bincount(items.terms, minlength=len(names)) for items in (plan_items, candidate_items)
    )
    count = in_plans + in_candidates
    return Terms(
        terms=names,
        plans=plan_items,
        candidates=candidate_items,
        plan_clauses=plan_clauses,
        candidate_clauses=candidate_clauses,
        rarity=np.log((len(plans) + len(candidates) + UNSEEN) / (count + 0.5)).astype(np.float32),
        of_plans=np.flatnonzero(in_plans),
        of_candidates=np.flatnonzero(in_candidates),
        of_both=np.flatnonzero(in_plans * in_candidates),
    )


def _documents(documents: Sequence[Sequence[str]], place: dict[str, int]) -> Documents:
    counts = [len(document) for document in documents]
    found = np.fromiter((place[term] for document in documents for term in document), np.intp, sum(counts))
    return Documents(len(documents), np.repeat(np.arange(len(documents)), counts), found)


def _items(clauses: Documents, side: Side, width: int) -> Documents:
    """The items of a side from its clauses: a term counts once for an item, however many clauses have it."""
    owner = np.repeat(np.arange(len(side)), np.diff(side.bounds))
    pairs = np.sort(owner[clauses.rows] * max(width, 1) + clauses.terms)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # np.unique would load all of numpy.ma
    return Documents(len(side), *np.divmod(pairs, max(width, 1)))


def shared(left: Documents, right: Documents, both: Places, weight: Matrix) -> Matrix:
    """The weight of the terms two documents share, for every two."""
    return left.over(both, weight) @ right.over(both, np.ones_like(weight)).T


def cosine(left: Documents, right: Documents, both: Places, weight: Matrix) -> Matrix:
    """The cosine of every two documents."""
    product: Matrix = left.over(both, weight) @ right.over(both, weight).T
    return product / left.length(weight)[:, None] / right.length(weight)[None]


def rarest(left: Documents, right: Documents, both: Places, weight: Matrix) -> Matrix:
    """The weight of the most telling term two documents share, for every two."""
    having, others = left.having(), right.having()
    starts, ends = (np.searchsorted(having.terms, both, side=side).tolist() for side in ("left", "right"))
    begins, finishes = (np.searchsorted(others.terms, both, side=side).tolist() for side in ("left", "right"))
    found = np.zeros((left.count, right.count), np.float32)
    for place in np.argsort(weight[both], kind="stable").tolist():
        rows, columns = having.rows[starts[place] : ends[place]], others.rows[begins[place] : finishes[place]]
        found[rows[:, None], columns] = weight[both[place]]
    return found


def nearest(documents: Documents, near: Matrix) -> Matrix:
    """Documents × other terms: how near the nearest term of the document is; `near` is terms × other terms."""
    bounds = documents.bounds().tolist()
    best = np.zeros((documents.count, near.shape[1]), near.dtype)
    for document, (start, end) in enumerate(pairwise(bounds)):
        if start < end:
            near[documents.terms[start:end]].max(axis=0, out=best[document])
    return best


def best_clause(matrix: Matrix, side: Side) -> Matrix:
    """From clauses × anything to items × anything: the best of each item's clauses."""
    counts = np.diff(side.bounds)
    best = matrix[side.starts]
    for place in range(1, counts.max()):
        longer = np.flatnonzero(counts > place)
        best[longer] = np.maximum(best[longer], matrix[side.starts[longer] + place])
    return best

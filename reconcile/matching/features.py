"""How alike each plan item and each candidate are: a stack of named matrices, plans × candidates.

Every feature is larger the more two items look like the same work, except those whose name says otherwise. Nothing
here depends on the order of the items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.language.distinct import agreements, conflicts
from reconcile.matching import likeness, offices, terms
from reconcile.matching.terms import Matrix, meeting
from reconcile.matching.texts import Side

_CONTENDERS = 6
"""How many candidates of each item are close enough to be worth a look at their distinguishing marks."""

MARKS = (
    "age", "body", "date", "half", "holiday", "inside", "letter", "level", "mode", "month", "numbered", "ordinal",
    "place", "quarter", "road", "schooling", "section", "side", "title", "urban", "whose", "year",
)  # fmt: skip
"""The kinds of distinguishing marks of `reconcile.language.distinct`; each has a feature of its own."""

_WEAK = frozenset({"place", "whose"})
"""Kinds that now and then differ between two reports on the same work; any other conflict is a veto."""


class Features(Struct, frozen=True, eq=False):
    """`pairs` holds the features by name, each plans × candidates.

    `clauses` is how alike each clause of the plan items and each clause of the candidates are (0–1): by it a link is
    told which task it reports on.
    """

    pairs: dict[str, Matrix]
    clauses: Matrix


def features(plans: Side, candidates: Side, aliases: Mapping[str, Sequence[str]] | None = None) -> Features:
    """All features of every pair; both sides must have at least one item, else there are none."""
    if not len(plans) or not len(candidates):
        return Features({}, np.zeros((0, 0), np.float32))
    found, clauses = likeness.words(plans, candidates)
    found |= likeness.pairs(plans, candidates)
    found |= {
        "same_thing": likeness.same_thing(plans, candidates),
        "evidence": likeness.evidence(plans, candidates),
        "figures": likeness.figures(plans, candidates),
        "names": likeness.names(plans, candidates),
    }
    found |= _lengths(plans, candidates)
    found |= _office(offices.similarities(plans.offices, candidates.offices, aliases or {}))
    alike: Matrix = np.add.reduce([found[name] * np.float32(weight) for name, weight in _LIKENESS.items()])
    found |= _standing_out(alike, found["same_office"] > 0)
    found |= _marks(plans, candidates, alike)
    return Features(found, clauses)


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


def _lengths(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """How long the two items are, and how many clauses the candidate has; as logarithms."""
    shape = (len(plans), len(candidates))
    clauses = np.log(np.diff(candidates.bounds)).astype(np.float32)
    return {
        "length_plan": np.broadcast_to(np.log(np.maximum(plans.length, 1))[:, None], shape),
        "length_candidate": np.broadcast_to(np.log(np.maximum(candidates.length, 1))[None], shape),
        "clauses_candidate": np.broadcast_to(clauses[None], shape),
    }


def _office(similarity: Matrix) -> dict[str, Matrix]:
    """The same office, another office, or an office that does not appear among the candidates at all."""
    same = (similarity >= offices.SAME).astype(np.float32)
    absent = (similarity.max(axis=1, initial=0) < offices.SAME).astype(np.float32)
    return {"office": similarity, "same_office": same, "office_absent": absent[:, None] * (1 - same)}


def _standing_out(likeness: Matrix, same: NDArray[np.bool_]) -> dict[str, Matrix]:
    """How a pair stands among all candidates of its plan item and all plan items of its candidate."""
    favoured = likeness + np.float32(0.6) * same
    return {
        "rank_for_plan": -np.log1p(_rank(favoured)),
        "rank_for_candidate": -np.log1p(_rank(favoured.T).T),
        "lead_for_plan": _lead(favoured),
        "lead_for_candidate": _lead(favoured.T).T,
    }


def _rank(matrix: Matrix) -> Matrix:
    """How many in the same row are larger: 0 for the best; equals share a rank, so order does not matter."""
    order = np.argsort(-matrix, axis=1)
    ordered = np.take_along_axis(matrix, order, axis=1)
    place = np.zeros(matrix.shape, np.float32)
    place[:, 1:] = np.where(ordered[:, 1:] < ordered[:, :-1], np.arange(1, matrix.shape[1]), 0)
    ranks = np.empty_like(place)
    np.put_along_axis(ranks, order, np.maximum.accumulate(place, axis=1), axis=1)
    return ranks


def _lead(matrix: Matrix) -> Matrix:
    """How far each entry is ahead of the best other entry of its row (negative where it is behind)."""
    if matrix.shape[1] < 2:
        return np.maximum(matrix, 0)
    top = np.partition(matrix, -2, axis=1)
    best, second = top[:, -1:], np.maximum(top[:, -2:-1], 0)
    lead: Matrix = np.where(matrix == best, matrix - second, matrix - best)
    return lead


def _marks(plans: Side, candidates: Side, alike: Matrix) -> dict[str, Matrix]:
    """Marks that tell two items apart although they read alike, looked at where a pair comes into question."""
    names = (*(f"conflict_{kind}" for kind in MARKS), "conflicts", "agreements", "veto")
    found = dict(zip(names, np.zeros((len(names), *alike.shape), np.float32), strict=True))
    of_one_kind = meeting(plans.marked, candidates.marked, terms.common(plans.marked, candidates.marked)).sum(None)
    for row, column in np.argwhere(_contenders(alike) & (of_one_kind > 0)).tolist():
        left, right = plans.marks[row], candidates.marks[column]
        for conflict in conflicts(left, right):
            found[f"conflict_{conflict.kind}"][row, column] = 1
            found["conflicts"][row, column] += 1
            if conflict.kind not in _WEAK:
                found["veto"][row, column] = 1
        found["agreements"][row, column] = min(len(agreements(left, right)), 3)
    return found


def _contenders(alike: Matrix) -> NDArray[np.bool_]:
    """The pairs among the best of their row or of their column."""
    close = np.zeros(alike.shape, bool)
    for axis in (0, 1):
        if alike.shape[axis] <= _CONTENDERS:
            return np.ones(alike.shape, bool)
        close |= alike >= np.partition(alike, -_CONTENDERS, axis=axis).take([-_CONTENDERS], axis=axis)
    return close

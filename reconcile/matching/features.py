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
from reconcile.matching import likeness, offices
from reconcile.matching.grid import WHOLE, Grid, Table
from reconcile.matching.likeness import Weighing
from reconcile.matching.terms import Matrix, Places
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
    """`pairs` holds the features by name, each plans × candidates; in a large block with the standing against rivals.

    `clauses` is how alike each clause of the plan items and each clause of the candidates are (0–1): by it a link is
    told which task it reports on.
    """

    pairs: dict[str, Table]
    clauses: Table


def features(plans: Side, candidates: Side, aliases: Mapping[str, Sequence[str]] | None = None) -> Features:
    """All features of every pair; both sides must have at least one item, else there are none."""
    if not len(plans) or not len(candidates):
        return Features({}, np.zeros((0, 0), np.float32))
    found, clauses = compared(plans, candidates, likeness.weigh(plans, candidates), aliases or {})
    shape = len(plans), len(candidates)
    rows, columns = (places.ravel() for places in np.indices(shape))
    found |= standing(found, WHOLE)
    told_apart = marks(plans, candidates, rows, columns, np.flatnonzero(contenders(found, WHOLE)))
    return Features(found | {name: one.reshape(shape) for name, one in told_apart.items()}, clauses)


def compared(
    plans: Side,
    candidates: Side,
    weighing: Weighing,
    aliases: Mapping[str, Sequence[str]],
    wanted: NDArray[np.bool_] | None = None,
) -> tuple[dict[str, Matrix], Matrix]:
    """What each two items have in common, for two sides or parts of them; and how alike their clauses are.

    Of some pairs only the `wanted` ones are compared in full.
    """
    found, clauses = likeness.words(plans, candidates, weighing.words, wanted)
    found |= likeness.pairs(plans, candidates, weighing.pairs)
    found |= {
        "same_thing": likeness.same_thing(plans, candidates, weighing),
        "evidence": likeness.evidence(plans, candidates, weighing),
        "figures": likeness.figures(plans, candidates, weighing),
        "names": likeness.names(plans, candidates),
    }
    found |= _lengths(plans, candidates)
    found |= _office(offices.similarities(plans.offices, candidates.offices, aliases))
    return found, clauses


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


def standing(found: Mapping[str, Matrix], grid: Grid) -> dict[str, Matrix]:
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


def leads(kind: str, alike: Matrix, grid: Grid) -> dict[str, Matrix]:
    """How far each pair is ahead of the other candidates of its plan item, and of the other plans of its candidate."""
    return {
        f"{kind}lead_for_plan": grid.across_rows(lead, alike, -np.inf),
        f"{kind}lead_for_candidate": grid.across_columns(lead, alike, -np.inf),
    }


def lead(matrix: Matrix) -> Matrix:
    """How far each entry is ahead of the best other entry of its row (negative where it is behind)."""
    if matrix.shape[1] < 2:
        return np.maximum(matrix, 0)
    top = np.partition(matrix, -2, axis=1)
    best, second = top[:, -1:], np.maximum(top[:, -2:-1], 0)
    ahead: Matrix = np.where(matrix == best, matrix - second, matrix - best)
    return ahead


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


def marks(plans: Side, candidates: Side, rows: Places, columns: Places, close: Places) -> dict[str, Matrix]:
    """Marks that tell two items apart although they read alike: a number for each pair of a row and a column.

    They are looked at where a pair comes into question; `close` are the places of such pairs.
    """
    names = (*(f"conflict_{kind}" for kind in MARKS), "conflicts", "agreements", "veto")
    found = dict(zip(names, np.zeros((len(names), len(rows)), np.float32), strict=True))
    for place, row, column in zip(close.tolist(), rows[close].tolist(), columns[close].tolist(), strict=True):
        left, right = plans.marks[row], candidates.marks[column]
        if left.keys().isdisjoint(right):
            continue
        for conflict in conflicts(left, right):
            found[f"conflict_{conflict.kind}"][place] = 1
            found["conflicts"][place] += 1
            if conflict.kind not in _WEAK:
                found["veto"][place] = 1
        found["agreements"][place] = min(len(agreements(left, right)), 3)
    return found

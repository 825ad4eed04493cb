"""How alike each plan item and each candidate are: a stack of named matrices, plans × candidates.

Every feature is larger the more two items look like the same work, except those whose name says otherwise. Nothing
here depends on the order of the items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from reconcile.language.distinct import agreements, conflicts, kinds
from reconcile.matching import aligned, likeness, offices, ranking
from reconcile.matching.grid import WHOLE, Table
from reconcile.matching.likeness import Weighing
from reconcile.matching.terms import Matrix, Places
from reconcile.matching.texts import Side

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
    weighing = likeness.weigh(plans, candidates)
    found, clauses = compared(plans, candidates, weighing, aliases or {})
    shape = len(plans), len(candidates)
    rows, columns = (places.ravel() for places in np.indices(shape))
    found |= ranking.ranking(found, WHOLE)
    found |= aligned.features(plans, candidates, weighing.words, found, WHOLE)
    told_apart = marks(plans, candidates, rows, columns, np.flatnonzero(ranking.contenders(found, WHOLE)))
    return Features(found | {name: one.reshape(shape) for name, one in told_apart.items()}, clauses)


def compared(
    plans: Side,
    candidates: Side,
    weighing: Weighing,
    aliases: Mapping[str, Sequence[str]],
) -> tuple[dict[str, Matrix], Matrix]:
    """What each two items have in common, for two sides or parts of them; and how alike their clauses are."""
    found, clauses = likeness.words(plans, candidates, weighing.words)
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


def marks(plans: Side, candidates: Side, rows: Places, columns: Places, close: Places) -> dict[str, Matrix]:
    """Marks that tell two items apart although they read alike: a number for each pair of a row and a column.

    They are looked at where a pair comes into question; `close` are the places of such pairs. Each kind of mark has a
    feature of its own; one that the model does not know yet counts among the conflicts and as a veto.
    """
    names = (*(f"conflict_{kind}" for kind in kinds()), "conflicts", "agreements", "veto")
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

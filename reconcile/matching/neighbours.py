"""Which items of a large side come near an item at all: by rare terms they share, and by the meaning of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from reconcile.matching import offices, terms
from reconcile.matching.likeness import Weights
from reconcile.matching.terms import Documents, Index, Matrix, Places
from reconcile.matching.texts import Side
from reconcile.matching.vectors import DIMENSIONS

_ROWS = 128
"""Items whose neighbours are looked for at once."""
_COMMON = 100
"""A term that more items have finds no neighbours."""
_SAME_OFFICE = np.float32(0.3)


class _Kind(Struct, frozen=True, eq=False):
    """One kind of terms of two sides: words, or pairs of characters. `to_others` leaves out common terms."""

    own: Documents
    others: Documents
    by_term: Index
    to_others: Places
    weight: Matrix
    lengths: tuple[Matrix, Matrix]


def nearest(
    side: Side,
    others: Side,
    weights: tuple[Weights, Weights],
    points: tuple[Matrix, Matrix],
    aliases: Mapping[str, Sequence[str]],
    count: int,
) -> Places:
    """The nearest of the others for each item of a side: items × `count`; `weights` are of words and of pairs.

    `points` are what `meaning` gives for the side and for the others.
    """
    if count >= len(others):
        return np.broadcast_to(np.arange(len(others)), (len(side), len(others)))
    kinds = _kind(side.words, others.words, weights[0]), _kind(side.pairs, others.pairs, weights[1])
    apart = len({*side.offices, *others.offices}) > 1
    found = []
    for first in range(0, len(side), _ROWS):
        chosen = np.arange(first, min(first + _ROWS, len(side)))
        near = terms.product(points[0][chosen], points[1].T)
        near += _shared(kinds, chosen)
        if apart:
            names = [side.offices[place] for place in chosen.tolist()]
            near += _SAME_OFFICE * (offices.similarities(names, others.offices, aliases) >= offices.SAME)
        found.append(np.argpartition(near, -count, axis=1)[:, -count:].copy())
    return np.concatenate(found)


def meaning(side: Side, space: int) -> Matrix:
    """The mean of the points of each item's words in the space of plans (0) or of reports (1), of length 1."""
    having = np.flatnonzero(np.diff(side.words.bounds))
    whole = np.zeros((len(side), DIMENSIONS), np.float32)
    entries = side.meaning.points[side.words.terms, space] * side.meaning.weights[side.words.terms, space, None]
    whole[having] = np.add.reduceat(entries, side.words.bounds[having], axis=0)
    return terms.unit(whole)


def _kind(own: Documents, others: Documents, weight: Weights) -> _Kind:
    common = np.append(others.frequency() > _COMMON, True)[weight.to_candidates]
    return _Kind(
        own,
        others,
        terms.index(others),
        np.where(common, -1, weight.to_candidates),
        weight.plans,
        (own.length(weight.plans), others.length(weight.candidates)),
    )


def _shared(kinds: Sequence[_Kind], chosen: Places) -> Matrix:
    """The cosines of some items with all others, of all kinds of terms together; common terms left out."""
    count = kinds[0].others.count
    cells, values = [], []
    for kind in kinds:
        part = kind.own.part(chosen)
        mine, theirs = terms.meet(part, kind.by_term, kind.to_others)
        rows, columns = part.rows[mine], kind.others.rows[theirs]
        cells.append(rows * count + columns)
        weight = kind.weight[part.terms[mine]]
        values.append(weight * weight / kind.lengths[0][chosen[rows]] / kind.lengths[1][columns])
    shared: Matrix = np.bincount(np.concatenate(cells), np.concatenate(values), len(chosen) * count).astype(np.float32)
    return shared.reshape(len(chosen), count)

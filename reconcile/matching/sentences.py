"""What whole sentences mean (extra `semantic`): every word of an item is read in its context.

Two items are compared piece of word by piece of word: each piece of one looks for the nearest of the other, and counts
as much as the encoder has learned it tells (late interaction: Khattab and Zaharia, "ColBERT", SIGIR 2020). So another
school or another document is noticed among the same verbs, and a result told without any word of the plan is found.
The nearest are then read together, plan and candidate as one text: what one of them names, the other may not have.

The networks are in `reconcile.matching.encoder`; they are asked where ``[matching] semantic`` is in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reconcile.matching import encoder, terms
from reconcile.matching.encoder import Sentence
from reconcile.matching.grid import WHOLE, Grid, Pairs
from reconcile.matching.ranking import come_first, lead, leads, of_read, rank
from reconcile.matching.terms import Matrix, Places
from reconcile.model.reports import Item

_TILE = 64
"""Texts compared with all others at once."""

Met = tuple[Matrix, Matrix]
"""How much of each text is met in each other one, and how far ahead of the rest; texts × others."""


def features(plans: Sequence[Item], candidates: Sequence[Item], grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How near the items of each pair are as sentences, and how far ahead of all others they are.

    `sentence_plan` is how much of the plan item is met in the candidate, `sentence_candidate` how much of the candidate
    in the plan item, `sentence` how near they are as wholes; each at most 1. The leads say by how much all three are
    ahead of the next best, `pieces_ahead` how far ahead each single piece is. `together` is the logit that both speak
    of the same work, read as one text. `ConfigError` where the extra is missing.
    """
    mine, theirs = (encoder.read([item.text for item in side]) for side in (plans, candidates))
    found = likenesses(mine, theirs, grid)
    near = nearness(found)
    wanted = nearest(near, grid)
    places = zip(*grid.places(wanted), strict=True)
    read = [(plans[row].text, candidates[column].text) for row, column in places]
    together = encoder.read_together(read, candidates[0].kind)
    return found | leads("sentence_", near, grid) | of_read("together", wanted, together, grid)


def likenesses(plans: Sequence[Sentence], candidates: Sequence[Sentence], grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How near the items of each pair are, each read by itself."""
    return _of_pairs(plans, candidates, grid) if isinstance(grid, Pairs) else _of_all(plans, candidates)


def nearness(found: Mapping[str, Matrix]) -> Matrix:
    """How near the items of each pair are, by all three likenesses together; at most 3."""
    near: Matrix = found["sentence_plan"] + found["sentence_candidate"] + found["sentence"]
    return near


def nearest(near: Matrix, grid: Grid = WHOLE) -> NDArray[np.bool_]:
    """Which pairs are read together."""
    return come_first(*(across(rank, near, -np.inf) for across in (grid.across_rows, grid.across_columns)))


def _of_all(plans: Sequence[Sentence], candidates: Sequence[Sentence]) -> dict[str, Matrix]:
    of_plan, of_candidate = _met_in_tiles(plans, candidates), _met_in_tiles(candidates, plans)
    whole, other = (np.stack([one.whole for one in side]) for side in (plans, candidates))
    return _named(of_plan, (of_candidate[0].T, of_candidate[1].T), terms.product(whole, other.T))


def _of_pairs(plans: Sequence[Sentence], candidates: Sequence[Sentence], grid: Pairs) -> dict[str, Matrix]:
    in_order = np.arange(len(grid.rows))
    of_plan = _met_in_pairs(plans, candidates, in_order, grid.columns, grid.bounds)
    of_candidate = _met_in_pairs(candidates, plans, grid.by_column, grid.rows, grid.column_bounds)
    whole, other = (np.stack([one.whole for one in side]) for side in (plans, candidates))
    return _named(of_plan, of_candidate, np.einsum("ij,ij->i", whole[grid.rows], other[grid.columns]))


def _named(of_plan: Met, of_candidate: Met, whole: Matrix) -> dict[str, Matrix]:
    return {
        "sentence_plan": of_plan[0],
        "sentence_candidate": of_candidate[0],
        "sentence": whole,
        "pieces_ahead_for_plan": of_plan[1],
        "pieces_ahead_for_candidate": of_candidate[1],
    }


def _met_in_tiles(texts: Sequence[Sentence], others: Sequence[Sentence]) -> Met:
    """The same as `_met`, some texts at a time."""
    tiles = [_met(texts[start : start + _TILE], others) for start in range(0, len(texts), _TILE)]
    return np.concatenate([tile[0] for tile in tiles]), np.concatenate([tile[1] for tile in tiles])


def _met_in_pairs(
    texts: Sequence[Sentence], others: Sequence[Sentence], order: Places, partners: Places, bounds: Places
) -> Met:
    """The same for some pairs: those of each text lie in `order` between two bounds, `partners` are their others."""
    found = np.zeros((2, len(order)), np.float32)
    for text, start, end in zip(texts, bounds, bounds[1:], strict=False):
        if end > start:
            places = order[start:end]
            found[:, places] = np.concatenate(_met([text], [others[one] for one in partners[places]]))
    return found[0], found[1]


def _met(texts: Sequence[Sentence], others: Sequence[Sentence]) -> Met:
    """How much of each text is met in each other one, and how far ahead the other is of the rest, piece by piece.

    What all others have alike puts none of them ahead; the school or the document that only one of them names does.
    """
    (pieces, starts, weights), (other_pieces, other_starts, _) = _stacked(texts), _stacked(others)
    best = np.maximum.reduceat(terms.product(pieces, other_pieces.T), other_starts, axis=1)
    counted = weights[:, None]
    return np.add.reduceat(best * counted, starts, axis=0), np.add.reduceat(lead(best) * counted, starts, axis=0)


def _stacked(sentences: Sequence[Sentence]) -> tuple[Matrix, Places, Matrix]:
    """All pieces of some sentences, where each sentence starts, and the weights of the pieces."""
    lengths = [len(one.weights) for one in sentences]
    starts = np.cumsum([0, *lengths[:-1]])
    return (
        np.concatenate([one.pieces for one in sentences]),
        starts,
        np.concatenate([one.weights for one in sentences]),
    )

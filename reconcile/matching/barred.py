"""A block without some links: those that people rejected. What is left is weighed as if they had never been likely."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from msgspec.structs import replace

from reconcile.matching.block import Block, Scores
from reconcile.model.links import Barred


def bar(block: Block, barred: Iterable[Barred]) -> Block:
    """The block without links between these plan items and candidates; itself where none of them is in it."""
    pairs = frozenset(barred)
    return replace(block, links=_bar(block.links, pairs), carries=_bar(block.carries, pairs)) if pairs else block


def _bar(scores: Scores, pairs: frozenset[Barred]) -> Scores:
    row_of = {item.id: row for row, item in enumerate(scores.plans)}
    column_of = {item.id: column for column, item in enumerate(scores.candidates)}
    places = [(row_of[one], column_of[other]) for one, other in pairs if one in row_of and other in column_of]
    if not places:
        return scores
    probability, reported, accepted = scores.probability.copy(), scores.reported.copy(), scores.accepted.copy()
    for row, column in places:
        probability[row, column], accepted[row, column] = 0, False
    for row in {row for row, _ in places}:
        reported[row, 0] = min(reported[row, 0], probability[row].max())
        accepted[row] &= np.bool_(reported[row, 0] >= 0.5)
    return replace(scores, probability=probability, reported=reported, accepted=accepted, _owners={})

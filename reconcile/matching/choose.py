"""Which pairs are accepted as links, over the whole block at once.

Many-to-many is normal: one completion may total what three plans promised, one plan may be reported by three
completions. So nothing is matched one to one; instead every plan item must first be likely to be reported at all. That
is weighed by its best candidates together, by who else wants them, and by how much its own office reports. Only then
do the pairs at or above the threshold become links.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.terms import Matrix

ROW = (
    "best",
    "second",
    "third",
    "expected",
    "best_in_office",
    "office_reports",
    "wanted_elsewhere",
    "office_size",
    "office_unclaimed",
    "length",
    "usual_best",
)
"""What says of a plan item whether anything reports on it.

The first three, the fifth, the seventh and the last are logits. `office_unclaimed` is the share of what its office
reports that no plan item claims; `usual_best` is what `best` comes to (`usually`) where the office reports anything,
the same for all plan items.
"""

_FLOOR = 1e-4
_KNOWN = 10
"""So many plan items say as much of how near the best pairs of two reports are as other reports do."""


def rows(scores: Matrix, same_office: Matrix, length: Matrix, usual: float) -> dict[str, Matrix]:
    """The figures of `ROW` for every plan item, each plans × 1; all matrices are plans × candidates, not empty."""
    same = same_office > 0
    ordered = -np.sort(-np.pad(scores, ((0, 0), (0, 3))), axis=1)[:, :3]
    own = np.where(same, scores, 0)
    best = scores.argmax(axis=1)
    claims = np.where(scores == scores.max(axis=1, keepdims=True), 0, scores)
    wanted = np.array([claims[:, column].max() for column in best])
    size = same.sum(axis=1)
    heard = size > 0
    unclaimed = np.where(same, 1 - scores.max(axis=0, keepdims=True), 0).sum(axis=1)
    likeliest, second, third = logit(ordered).T
    columns = (
        likeliest,
        second,
        third,
        scores.sum(axis=1),
        logit(own.max(axis=1)),
        heard,
        logit(wanted),
        np.log1p(size),
        unclaimed / np.maximum(size, 1),
        length[:, 0],
        np.full(len(scores), usually(likeliest[heard], usual)),
    )
    return {name: np.asarray(column, np.float32)[:, None] for name, column in zip(ROW, columns, strict=True)}


def usually(best: Matrix, usual: float) -> float:
    """What the best logits of some plan items come to on average; few of them say little beside what is usual.

    The plan items are those of offices that report anything: others have no pair that is meant.
    """
    return float((best.sum() + _KNOWN * usual) / (len(best) + _KNOWN))


def accept(scores: Matrix, threshold: float, reported: Matrix) -> NDArray[np.bool_]:
    """The accepted pairs; `reported` is the probability of each plan item to be reported at all (plans × 1)."""
    accepted: NDArray[np.bool_] = (scores >= threshold) & (reported >= 0.5)
    return accepted


def logit(probability: Matrix) -> Matrix:
    """The logits of probabilities, short of infinity."""
    bounded = np.clip(probability, _FLOOR, 1 - _FLOOR)
    logits: Matrix = np.log(bounded / (1 - bounded))
    return logits

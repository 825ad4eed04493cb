"""Ways to choose links from the same probabilities, side by side: what the choice over the whole block is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.quality import training
from bench.quality.dataset import LabelledPair, Mask
from bench.quality.evaluate import organisations
from bench.quality.metrics import Rates, compare
from reconcile.matching import choose

Array = NDArray[Any]
Way = Callable[[Array, Array, float], Mask]
"""From probabilities (plans × completions), the probability of each plan item to be reported, and a threshold."""


def _every(scores: Array, reported: Array, threshold: float) -> Mask:
    del reported
    chosen: Mask = scores >= threshold
    return chosen


def _mutual_best(scores: Array, reported: Array, threshold: float) -> Mask:
    best = (scores == scores.max(axis=1, keepdims=True)) & (scores == scores.max(axis=0, keepdims=True))
    chosen: Mask = _every(scores, reported, threshold) & best
    return chosen


def _greedy(scores: Array, reported: Array, threshold: float) -> Mask:
    """The likeliest pair first; whoever is linked is out of the game."""
    del reported
    left = np.where(scores >= threshold, scores, 0)
    chosen = np.zeros(scores.shape, bool)
    while left.max(initial=0) > 0:
        row, column = np.unravel_index(left.argmax(), left.shape)
        chosen[row, column] = True
        left[row] = 0
        left[:, column] = 0
    return chosen


def _assignment(scores: Array, reported: Array, threshold: float) -> Mask:
    """One to one with the largest sum over the block; the threshold is the cost of leaving an item unlinked."""
    from scipy.optimize import linear_sum_assignment

    del reported
    rows, columns = linear_sum_assignment(np.maximum(scores - threshold, 0), maximize=True)
    chosen = np.zeros(scores.shape, bool)
    chosen[rows, columns] = True
    return chosen & (scores >= threshold)


WAYS: dict[str, Way] = {
    "every pair above a threshold": _every,
    "greedy, one to one": _greedy,
    "mutual best": _mutual_best,
    "assignment, one to one": _assignment,
    "many to many, silent items gated": lambda scores, reported, threshold: choose.accept(scores, threshold, reported),
}


def measure(pairs: Sequence[LabelledPair], practice: Sequence[LabelledPair]) -> dict[str, Rates]:
    """Links by each way, leave-one-organisation-out; each way's threshold is the best on held-out training scores."""
    found: dict[str, list[tuple[Mask, Mask]]] = {way: [] for way in WAYS}
    for organisation in organisations(pairs):
        known = [pair for pair in pairs if pair.organisation != organisation]
        scorer, held_out = training.scorer(known, practice, carry=False)
        cases = [training.case_of(pair, carry=False) for pair in known]
        seen = [
            (scores, scorer.any_link(case.found.pairs, scores)[1], case.truth)
            for case, scores in zip(cases, held_out, strict=True)
        ]
        for name, way in WAYS.items():
            threshold = _best(way, seen)
            for pair in pairs:
                if pair.organisation == organisation:
                    case = training.case_of(pair, carry=False)
                    scores = scorer.scores(case.found.pairs)
                    chosen = way(scores, scorer.any_link(case.found.pairs, scores)[1], threshold)
                    found[name].append((chosen, case.truth))
    return {name: compare(cases) for name, cases in found.items()}


def _best(way: Way, seen: Sequence[tuple[Array, Array, Mask]]) -> float:
    def quality(threshold: float) -> float:
        return compare([(way(scores, reported, threshold), truth) for scores, reported, truth in seen]).f1

    return max((float(t) for t in np.linspace(0.1, 0.9, 33)), key=quality)

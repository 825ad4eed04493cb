"""Measures of links, probabilities and outcomes, each a pure function over judged pairs.

Links are counted by cell: a plan item and a candidate. The cardinality of a link belongs to its plan item: linked to
one completion or to several, and that completion shared with another plan item or not. Rates without a denominator
are 1, as nothing was got wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bench.quality.dataset import LabelledPair, Mask
from bench.quality.matcher import Decision, Matrix, Scores
from reconcile.model.verdicts import Outcome

FLAGGED = frozenset({Outcome.SLIPPED, Outcome.DROPPED})
COUNTED = (Outcome.DONE, Outcome.PARTIAL, Outcome.SLIPPED, Outcome.DROPPED)
NEIGHBOURS = 3
"""Calibration is measured on the best candidates of each plan item: over all cells the empty ones would drown it."""


class Judged(Struct, frozen=True, eq=False):
    """One pair as a matcher judged it, beside what is true."""

    pair: LabelledPair
    scores: Scores
    decision: Decision


class Rates(Struct, frozen=True):
    """Precision, recall and F1 with the counts they come from."""

    precision: float
    recall: float
    f1: float
    hits: int
    predicted: int
    true: int


class Bin(Struct, frozen=True):
    """One bin of the reliability table: the mean score of its cells against the share of them that are links."""

    low: float
    high: float
    cells: int
    mean: float
    observed: float


def rates(hits: int, predicted: int, true: int) -> Rates:
    """Precision, recall and F1 from counts."""
    precision = hits / predicted if predicted else 1.0
    recall = hits / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Rates(precision, recall, f1, hits, predicted, true)


def compare(cases: Iterable[tuple[Mask, Mask]]) -> Rates:
    """Rates of predicted against true cells, pooled."""
    counts = [(int((got & true).sum()), int(got.sum()), int(true.sum())) for got, true in cases]
    return rates(*(sum(column) for column in zip(*counts, strict=True))) if counts else rates(0, 0, 0)


def links(judged: Sequence[Judged]) -> Rates:
    """Links between plan items and completions."""
    return compare((j.decision.links, j.pair.links) for j in judged)


def carried(judged: Sequence[Judged]) -> Rates:
    """Links between plan items and the plan items of the next report."""
    return compare((j.decision.carried, j.pair.carried) for j in judged)


def cardinality(truth: Mask) -> dict[str, NDArray[np.bool_]]:
    """The plan items by how they are linked: the four groups and the unlinked ones cover every plan item once."""
    several = truth.sum(1) > 1
    shared = (truth & (truth.sum(0) > 1)).any(1)
    linked = truth.any(1)
    return {
        "one_to_one": linked & ~several & ~shared,
        "one_to_many": several & ~shared,
        "many_to_one": shared & ~several,
        "many_to_many": several & shared,
        "unlinked": ~linked,
    }


def links_by_cardinality(judged: Sequence[Judged]) -> dict[str, Rates]:
    """Link rates of the plan items of each cardinality."""
    groups = [(j, cardinality(j.pair.links)) for j in judged]
    names = ("one_to_one", "one_to_many", "many_to_one", "many_to_many", "unlinked")
    return {
        name: compare((j.decision.links[group[name]], j.pair.links[group[name]]) for j, group in groups)
        for name in names
    }


def missed(judged: Sequence[Judged]) -> dict[str, int]:
    """Why true links were not found: never a candidate, or a candidate that was scored or ranked too low."""
    counts = Counter({"never_a_candidate": 0, "scored_low": 0})
    for j in judged:
        lost = j.pair.links & ~j.decision.links
        seen = j.scores.candidates if j.scores.candidates is not None else np.ones_like(lost)
        counts["never_a_candidate"] += int((lost & ~seen).sum())
        counts["scored_low"] += int((lost & seen).sum())
    return dict(counts)


def candidate_recall(judged: Sequence[Judged]) -> float:
    """Share of true links that were compared at all."""
    true = sum(int(j.pair.links.sum()) for j in judged)
    seen = sum(
        int((j.pair.links & (True if j.scores.candidates is None else j.scores.candidates)).sum()) for j in judged
    )
    return seen / true if true else 1.0


def average_precision(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Mean precision over the true cells from the highest score down; cells of equal score count as one step."""
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(truth[order])
    steps = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    if not len(ranked) or not hits[-1]:
        return 1.0
    precision = hits[steps] / (steps + 1)
    return float((np.diff(hits[steps], prepend=0) * precision).sum() / hits[-1])


def pooled_average_precision(judged: Sequence[Judged]) -> float:
    """Average precision over the cells of all pairs together."""
    scores = np.concatenate([j.scores.links.ravel() for j in judged])
    return average_precision(scores, np.concatenate([j.pair.links.ravel() for j in judged]))


def ties(judged: Sequence[Judged]) -> float:
    """Share of plan items whose best score above zero stands at two candidates or more."""
    tied = total = 0
    for j in judged:
        top = j.scores.links.max(1, keepdims=True)
        tied += int((((j.scores.links == top).sum(1) > 1) & (top[:, 0] > 0)).sum())
        total += len(top)
    return tied / total if total else 0.0


def nearest(judged: Sequence[Judged]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores and truth of the best candidates of each plan item: the cells probabilities are measured on."""
    scores: list[Matrix] = []
    truth: list[Mask] = []
    for j in judged:
        best = np.argsort(-j.scores.links, axis=1, kind="stable")[:, :NEIGHBOURS]
        scores.append(np.take_along_axis(j.scores.links, best, 1).ravel())
        truth.append(np.take_along_axis(j.pair.links, best, 1).ravel())
    return np.concatenate(scores), np.concatenate(truth)


def accepted(judged: Sequence[Judged]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores and truth of the links that were accepted: what a reader sees."""
    return (
        np.concatenate([j.scores.links[j.decision.links] for j in judged]),
        np.concatenate([j.pair.links[j.decision.links] for j in judged]),
    )


def brier(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Mean squared distance of probability and truth."""
    return float(((scores - truth) ** 2).mean())


def log_loss(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Mean negative log-likelihood in nats; probabilities are kept 1e-6 away from 0 and 1."""
    p = np.clip(scores, 1e-6, 1 - 1e-6)
    return float(-np.where(truth, np.log(p), np.log1p(-p)).mean())


def reliability(scores: NDArray[np.float64], truth: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """Mean score against observed share in bins of equal width; empty bins are left out."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return [
        Bin(b / bins, (b + 1) / bins, int(here.sum()), float(scores[here].mean()), float(truth[here].mean()))
        for b in range(bins)
        if (here := place == b).any()
    ]


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of score and observed share, weighted by cells."""
    cells = sum(b.cells for b in table)
    return sum(b.cells * abs(b.mean - b.observed) for b in table) / cells if cells else 0.0


def confusion(judged: Sequence[Judged]) -> Counter[tuple[Outcome, Outcome]]:
    """Plan items by true and predicted outcome."""
    return Counter(pair for j in judged for pair in zip(j.pair.outcomes, j.decision.outcomes, strict=True))


def by_row(table: Counter[tuple[Outcome, Outcome]]) -> dict[str, dict[str, int]]:
    """A confusion table as rows of true outcomes."""
    rows: dict[str, dict[str, int]] = {}
    for (true, got), count in sorted(table.items()):
        rows.setdefault(true, {})[got] = count
    return rows


def outcome_accuracy(table: Counter[tuple[Outcome, Outcome]]) -> float:
    """Share of plan items with the right outcome; undetermined is never right."""
    return sum(n for (true, got), n in table.items() if true is got) / max(table.total(), 1)


def outcome_rates(table: Counter[tuple[Outcome, Outcome]], wanted: Iterable[Outcome]) -> Rates:
    """Rates of a group of outcomes taken as one: the flags (slipped or dropped), or dropped alone."""
    group = frozenset(wanted)
    return rates(
        sum(n for (true, got), n in table.items() if true in group and got in group),
        sum(n for (_, got), n in table.items() if got in group),
        sum(n for (true, _), n in table.items() if true in group),
    )


def macro_f1(table: Counter[tuple[Outcome, Outcome]]) -> float:
    """Mean F1 of done, partial, slipped and dropped."""
    return sum(outcome_rates(table, [outcome]).f1 for outcome in COUNTED) / len(COUNTED)


def undetermined(table: Counter[tuple[Outcome, Outcome]]) -> float:
    """Share of plan items for which no outcome was given."""
    return sum(n for (_, got), n in table.items() if got is Outcome.UNDETERMINED) / max(table.total(), 1)

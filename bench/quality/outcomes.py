"""Training of what judges a plan item: how far reported work went, how sure that is, when silence may be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np
from msgspec import Struct

from bench.quality import practice
from bench.quality.dataset import LabelledPair, Mask
from bench.quality.fitting import Array, fit, folds, shortened
from bench.quality.metrics import FLAGGED
from reconcile.config import Config
from reconcile.matching import texts
from reconcile.matching.block import Block, Scores
from reconcile.matching.features import features
from reconcile.matching.scoring import Layer, Model, Scorer, logit
from reconcile.model.verdicts import ItemVerdict, Outcome
from reconcile.verdicts import items
from reconcile.verdicts.features import features as weighed
from reconcile.verdicts.gathering import gather

STRENGTH = 0.1
TAUGHT = 0.025
"""How much a plan item of a teaching pair counts for the outcome layers beside one of the labelled set: more gives a
little on the practice pairs and takes more from the labelled set, leave-one-organisation-out."""
SURE_STRENGTH = 1.0
UNDETERMINED = 0.08
"""The share of plan items that may stay open: the least sure of those that seem slipped or dropped in silence."""


class Seen(Struct, frozen=True, eq=False):
    """A labelled pair, the block that scorers make of it which saw nothing of its body, and how much it counts."""

    pair: LabelledPair
    block: Block
    weight: float = 1.0

    @property
    def organisation(self) -> str:
        """Whose pair it is."""
        return self.pair.organisation


def layers(seen: Sequence[Seen]) -> tuple[Layer, Layer]:
    """The two layers of the verdict, fitted on plan items that a held-out scorer linked, and on the teaching pairs.

    The labelled set is small and of few hands; what the teaching pairs add is the many ways to say that work is left.
    """
    own = [(*told, one.weight) for one in seen for told in _told(one.pair, one.block)]
    rows, outcomes, weights = zip(*own, *((*told, TAUGHT) for told in taught()), strict=True)
    weight = np.array(weights)
    incomplete = np.array([outcome is not Outcome.DONE for outcome in outcomes])
    undone = np.array([outcome in {Outcome.SLIPPED, Outcome.WITHDRAWN} for outcome in outcomes])
    open_ = [row for row, flag in zip(rows, incomplete, strict=True) if flag]
    return (
        fit(rows, incomplete, STRENGTH, weight),
        fit(open_, undone[incomplete], STRENGTH, weight[incomplete]),
    )


Told = tuple[dict[str, float], Outcome]
"""What is told of a plan item, in numbers, and its outcome."""


def _told(pair: LabelledPair, block: Block) -> list[Told]:
    """The plan items that something truly reports on.

    Each is seen twice, with the next plan and without it: not every report has one, and the words must then do.
    """
    gathered = [gather(block, row) for row in range(len(pair.plans))]
    return [
        (weighed(seen), outcome)
        for one, outcome, linked in zip(gathered, pair.outcomes, np.any(pair.links, axis=1), strict=True)
        if one.linked and linked
        for seen in (one, one.without_next())
    ]


@cache
def taught() -> tuple[Told, ...]:
    """The plan items of the teaching pairs, every link given."""
    return tuple(one for pair in practice.load(practice.TEACHING) for one in _told(pair, _given(pair)))


def _given(pair: LabelledPair) -> Block:
    """The block of a pair with the links of its labels and no other."""
    rows, unused = texts.read(pair.plans), Scorer(*(Layer(0, ()),) * 3, 0, 0)
    sides = []
    for candidates, truth in ((pair.completions, pair.links), (pair.next_plans, pair.carried)):
        columns = texts.read(candidates)
        found, sure = features(rows, columns), truth.astype(np.float32)
        sides.append(Scores(pair.plans, candidates, rows, columns, unused, found, sure, {}, certain(truth), truth))
    return Block(*sides)


def certain(truth: Mask) -> Array:
    """How probable it is that anything speaks of each plan item where the links are known, plans × 1."""
    known: Array = np.any(truth, axis=1, keepdims=True)
    return known.astype(np.float32)


def sureness(seen: Sequence[Seen], model: Model) -> dict[str, Layer]:
    """How sure each status is at each confidence of the ladder, learned where neither links nor layers saw the pair."""
    told: dict[str, list[tuple[float, bool, float]]] = {}
    for fold in folds(seen):
        incomplete, undone = layers([one for one in seen if one.organisation not in fold])
        blind = msgspec.structs.replace(model, incomplete=incomplete, undone=undone)
        for one in seen:
            if one.organisation in fold:
                for outcome, verdict in zip(one.pair.outcomes, judge(one.pair, one.block, blind), strict=True):
                    case = logit(verdict.confidence), verdict.outcome is outcome, one.weight
                    told.setdefault(verdict.status.value, []).append(case)
    by_status = {status: [np.array(column) for column in zip(*cases, strict=True)] for status, cases in told.items()}
    return {
        status: fit({"confidence": confidence}, right, SURE_STRENGTH, weight)
        for status, (confidence, right, weight) in sorted(by_status.items())
        if len(set(right.tolist())) == 2
    }


def claim(seen: Sequence[Seen], model: Model) -> float:
    """How sure silence must be to be called slipped or dropped: at most `UNDETERMINED` of the items stay open."""
    judged = [(verdict, one.weight) for one in seen for verdict in judge(one.pair, one.block, model)]
    silent = [(verdict, weight) for verdict, weight in judged if not verdict.links]
    open_ = sum(weight for verdict, weight in silent if verdict.outcome is Outcome.UNDETERMINED)
    sure = sorted((verdict.confidence, weight) for verdict, weight in silent if verdict.outcome in FLAGGED)
    if not sure:
        return 0.0
    confidence, weights = (np.array(column) for column in zip(*sure, strict=True))
    free = UNDETERMINED * sum(weight for _, weight in judged) - open_
    least = min(int(np.searchsorted(np.cumsum(weights), max(free, 0), side="right")), len(confidence) - 1)
    return shortened(float(confidence[least]))


def judge(pair: LabelledPair, block: Block, model: Model) -> tuple[ItemVerdict, ...]:
    """The verdicts of a model on a labelled pair."""
    absent = items.absent_offices(pair.plans, pair.completion_report, Config())
    return items.judge(block, pair.completion_report, absent, Config(), model)

"""The product itself among the contenders: its model trained on the training folds, its verdicts by its own ladder."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from bench.quality import outcomes, practice, training
from bench.quality.dataset import LabelledPair, Mask
from bench.quality.matcher import Decision, Matcher, Matrix, Reasoned, Scores, Thresholds
from reconcile.config import Config
from reconcile.matching.block import Block, match
from reconcile.matching.block import Scores as Known
from reconcile.matching.scoring import Model


class Reconcile(Matcher):
    """Links, carried links and outcomes as `reconcile run` gives them, on items read perfectly."""

    name = "reconcile"
    probabilistic = True
    semantic = False

    def __init__(self, model: Model | None = None) -> None:
        self._model = model

    def fit(self, pairs: Sequence[LabelledPair]) -> None:
        self._model = training.train(pairs, practice.load(), "fold", semantic=self.semantic)

    def score(self, pair: LabelledPair) -> Scores:
        block = self._block(pair)
        return Scores(block.links.probability.astype(np.float64), block.carries.probability.astype(np.float64), None)

    def tune(self, pairs: Sequence[LabelledPair], scores: Sequence[Scores]) -> Thresholds:
        """The thresholds are part of the model."""
        del pairs, scores
        return Thresholds(self._fitted.link.accept, self._fitted.carry.accept)

    def decide(self, pair: LabelledPair, scores: Scores, thresholds: Thresholds) -> Decision:
        del scores, thresholds
        block = self._block(pair)
        judged = outcomes.judge(pair, block, self._fitted)
        informed = outcomes.judge(pair, _informed(pair, block), self._fitted)
        reasoned = Reasoned(
            rules=tuple(one.rule for one in judged),
            confidence=np.array([one.confidence for one in judged]),
            informed=tuple(one.outcome for one in informed),
        )
        links: Mask = block.links.accepted
        return Decision(links, block.carries.accepted, tuple(one.outcome for one in judged), reasoned)

    def choose(self, scores: Matrix, threshold: float) -> Mask:
        return scores >= threshold

    @property
    def _fitted(self) -> Model:
        if self._model is None:
            raise RuntimeError("fit first")
        return self._model

    def _block(self, pair: LabelledPair) -> Block:
        return match(pair.plans, pair.completions, pair.next_plans, Config(), self._fitted)


def _informed(pair: LabelledPair, block: Block) -> Block:
    """The block as it would be had every link been found and none been invented."""
    return Block(_with_links(block.links, pair.links), _with_links(block.carries, pair.carried))


def _with_links(scores: Known, truth: Mask) -> Known:
    return msgspec.structs.replace(scores, accepted=truth, reported=outcomes.certain(truth), _owners={})


class ReconcileSemantic(Reconcile):
    """The same with whole sentences weighed too, by the extra `semantic`."""

    name = "reconcile semantic"
    semantic = True

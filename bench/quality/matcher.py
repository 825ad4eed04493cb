"""What takes part in the comparison: a way to score plan items against candidates, and to decide by the scores.

A matcher sees the labels of the organisations it is fitted on and never those it is measured on. What it does not
override is the plainest choice: every candidate above one threshold is a link, and the links alone give the outcome.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bench.quality.dataset import LabelledPair, Mask
from reconcile.model.verdicts import Outcome

Matrix = NDArray[np.float64]
"""Plan items × candidate items."""


class Scores(Struct, frozen=True, eq=False):
    """How alike the items of a pair are, 0–1: `links` is plans × completions, `carry` plans × next plans.

    `candidates` marks the cells that were compared at all (plans × completions); None where every cell was.
    """

    links: Matrix
    carry: Matrix
    candidates: Mask | None = None


class Thresholds(Struct, frozen=True):
    """The least score that makes a link, and the least that makes a carried link."""

    link: float
    carry: float


class Reasoned(Struct, frozen=True, eq=False):
    """How outcomes came about, one a plan item: the rung that gave each, how sure it is, and what the outcomes would be
    had every link been found.
    """

    rules: tuple[str, ...]
    confidence: NDArray[np.float64]
    informed: tuple[Outcome, ...]


class Decision(Struct, frozen=True, eq=False):
    """What was concluded of one pair; `outcomes` is one a plan item, `reasoned` for who gives reasons."""

    links: Mask
    carried: Mask
    outcomes: tuple[Outcome, ...]
    reasoned: Reasoned | None = None


class Matcher(ABC):
    """One contender. `probabilistic` says that its scores mean probabilities, so that calibration can be measured."""

    name: str
    probabilistic: bool = False

    def fit(self, pairs: Sequence[LabelledPair]) -> None:
        """Learn from labelled pairs; nothing to learn by default."""
        del pairs

    @abstractmethod
    def score(self, pair: LabelledPair) -> Scores:
        """Score every plan item of a pair against every candidate. Must not look at the labels."""

    def score_all(self, pairs: Sequence[LabelledPair]) -> list[Scores]:
        """Score several pairs, each by itself; for matchers that do this faster together."""
        return [self.score(pair) for pair in pairs]

    def choose(self, scores: Matrix, threshold: float) -> Mask:
        """Which cells are links."""
        return scores >= threshold

    def outcomes(self, pair: LabelledPair, links: Mask, carried: Mask) -> tuple[Outcome, ...]:
        """The outcome of each plan item, here by its links alone: linked is done, else carried is slipped."""
        del pair
        return tuple(
            Outcome.DONE if linked else Outcome.SLIPPED if again else Outcome.DROPPED
            for linked, again in zip(np.any(links, axis=1), np.any(carried, axis=1), strict=True)
        )

    def tune(self, pairs: Sequence[LabelledPair], scores: Sequence[Scores]) -> Thresholds:
        """The thresholds with the best F1 on the training pairs."""
        return Thresholds(
            link=self._best([(s.links, pair.links) for pair, s in zip(pairs, scores, strict=True)]),
            carry=self._best([(s.carry, pair.carried) for pair, s in zip(pairs, scores, strict=True)]),
        )

    def decide(self, pair: LabelledPair, scores: Scores, thresholds: Thresholds) -> Decision:
        """Links, carried links and outcomes of one pair."""
        links = self.choose(scores.links, thresholds.link)
        carried = self.choose(scores.carry, thresholds.carry)
        return Decision(links, carried, self.outcomes(pair, links, carried))

    def _best(self, cases: Sequence[tuple[Matrix, Mask]]) -> float:
        """The threshold with the best pooled F1, among 100 evenly spread over the best scores of the items."""
        tops = np.concatenate([scores.max(1) for scores, _ in cases])
        grid = np.unique(np.quantile(tops, np.linspace(0, 1, 101)))
        true = sum(int(truth.sum()) for _, truth in cases)

        def f1(threshold: float) -> float:
            chosen = [(self.choose(scores, threshold), truth) for scores, truth in cases]
            hits = sum(int((mask & truth).sum()) for mask, truth in chosen)
            return 2 * hits / max(true + sum(int(mask.sum()) for mask, _ in chosen), 1)

        return float(max(grid, key=f1))

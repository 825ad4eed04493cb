"""The trained model (模型): two small layers of logistic regression, kept as readable JSON.

The first layer scores every pair by its own features. The second adds how the pair stands against its rivals: the best
other candidate of the plan item and the best other plan item of the candidate, both by the first layer. What comes out
is the calibrated probability that both speak of the same work. The parts of a score add up to its logit.

The file is written by ``python -m bench.quality train``; it names its version, the hash of the labels it was trained
on and its figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from reconcile.matching import choose
from reconcile.matching.grid import WHOLE, Grid
from reconcile.matching.terms import Matrix
from reconcile.model.links import Part

FILES = {False: Path(__file__).with_name("model.json"), True: Path(__file__).with_name("model-semantic.json")}
"""The shipped models: one of words alone, and one that also weighs whole sentences (extra `semantic`)."""

RIVALS = (
    "first_look",
    "best_rival_for_plan",
    "best_rival_for_candidate",
    "ahead_for_plan",
    "ahead_for_candidate",
    "usual_best",
)
"""What the second layer adds, all in logits of the first."""

_MOST = 9
"""Further than this from 0 no logit of the first layer counts."""


class Term(Struct, frozen=True):
    """One feature: standardised by `mean` and `scale`, then weighed."""

    name: str
    mean: float
    scale: float
    weight: float


class Layer(Struct, frozen=True):
    """A logistic regression over named features."""

    bias: float
    terms: tuple[Term, ...]

    def logits(self, features: Mapping[str, Matrix]) -> Matrix:
        """The logit of every pair."""
        bias = self.bias - sum(term.weight * term.mean / term.scale for term in self.terms)
        total = np.full(next(iter(features.values())).shape, bias, np.float32)
        for term in self.terms:
            if term.weight:
                total += np.float32(term.weight / term.scale) * features[term.name]
        return total

    def probability(self, values: Mapping[str, float]) -> float:
        """The probability of one case described by plain numbers."""
        total = self.bias + sum(t.weight * (values[t.name] - t.mean) / t.scale for t in self.terms)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def parts(self, features: Mapping[str, Matrix], row: int, column: int) -> tuple[Part, ...]:
        """The terms of one pair's logit, the weightiest first; with the bias they sum to the logit."""
        return self.parts_of({term.name: float(features[term.name][row, column]) for term in self.terms})

    def parts_of(self, values: Mapping[str, float]) -> tuple[Part, ...]:
        """The terms of one case's logit, the weightiest first; with the bias they sum to the logit."""
        parts = [Part("bias", 1.0, self.bias, self.bias)]
        for term in self.terms:
            value = values[term.name]
            parts.append(Part(term.name, value, term.weight, term.weight * (value - term.mean) / term.scale))
        return tuple(sorted(parts, key=lambda part: (-abs(part.contribution), part.name)))


class Scorer(Struct, frozen=True):
    """The layers for pairs, one for plan items as a whole, and the thresholds chosen on the training data.

    `reported` weighs by `choose.rows` whether anything at all speaks of a plan item. A pair at or above `accept` is a
    link where that is likelier than not. `usual` is what the best logit of a plan item comes to on average.
    """

    first: Layer
    second: Layer
    reported: Layer
    accept: float
    usual: float

    def with_rivals(self, features: Mapping[str, Matrix], grid: Grid = WHOLE) -> dict[str, Matrix]:
        """The features together with the standing of each pair against its rivals."""
        return {**features, **rivals(self.first.logits(features), features["office_absent"], self.usual, grid)}

    def scores(self, features: Mapping[str, Matrix]) -> Matrix:
        """The probability of every pair, 0–1."""
        return sigmoid(self.second.logits(self.with_rivals(features)))

    def any_link(self, features: Mapping[str, Matrix], scores: Matrix) -> tuple[dict[str, Matrix], Matrix]:
        """What tells whether each plan item has any link at all (`choose.ROW`), and how probable it is, plans × 1."""
        signs = choose.rows(scores, features["same_office"], features["length_plan"], self.usual)
        return signs, sigmoid(self.reported.logits(signs))


class Model(Struct, frozen=True):
    """The whole file: scorers for completions (`link`) and for the next plan (`carry`), and two layers for the verdict.

    `incomplete` weighs the evidence of linked completions for "not the whole was done"; `undone`, given that, for
    "nothing was done". `sure` turns the ladder's confidence in a status, as a logit, into the probability that it is
    right; where that is less than `claim`, silence is left open rather than called slipped or dropped.
    `semantic` says that the features of `reconcile.matching.sentences` are among those weighed.
    """

    version: str
    data: str
    link: Scorer
    carry: Scorer
    incomplete: Layer
    undone: Layer
    sure: dict[str, Layer]
    claim: float
    semantic: bool = False
    figures: dict[str, float] = {}

    def sureness(self, status: str, confidence: float) -> float:
        """The probability that a status is right which the ladder gives with some confidence, both 0–1."""
        layer = self.sure.get(status)
        return layer.probability({"confidence": logit(confidence)}) if layer else confidence

    @property
    def name(self) -> str:
        """What outputs cite: the version and the beginning of the training data's hash."""
        return f"{self.version}+{self.data[:8]}"


@cache
def shipped(*, semantic: bool = False) -> Model:
    """A model that comes with the package; `semantic` is the one that needs the extra of that name."""
    return msgspec.json.decode(FILES[semantic].read_bytes(), type=Model)


def logit(probability: float) -> float:
    """The logit of a probability, kept within bounds."""
    bounded = min(max(probability, 0.001), 0.999)
    return math.log(bounded / (1 - bounded))


def sigmoid(logits: Matrix) -> Matrix:
    """Probabilities of logits, without overflow."""
    probabilities: Matrix = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return probabilities


def rivals(logits: Matrix, absent: Matrix, usual: float, grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How each pair stands against the best other pair of its row and of its column.

    `usual_best` is what the best pairs of all rows come to (`choose.usually`): where two reports share few words
    anyway, less is needed. `absent` is 1 for pairs of plan items whose office reports nothing: they do not count there.
    """
    bounded = np.clip(logits, -_MOST, _MOST).astype(np.float32)
    row, column = (across(_best_other, bounded, -_MOST) for across in (grid.across_rows, grid.across_columns))
    heard = grid.largest_of_rows(1 - absent) > 0
    best = grid.largest_of_rows(bounded, -_MOST)[heard]
    here = np.full_like(bounded, choose.usually(best, usual))
    matrices = (bounded, row, column, bounded - row, bounded - column, here)
    return dict(zip(RIVALS, matrices, strict=True))


def _best_other(matrix: Matrix) -> Matrix:
    """The largest other entry of the same row; the floor where there is none."""
    if matrix.shape[1] < 2:
        return np.full_like(matrix, -_MOST)
    top = np.partition(matrix, -2, axis=1)
    others: Matrix = np.where(matrix == top[:, -1:], top[:, -2:-1], top[:, -1:])
    return others

"""Logistic layers, and the groups of organisations in which they are held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.model import Layer, Term

Array = NDArray[Any]

FOLDS = 4
"""How many groups of organisations are held out in turn while the second layer and the thresholds are fitted."""


class _Held(Protocol):
    """What is of one organisation."""

    @property
    def organisation(self) -> str: ...


def fit(
    rows: Sequence[Mapping[str, float]] | Mapping[str, Array],
    truth: Array,
    strength: float,
    weight: Array | None = None,
) -> Layer:
    """A logistic regression over named numbers: a list of cases, or one array a name; `weight` is one a case."""
    from sklearn.linear_model import LogisticRegression

    if not isinstance(rows, Mapping):
        rows = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    names = sorted(rows)
    matrix = np.stack([np.ravel(rows[name]).astype(np.float64) for name in names], axis=1)
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    varied = scale > 1e-6
    scale = np.where(varied, scale, 1.0)
    regression = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-8).fit(
        (matrix - mean) / scale, np.ravel(truth), weight
    )
    weights = np.where(varied, regression.coef_[0], 0.0)
    terms = [
        Term(name, shortened(mean[i]), shortened(scale[i]), shortened(weights[i]))
        for i, name in enumerate(names)
        if varied[i]
    ]
    return Layer(shortened(regression.intercept_[0]), tuple(terms))


def shortened(number: float) -> float:
    """A number as it stands in the file of a model: with five digits."""
    return float(f"{number:.5g}")


def folds(cases: Sequence[_Held]) -> list[frozenset[str]]:
    """The organisations in a few groups, each held out in turn."""
    names = sorted({case.organisation for case in cases})
    count = min(FOLDS, len(names))
    return [frozenset(names[start::count]) for start in range(count)]

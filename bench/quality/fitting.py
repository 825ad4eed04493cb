"""Logistic layers, and the groups of organisations in which they are held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.scoring import Layer, Term

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
    signs: Mapping[str, int] | None = None,
) -> Layer:
    """A logistic regression over named numbers: a list of cases, or one array a name; `weight` is one a case.

    A feature with a sign (1 or −1) has no weight of the other one.
    """

    if not isinstance(rows, Mapping):
        rows = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    names = sorted(rows)
    matrix = np.stack([np.ravel(rows[name]).astype(np.float64) for name in names], axis=1)
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    varied = scale > 1e-6
    scale = np.where(varied, scale, 1.0)
    weights, bias = _regression(
        (matrix - mean) / scale,
        np.ravel(truth).astype(np.float64),
        np.ones(len(matrix)) if weight is None else np.ravel(weight),
        strength,
        [(signs or {}).get(name, 0) if varied[i] else None for i, name in enumerate(names)],
    )
    terms = [
        Term(name, shortened(mean[i]), shortened(scale[i]), shortened(weights[i]))
        for i, name in enumerate(names)
        if varied[i]
    ]
    return Layer(shortened(bias), tuple(terms))


_BOUNDS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None), None: (0.0, 0.0)}


def _regression(
    matrix: Array, truth: Array, weight: Array, strength: float, signs: Sequence[int | None]
) -> tuple[Array, float]:
    """The weights and the bias of least loss, regularised by `1 / strength`; the weight of a sign None is 0."""
    from scipy.optimize import minimize

    def loss(point: Array) -> tuple[float, Array]:
        logits = matrix @ point[:-1] + point[-1]
        wrong = weight * (1 / (1 + np.exp(-logits)) - truth)
        lost = weight @ (np.logaddexp(0, logits) - truth * logits)
        return (
            lost + point[:-1] @ point[:-1] / 2 / strength,
            np.append(matrix.T @ wrong + point[:-1] / strength, wrong.sum()),
        )

    found = minimize(
        loss,
        np.zeros(matrix.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*(_BOUNDS[sign] for sign in signs), (None, None)],
        options={"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-6},
    )
    return found.x[:-1], float(found.x[-1])


def shortened(number: float) -> float:
    """A number as it stands in the file of a model: with five digits."""
    return float(f"{number:.5g}")


def folds(cases: Sequence[_Held]) -> list[frozenset[str]]:
    """The organisations in a few groups, each held out in turn."""
    names = sorted({case.organisation for case in cases})
    count = min(FOLDS, len(names))
    return [frozenset(names[start::count]) for start in range(count)]

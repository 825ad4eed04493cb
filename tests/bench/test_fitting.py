"""Logistic layers: what is known of a feature's sign holds, and the rest is what scikit-learn finds."""

from __future__ import annotations

import numpy as np
import pytest

from bench.quality.fitting import fit

pytest.importorskip("scipy", reason="layers are fitted with scipy, of the extra `bench`")


def cases() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Two likenesses that nearly agree, of which the truth follows the difference, and a conflict by chance."""
    random = np.random.default_rng(0)
    first = random.normal(size=600)
    second = first + 0.3 * random.normal(size=600)
    truth = first - 0.8 * second + 0.2 * random.normal(size=600) > 0
    return {"first": first, "second": second, "conflict": random.normal(size=600) + 0.3 * truth}, truth


def test_a_likeness_speaks_for_a_link_or_not_at_all() -> None:
    columns, truth = cases()
    free = {term.name: term.weight for term in fit(columns, truth, 0.1).terms}
    signed = {term.name: term.weight for term in fit(columns, truth, 0.1, None, {"first": 1, "second": 1}).terms}
    assert free["second"] < 0
    assert signed["second"] == 0 < signed["first"]


def test_a_conflict_speaks_against_a_link_or_not_at_all() -> None:
    columns, truth = cases()
    weights = {term.name: term.weight for term in fit(columns, truth, 0.1, None, {"conflict": -1}).terms}
    assert weights["conflict"] == 0


def test_without_signs_it_is_the_regression_of_scikit_learn() -> None:
    linear = pytest.importorskip("sklearn.linear_model", reason="the extra `bench` is not installed")
    columns, truth = cases()
    weight = np.linspace(0.5, 1.5, len(truth))
    layer = fit(columns, truth, 0.1, weight)
    matrix = np.stack([columns[term.name] for term in layer.terms], axis=1)
    matrix = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)
    known = linear.LogisticRegression(C=0.1, tol=1e-8).fit(matrix, truth, weight)
    assert [term.weight for term in layer.terms] == pytest.approx(known.coef_[0].tolist(), abs=1e-3)
    assert layer.bias == pytest.approx(known.intercept_[0], abs=1e-3)

"""Blocks too large to compare all with all: the same links from a part of the pairs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.config import Config
from reconcile.matching import block, large
from reconcile.matching.block import match
from reconcile.matching.explain import explain
from reconcile.matching.grid import Sparse, Table, pairs
from reconcile.matching.scoring import shipped
from reconcile.model.reports import Kind
from reconcile.pipeline import read_report
from reconcile.verdicts import items

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"
FIRST, SECOND = (read_report(PAIRS / f"jiaoyu-2022-{month}.txt") for month in ("09", "10"))
PLANS, COMPLETIONS, LATER = FIRST.of(Kind.PLAN), SECOND.of(Kind.COMPLETION), SECOND.of(Kind.PLAN)
MODEL = shipped()
WHOLE = match(PLANS, COMPLETIONS, LATER, Config(), MODEL)


def dense(numbers: Table) -> Any:
    return numbers[: numbers.shape[0]]


def test_with_all_pairs_in_question_nothing_differs_from_comparing_all() -> None:
    links = WHOLE.links
    found, probability, _, reported, accepted = large.score(
        links.rows, links.columns, MODEL.link, MODEL.link.accept, {}, len(COMPLETIONS)
    )
    np.testing.assert_allclose(dense(probability), links.probability, atol=1e-4)
    np.testing.assert_allclose(reported, links.reported, atol=1e-4)
    np.testing.assert_allclose(dense(found.clauses), links.features.clauses, atol=1e-4)
    assert (dense(accepted) == links.accepted).all()


def test_the_pairs_in_question_hold_the_links() -> None:
    links = WHOLE.links
    *_, accepted = large.score(links.rows, links.columns, MODEL.link, MODEL.link.accept, {}, 8)
    assert len(COMPLETIONS) / 2 > large.NEIGHBOURS
    differing = (dense(accepted) != links.accepted).sum()
    assert differing <= 0.03 * links.accepted.sum()


def test_a_large_block_is_judged_and_explained_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block, "EXHAUSTIVE", 10)
    part = match(PLANS, COMPLETIONS, LATER, Config(), MODEL)
    assert isinstance(part.links.probability, Sparse)
    judged, expected = (items.judge(one, SECOND, frozenset(), Config(), MODEL) for one in (part, WHOLE))
    same = [one.status is other.status for one, other in zip(judged, expected, strict=True)]
    assert sum(same) >= 0.97 * len(same)
    row = next(row for row in range(len(PLANS)) if part.links.linked(row))
    case = explain(part.links, row, part.links.linked(row)[0])
    assert case.pair.accepted
    assert 1 / (1 + np.exp(-case.pair.logit)) == pytest.approx(case.pair.score, abs=1e-3)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1), st.data())
def test_some_pairs_are_read_as_the_matrix_they_stand_for(cells: set[tuple[int, int]], data: st.DataObject) -> None:
    rows, columns = np.array(sorted(cells)).T
    values = np.arange(1, len(rows) + 1, dtype=np.float32)
    matrix = np.zeros((5, 7), np.float32)
    matrix[rows, columns] = values
    sparse = Sparse(pairs((5, 7), rows, columns), values)
    row, column = data.draw(st.integers(0, 4)), data.draw(st.integers(0, 6))
    for at in (row, (row, column), (slice(row, 5), column), (slice(None), column), slice(row, 5), (row, slice(2, 5))):
        np.testing.assert_array_equal(sparse[at], matrix[at])
    changed = sparse.copy()
    changed[row, column] = 0
    changed[row] *= 2
    matrix[row, column] = 0
    matrix[row] *= 2
    np.testing.assert_array_equal(changed[:5], matrix)
    assert (changed.any(axis=0) == matrix.any(axis=0)).all()


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1))
def test_rows_and_columns_are_ranked_each_by_themselves(cells: set[tuple[int, int]]) -> None:
    rows, columns = np.array(sorted(cells)).T
    values = np.random.default_rng(0).permutation(len(rows)).astype(np.float32)
    grid = pairs((5, 7), rows, columns)
    best_of_row = grid.across_rows(lambda matrix: matrix == matrix.max(axis=1, keepdims=True), values, -1)
    assert best_of_row.sum() == len(set(rows.tolist()))
    best_of_column = grid.across_columns(lambda matrix: matrix == matrix.max(axis=1, keepdims=True), values, -1)
    assert (values[best_of_column] == grid.largest_of_columns(values)[columns[best_of_column]]).all()

"""The audit sample: drawn by strata, the same for the same seed, read back without bias."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reconcile.ledger.sampling import HandChecked, Stratum, allot, draw, precision, wilson
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Status
from tests.records import judged, reconciliation, report


def month(statuses: dict[Status, int], confidence: float = 0.95) -> Reconciliation:
    plan = report("2021-01", planned=[f"事项{number}" for number in range(sum(statuses.values()))])
    given = [status for status, count in statuses.items() for _ in range(count)]
    verdicts = [judged(item, [status]) for item, status in zip(plan.of(Kind.PLAN), given, strict=True)]
    sure = [replace(v, tasks=tuple(replace(task, confidence=confidence) for task in v.tasks)) for v in verdicts]
    return reconciliation(plan, report("2021-02"), sure)


def test_the_same_seed_draws_the_same_sample_and_another_one_another() -> None:
    pair = month({Status.COMPLETED: 80, Status.DROPPED: 20})
    assert draw([pair], 30, 7) == draw([pair], 30, 7)
    assert draw([pair], 30, 7) != draw([pair], 30, 8)


def test_what_accuses_is_drawn_more_often_and_no_verdict_is_left_out() -> None:
    pair = month({Status.COMPLETED: 80, Status.DROPPED: 20, Status.DELAYED: 1})
    counts = Counter(each.verdict.status for each in draw([pair], 40, 7))
    assert counts[Status.DROPPED] / 20 > 2 * counts[Status.COMPLETED] / 80
    assert counts[Status.DELAYED] == 1
    assert counts.total() == 40


def test_a_small_ledger_is_drawn_whole() -> None:
    assert len(draw([month({Status.COMPLETED: 3})], 40, 7)) == 3


strata = st.tuples(st.sampled_from(Status), st.sampled_from(["low", "middle", "high"]))


@given(st.dictionaries(strata, st.integers(1, 50), max_size=8), st.integers(0, 100))
def test_shares_add_up_and_fit(sizes: dict[Stratum, int], n: int) -> None:
    shares = allot(sizes, n)
    assert sum(shares.values()) == min(n, sum(sizes.values()))
    assert all(0 <= shares[each] <= sizes[each] for each in sizes)
    if n >= len(sizes):
        assert all(shares.values())


def test_precision_weighs_each_stratum_by_its_size() -> None:
    """Of 100 sure verdicts 1 of 1 checked was right, of 10 unsure ones 0 of 4: the sure ones count ten times."""
    sure = [HandChecked(Status.COMPLETED, "high", 100, True)]
    unsure = [HandChecked(Status.COMPLETED, "low", 10, False)] * 4
    (found,) = precision(sure + unsure)
    assert (found.right, found.checked) == (1, 5)
    assert found.estimate == pytest.approx(100 / 110)
    assert found.low < found.estimate < found.high


def test_wilsons_interval_is_the_published_one() -> None:
    assert wilson(0.9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(1.0, 20) == pytest.approx((0.8389, 1.0), abs=1e-4)

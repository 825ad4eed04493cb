"""The bench's own measures, against cases small enough to count by hand."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bench.quality import metrics
from bench.quality.dataset import LabelledPair, Mask, load
from bench.quality.evaluate import leave_one_out, measure
from bench.quality.matcher import Decision, Matcher, Scores
from bench.quality.metrics import FLAGGED, Judged
from reconcile.model.verdicts import Outcome


def mask(*rows: str) -> Mask:
    """A matrix from rows of 0 and 1."""
    return np.array([[cell == "1" for cell in row] for row in rows])


def test_links_are_counted_by_cell() -> None:
    found = metrics.compare([(mask("110", "000"), mask("101", "010"))])
    assert (found.hits, found.predicted, found.true) == (1, 2, 3)
    assert found.f1 == pytest.approx(0.4)


def test_nothing_predicted_and_nothing_true_is_no_mistake() -> None:
    assert metrics.rates(0, 0, 0).f1 == 1.0


def test_every_plan_item_has_one_cardinality() -> None:
    #             shared   one     two, one shared   nothing
    truth = mask("10000", "01000", "10110", "00000")
    groups = metrics.cardinality(truth)
    assert {name: group.nonzero()[0].tolist() for name, group in groups.items()} == {
        "one_to_one": [1],
        "one_to_many": [],
        "many_to_one": [0],
        "many_to_many": [2],
        "unlinked": [3],
    }


@given(arrays.arrays(bool, (6, 5)))
def test_cardinalities_cover_every_plan_item_once(truth: Mask) -> None:
    covered = np.array(list(metrics.cardinality(truth).values()))
    assert covered.sum(0).tolist() == [1] * len(truth)


def test_average_precision_by_hand() -> None:
    scores, truth = np.array([0.9, 0.8, 0.7, 0.1]), np.array([True, False, True, False])
    assert metrics.average_precision(scores, truth) == pytest.approx((1 + 2 / 3) / 2)


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_score_that_says_nothing_is_as_precise_as_chance(true: int, false: int) -> None:
    truth = np.array([True] * true + [False] * false)
    assert metrics.average_precision(np.zeros(true + false), truth) == pytest.approx(true / (true + false))


@given(arrays.arrays(bool, 30), st.integers(1, 20))
def test_probabilities_that_tell_the_truth_have_no_error(truth: Mask, bins: int) -> None:
    table = metrics.reliability(truth.astype(float), truth, bins)
    assert metrics.calibration_error(table) == 0
    assert sum(row.cells for row in table) == 30


def test_calibration_error_is_the_distance_of_claim_and_share() -> None:
    scores = np.array([0.75] * 4)
    table = metrics.reliability(scores, np.array([True, False, False, False]))
    assert metrics.calibration_error(table) == pytest.approx(0.5)
    assert metrics.brier(scores, np.ones(4, bool)) == pytest.approx(0.0625)
    assert metrics.log_loss(scores, np.ones(4, bool)) == pytest.approx(-np.log(0.75))


class Oracle(Matcher):
    """Knows the labels: what the harness must give full marks."""

    name = "oracle"
    probabilistic = True

    def score(self, pair: LabelledPair) -> Scores:
        return Scores(pair.links.astype(float), pair.carried.astype(float))

    def outcomes(self, pair: LabelledPair, links: Mask, carried: Mask) -> tuple[Outcome, ...]:
        return pair.outcomes


def test_the_labelled_set_is_read_whole() -> None:
    pairs = load()
    assert len(pairs) == 13
    assert len({pair.organisation for pair in pairs}) == 9
    assert sum(len(pair.plans) for pair in pairs) == 766
    assert sum(int(pair.links.sum()) for pair in pairs) == 636


def test_an_oracle_gets_full_marks() -> None:
    result = measure(leave_one_out(Oracle, load()[:4]), probabilistic=True)
    assert {name: figure.value for name, figure in result.headline.items()} == dict.fromkeys(result.headline, 1.0)
    assert result.missed == {"never_a_candidate": 0, "scored_low": 0}
    assert result.calibration is not None
    assert result.calibration.error == 0


def test_a_link_that_was_never_a_candidate_is_told_from_one_scored_low() -> None:
    pair = load()[0]
    first, second = np.argwhere(pair.links)[:2]
    seen = np.ones_like(pair.links)
    seen[*first] = False
    found = pair.links.copy()
    found[*first] = found[*second] = False
    judged = Judged(
        pair, Scores(pair.links.astype(float), pair.carried.astype(float), seen), Decision(found, pair.carried, ())
    )
    assert metrics.missed([judged]) == {"never_a_candidate": 1, "scored_low": 1}


def test_a_flag_is_slipped_or_dropped_whichever() -> None:
    table = Counter({(Outcome.SLIPPED, Outcome.DROPPED): 3, (Outcome.DONE, Outcome.SLIPPED): 1})
    assert metrics.outcome_rates(table, FLAGGED).precision == 0.75
    assert metrics.outcome_rates(table, [Outcome.DROPPED]).precision == 0


def test_nothing_is_fitted_on_the_organisation_it_is_measured_on() -> None:
    class Watching(Oracle):
        def fit(self, pairs: object) -> None:
            assert isinstance(pairs, list)
            self.seen = {pair.organisation for pair in pairs}

        def decide(self, pair: LabelledPair, *rest: object) -> Decision:
            assert pair.organisation not in self.seen
            return Decision(pair.links, pair.carried, pair.outcomes)

    assert len(leave_one_out(Watching, load())) == 13

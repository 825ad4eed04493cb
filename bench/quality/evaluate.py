"""Leave-one-organisation-out: each organisation is judged by a matcher fitted and tuned on all the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from bench.quality import metrics, verdicts
from bench.quality.dataset import LabelledPair
from bench.quality.matcher import Matcher, Thresholds
from bench.quality.metrics import FLAGGED, Bin, Judged, Rates
from bench.quality.verdicts import Verdicts
from reconcile.model.verdicts import Outcome

RESAMPLES = 500


class Interval(Struct, frozen=True):
    """A figure with its 95 % bootstrap interval over organisations."""

    value: float
    low: float
    high: float


class Calibration(Struct, frozen=True):
    """How far scores can be read as probabilities, on the best candidates of each plan item.

    `accepted_error` is the calibration error of the accepted links alone.
    """

    brier: float
    log_loss: float
    error: float
    accepted_error: float
    bins: list[Bin]


class Result(Struct, frozen=True):
    """Everything measured about one matcher; `headline` are the figures with intervals."""

    headline: dict[str, Interval]
    links: Rates
    links_by_cardinality: dict[str, Rates]
    links_by_organisation: dict[str, Rates]
    carried: Rates
    candidate_recall: float
    missed: dict[str, int]
    ties: float
    calibration: Calibration | None
    outcome_macro_f1: float
    flags: Rates
    dropped: Rates
    undetermined: float
    confusion: dict[str, dict[str, int]]
    outcome_by_organisation: dict[str, float]
    partial: Rates | None = None
    verdicts: Verdicts | None = None


HEADLINE: dict[str, Callable[[Sequence[Judged]], float]] = {
    "link_precision": lambda judged: metrics.links(judged).precision,
    "link_recall": lambda judged: metrics.links(judged).recall,
    "link_f1": lambda judged: metrics.links(judged).f1,
    "average_precision": metrics.pooled_average_precision,
    "carry_f1": lambda judged: metrics.carried(judged).f1,
    "outcome_accuracy": lambda judged: metrics.outcome_accuracy(metrics.confusion(judged)),
    "flag_precision": lambda judged: metrics.outcome_rates(metrics.confusion(judged), FLAGGED).precision,
    "flag_recall": lambda judged: metrics.outcome_rates(metrics.confusion(judged), FLAGGED).recall,
    "dropped_precision": lambda judged: metrics.outcome_rates(metrics.confusion(judged), [Outcome.DROPPED]).precision,
    "dropped_recall": lambda judged: metrics.outcome_rates(metrics.confusion(judged), [Outcome.DROPPED]).recall,
}
"""The figures given with an interval."""


def organisations(pairs: Sequence[LabelledPair]) -> list[str]:
    """The organisations of a set of pairs, sorted."""
    return sorted({pair.organisation for pair in pairs})


def leave_one_out(make: Callable[[], Matcher], pairs: Sequence[LabelledPair]) -> list[Judged]:
    """Every pair judged by a fresh matcher that saw no pair of its organisation."""
    judged: list[Judged] = []
    for organisation in organisations(pairs):
        training = [pair for pair in pairs if pair.organisation != organisation]
        matcher = make()
        matcher.fit(training)
        thresholds = matcher.tune(training, matcher.score_all(training))
        judged += judge(matcher, [pair for pair in pairs if pair.organisation == organisation], thresholds)
    return judged


def judge(matcher: Matcher, pairs: Sequence[LabelledPair], thresholds: Thresholds) -> list[Judged]:
    """Some pairs as a fitted matcher judges them."""
    return [
        Judged(pair, scores, matcher.decide(pair, scores, thresholds))
        for pair, scores in zip(pairs, matcher.score_all(pairs), strict=True)
    ]


def measure(judged: Sequence[Judged], *, probabilistic: bool) -> Result:
    """All figures of one matcher."""
    by_organisation = _by_organisation(judged)
    confusion = metrics.confusion(judged)
    return Result(
        headline=_intervals(by_organisation),
        links=metrics.links(judged),
        links_by_cardinality=metrics.links_by_cardinality(judged),
        links_by_organisation={name: metrics.links(some) for name, some in by_organisation.items()},
        carried=metrics.carried(judged),
        candidate_recall=metrics.candidate_recall(judged),
        missed=metrics.missed(judged),
        ties=metrics.ties(judged),
        calibration=_calibration(judged) if probabilistic else None,
        outcome_macro_f1=metrics.macro_f1(confusion),
        flags=metrics.outcome_rates(confusion, FLAGGED),
        dropped=metrics.outcome_rates(confusion, [Outcome.DROPPED]),
        partial=metrics.outcome_rates(confusion, [Outcome.PARTIAL]),
        undetermined=metrics.undetermined(confusion),
        confusion=metrics.by_row(confusion),
        outcome_by_organisation={
            name: metrics.outcome_accuracy(metrics.confusion(some)) for name, some in by_organisation.items()
        },
        verdicts=verdicts.measure(judged),
    )


def _by_organisation(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    return {
        name: [j for j in judged if j.pair.organisation == name] for name in organisations([j.pair for j in judged])
    }


def _calibration(judged: Sequence[Judged]) -> Calibration:
    scores, truth = metrics.nearest(judged)
    bins = metrics.reliability(scores, truth)
    return Calibration(
        brier=metrics.brier(scores, truth),
        log_loss=metrics.log_loss(scores, truth),
        error=metrics.calibration_error(bins),
        accepted_error=metrics.calibration_error(metrics.reliability(*metrics.accepted(judged))),
        bins=bins,
    )


def _intervals(by_organisation: dict[str, list[Judged]]) -> dict[str, Interval]:
    """95 % percentile intervals: organisations are drawn with replacement, as organisations are what is new."""
    names = list(by_organisation)
    draws = np.random.default_rng(20).integers(len(names), size=(RESAMPLES, len(names)))
    samples = [[j for place in draw for j in by_organisation[names[place]]] for draw in draws]
    everything = [j for some in by_organisation.values() for j in some]
    intervals = {}
    for name, figure in HEADLINE.items():
        low, high = np.quantile([figure(sample) for sample in samples], [0.025, 0.975])
        intervals[name] = Interval(figure(everything), float(low), float(high))
    return intervals

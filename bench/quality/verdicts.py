"""How good verdicts are beside the links they rest on: with every link given, how sure, and where they go wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from bench.quality import metrics
from bench.quality.matcher import Reasoned
from bench.quality.metrics import FLAGGED, Bin, Judged, Rates
from reconcile.model.verdicts import Outcome

WORST = 10
"""How many classes of errors are listed."""
_ORDER = (*metrics.COUNTED, Outcome.WITHDRAWN, Outcome.UNDETERMINED)


class Informed(Struct, frozen=True):
    """The outcomes had every link been found and none been invented: what the rules alone get right."""

    accuracy: float
    flags: Rates
    partial: Rates
    undetermined: float
    confusion: dict[str, dict[str, int]]


class Sureness(Struct, frozen=True):
    """Whether the confidence of one outcome is the share of such verdicts that are right."""

    items: int
    mean: float
    right: float
    error: float
    bins: list[Bin]


class ErrorClass(Struct, frozen=True):
    """Plan items of one true outcome that one rung of the ladder gave another."""

    true: str
    got: str
    rule: str
    items: int


class Verdicts(Struct, frozen=True):
    """All of it; `sureness` by the outcome given, and "all" for those that give one."""

    informed: Informed
    sureness: dict[str, Sureness]
    worst: list[ErrorClass]


def measure(judged: Sequence[Judged]) -> Verdicts | None:
    """The verdicts of a matcher that gives reasons; None for others."""
    cases = list(_cases(judged))
    if not cases:
        return None
    errors = Counter((true.value, got.value, rule) for true, got, rule, _, _ in cases if true is not got)
    return Verdicts(
        informed=_informed(Counter((true, informed) for true, _, _, _, informed in cases)),
        sureness=_sureness([(got.value, sure, true is got) for true, got, _, sure, _ in cases]),
        worst=[ErrorClass(*kind, items) for kind, items in sorted(errors.items(), key=lambda e: (-e[1], e[0]))[:WORST]],
    )


def lines(confusion: dict[str, dict[str, int]], verdicts: Verdicts) -> Iterator[str]:
    """What is printed below the headline: confusion, perfect links, sureness, the worst classes of errors."""
    yield from _matrix("true \\ given", confusion)
    informed = verdicts.informed
    yield (
        f"with perfect links: outcome {informed.accuracy:.3f}  flags P {informed.flags.precision:.3f}"
        f" R {informed.flags.recall:.3f}  partial F1 {informed.partial.f1:.3f}"
        f"  undetermined {100 * informed.undetermined:.1f} %"
    )
    yield from _matrix("perfect links", informed.confusion)
    for name, sure in verdicts.sureness.items():
        bins = "  ".join(f"{one.mean:.2f}→{one.observed:.2f} ({one.cells})" for one in sure.bins)
        told = f"says {sure.mean:.2f}  right {sure.right:.2f}  ECE {sure.error:.3f}"
        yield f"sure {name:8s} {sure.items:4d} items  {told}  {bins}"
    for error in verdicts.worst:
        yield f"{error.items:4d}  {error.true} given {error.got} by {error.rule}"


def _matrix(title: str, confusion: dict[str, dict[str, int]]) -> Iterator[str]:
    names = [outcome.value for outcome in _ORDER if any(outcome.value in row for row in confusion.values())]
    yield f"{title:14s}" + "".join(f"{name:>13s}" for name in names)
    for true in (outcome.value for outcome in _ORDER if outcome.value in confusion):
        yield f"{true:14s}" + "".join(f"{confusion[true].get(name, 0):13d}" for name in names)


def _cases(judged: Sequence[Judged]) -> Iterator[tuple[Outcome, Outcome, str, float, Outcome]]:
    """True and given outcome, rung, confidence and the outcome by perfect links, one a plan item."""
    for one in judged:
        how: Reasoned | None = one.decision.reasoned
        if how is not None:
            yield from zip(
                one.pair.outcomes, one.decision.outcomes, how.rules, how.confidence.tolist(), how.informed, strict=True
            )


def _informed(table: Counter[tuple[Outcome, Outcome]]) -> Informed:
    return Informed(
        accuracy=metrics.outcome_accuracy(table),
        flags=metrics.outcome_rates(table, FLAGGED),
        partial=metrics.outcome_rates(table, [Outcome.PARTIAL]),
        undetermined=metrics.undetermined(table),
        confusion=metrics.by_row(table),
    )


def _sureness(cases: Sequence[tuple[str, float, bool]]) -> dict[str, Sureness]:
    found = {}
    for name in ("all", *(outcome.value for outcome in _ORDER if outcome is not Outcome.UNDETERMINED)):
        here = [case for case in cases if case[0] == name or (name == "all" and case[0] != Outcome.UNDETERMINED.value)]
        if here:
            sure, right = np.array([case[1] for case in here]), np.array([case[2] for case in here])
            bins = metrics.reliability(sure, right)
            error = metrics.calibration_error(bins)
            found[name] = Sureness(len(here), float(sure.mean()), float(right.mean()), error, bins)
    return found

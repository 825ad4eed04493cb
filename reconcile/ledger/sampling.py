"""A sample to check by hand (抽样复核), and what it says of all the verdicts.

The sample is stratified by verdict and confidence; what accuses (dropped) and what may flatter (completed with little
confidence) is drawn more often. Precision is estimated back with the strata's sizes, so that drawing more of some does
not bend it; its interval is Wilson's at 95 %, for the effective size of a weighted sample (Kish).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt

from msgspec import Struct

from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item
from reconcile.model.verdicts import ItemVerdict, Status, TaskVerdict
from reconcile.period import Period

BANDS = (("low", 0.7), ("middle", 0.9), ("high", 1.01))
"""Bands of confidence, each up to a bound."""

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

Stratum = tuple[Status, str]


class Drawn(Struct, frozen=True):
    """A judged task in the sample, with its stratum and how many tasks that stratum holds."""

    period: Period
    item: Item
    verdict: TaskVerdict
    evidence: str
    band: str
    of: int


class HandChecked(Struct, frozen=True):
    """A task of the sample somebody checked: the engine's verdict and whether it was right."""

    status: Status
    band: str
    of: int
    right: bool


class Precision(Struct, frozen=True):
    """How often a verdict is right: `estimate` for all tasks, with its 95 % interval, from `right` of `checked`."""

    status: Status
    checked: int
    right: int
    estimate: float
    low: float
    high: float


def draw(pairs: Iterable[Reconciliation], n: int, seed: int) -> tuple[Drawn, ...]:
    """`n` judged tasks, or all where there are fewer; the same ledger and seed give the same sample."""
    strata: dict[Stratum, list[tuple[Reconciliation, ItemVerdict, TaskVerdict]]] = defaultdict(list)
    for pair in pairs:
        for verdict in pair.plans:
            for task in verdict.tasks:
                strata[task.status, band(task.confidence)].append((pair, verdict, task))
    shares = allot({stratum: len(members) for stratum, members in strata.items()}, n)
    drawn = []
    for stratum in sorted(shares, key=lambda each: (list(Status).index(each[0]), each[1])):
        members = sorted(strata[stratum], key=lambda each: _lot(each[2].task.id, seed))
        for pair, verdict, task in members[: shares[stratum]]:
            found = _evidence(pair, verdict, task)
            drawn.append(Drawn(pair.period, verdict.item, task, found, stratum[1], len(members)))
    return tuple(drawn)


def allot(sizes: dict[Stratum, int], n: int) -> dict[Stratum, int]:
    """How many to draw of each stratum: by size and weight, at least one of each as far as `n` goes."""
    left = min(n, sum(sizes.values()))
    shares = dict.fromkeys(sizes, 0)
    while left:
        # the next one goes where the share so far is smallest for its weight: highest averages, first ones first
        stratum = min(
            (each for each in sizes if shares[each] < sizes[each]),
            key=lambda each: (
                shares[each] / (sizes[each] * _weight(each)) if shares[each] else 0,
                -_weight(each),
                each,
            ),
        )
        shares[stratum] += 1
        left -= 1
    return shares


def band(confidence: float) -> str:
    """The name of the band a confidence falls in."""
    return next(name for name, bound in BANDS if confidence < bound)


def precision(checked: Iterable[HandChecked]) -> tuple[Precision, ...]:
    """For each verdict in a checked sample, how often it is right."""
    by_status: dict[Status, list[HandChecked]] = defaultdict(list)
    for each in checked:
        by_status[each.status].append(each)
    return tuple(_precision(status, by_status[status]) for status in Status if status in by_status)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval at 95 % for a share seen in `n` cases (which need not be whole)."""
    middle = share + _Z**2 / (2 * n)
    spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n))


def _precision(status: Status, checked: Sequence[HandChecked]) -> Precision:
    seen = {name: sum(each.band == name for each in checked) for name in {each.band for each in checked}}
    weights = [each.of / seen[each.band] for each in checked]
    share = sum(weight for weight, each in zip(weights, checked, strict=True) if each.right) / sum(weights)
    effective = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    return Precision(status, len(checked), sum(each.right for each in checked), share, *wilson(share, effective))


def _weight(stratum: Stratum) -> int:
    status, name = stratum
    return 3 if status is Status.DROPPED or (status is Status.COMPLETED and name == "low") else 1


def _lot(unit: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}:{unit}".encode()).hexdigest()


def _evidence(pair: Reconciliation, verdict: ItemVerdict, task: TaskVerdict) -> str:
    """The words the verdict rests on, quoted."""
    words = {
        unit: f"{item.office}：{words}"
        for item in pair.completion_report.items
        for unit, words in ((item.id, item.text), *((part.id, part.head + part.text) for part in item.tasks))
    }
    links = (*task.links, *task.carried_to) or (*verdict.links, *verdict.carried_to)
    return "\n".join(words[link.target] for link in links if link.target in words)

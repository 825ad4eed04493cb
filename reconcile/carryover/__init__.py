"""The months together: what was promised, planned again, and done at last (顺延).

`threads` is the way in; the graph library is imported when it is called, since a run of two reports needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reconcile.model import Reconciliation, Thread

if TYPE_CHECKING:
    from reconcile.carryover.graph import Graph


def build(pairs: Iterable[Reconciliation]) -> Graph:
    """The carry-over graph over some records; their order is of no matter."""
    from reconcile.carryover.graph import Graph

    built = Graph()
    for pair in pairs:
        built.add(pair)
    return built


def with_slips(pairs: Iterable[Reconciliation], slips: Mapping[str, int]) -> tuple[Reconciliation, ...]:
    """The records with the slip count of each planned item, and the counts that follow from it; verdicts stay.

    `slips` are those of a graph over all months (`Graph.slips`): a record alone knows none before its own.
    """
    from reconcile.verdicts import rollup

    counted = []
    for pair in pairs:
        plans = tuple(replace(each, slip_count=slips.get(each.item.id, each.slip_count)) for each in pair.plans)
        missing = [office.office for office in pair.summary.by_office if office.missing]
        summary = rollup.summary(plans, pair.unplanned, missing, pair.summary.renamed)
        counted.append(replace(pair, plans=plans, summary=summary))
    return tuple(counted)


def threads(pairs: Iterable[Reconciliation]) -> tuple[Thread, ...]:
    """Every piece of work the records judge, followed over the months."""
    return build(pairs).threads()

"""The months together: what was promised, planned again, and done at last (顺延).

`threads` is the way in; the graph library is imported when it is called, since a run of two reports needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reconcile.model.reconciliation import Reconciliation
from reconcile.model.threads import Thread

if TYPE_CHECKING:
    from reconcile.carryover.graph import Graph
    from reconcile.config import Config


def build(pairs: Iterable[Reconciliation]) -> Graph:
    """The carry-over graph over some records; their order is of no matter."""
    from reconcile.carryover.graph import Graph

    built = Graph()
    for pair in pairs:
        built.add(pair)
    return built


def in_hindsight(
    pairs: Iterable[Reconciliation], graph: Graph, config: Config
) -> tuple[tuple[Reconciliation, ...], tuple[Thread, ...]]:
    """The records with what only the months together show, and the threads of the graph over these months.

    Shown are slip counts, and lights of what was made up later (补完成); verdicts stay.
    """
    from reconcile.verdicts import lights, rollup

    slips, followed = graph.slips(), graph.threads()
    made_up = {step.item.id for thread in followed if thread.late_done for step in thread.steps}
    counted = []
    for pair in pairs:
        plans = tuple(
            replace(
                each,
                slip_count=slips.get(each.item.id, each.slip_count),
                light=lights.in_hindsight(each, config) if each.item.id in made_up else each.light,
            )
            for each in pair.plans
        )
        missing = [office.office for office in pair.summary.by_office if office.missing]
        summary = rollup.summary(plans, pair.unplanned, missing, pair.summary.renamed)
        counted.append(replace(pair, plans=plans, summary=summary))
    return tuple(counted), followed


def threads(pairs: Iterable[Reconciliation]) -> tuple[Thread, ...]:
    """Every piece of work the records judge, followed over the months."""
    return build(pairs).threads()

"""The months together: what was promised, planned again, and done at last (顺延).

`threads` is the way in; the graph library is imported when it is called, since a run of two reports needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from reconcile.model import Reconciliation, Thread


def threads(pairs: Iterable[Reconciliation]) -> tuple[Thread, ...]:
    """Every piece of work the records judge, followed over the months; the order of the records is of no matter."""
    from reconcile.carryover.graph import Graph

    graph = Graph()
    for pair in pairs:
        graph.add(pair)
    return graph.threads()

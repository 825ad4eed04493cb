"""The months together: what was promised, planned again, and done at last (顺延).

`threads` is the way in; the graph library is imported when it is called, since a run of two reports needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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


def threads(pairs: Iterable[Reconciliation]) -> tuple[Thread, ...]:
    """Every piece of work the records judge, followed over the months."""
    return build(pairs).threads()

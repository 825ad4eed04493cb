"""What the ledger shows: the runs that count now with people's judgements in them, and the threads over them.

A view is one consistent state: it is made in a transaction and lives no longer. It reads as little as is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from reconcile import carryover
from reconcile.config import Config
from reconcile.ledger import reports, runs, search
from reconcile.ledger.overlay import overlay
from reconcile.ledger.replay import replay
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report
from reconcile.model.threads import Step, Thread
from reconcile.period import Period

if TYPE_CHECKING:
    from reconcile.carryover.graph import Graph


class Overview(NamedTuple):
    """Runs with their slip counts, and the threads they belong to."""

    pairs: tuple[Reconciliation, ...]
    threads: tuple[Thread, ...]


class Trace(NamedTuple):
    """Threads, and the part of the carry-over graph they show (networkx, as `carryover.export` takes it)."""

    threads: tuple[Thread, ...]
    net: Any


class View:
    """The current reports and runs, of one organisation if it is named, and the judgements as they apply to them."""

    def __init__(self, connection: Connection, config: Config, organisation: str | None = None) -> None:
        self._connection = connection
        self._config = config
        self._filed = reports.current(connection, organisation)
        self._runs = runs.current(connection, self._filed)
        self._decided = replay(connection, self._filed)

    def reconciliations(self, period: Period | None = None) -> tuple[Reconciliation, ...]:
        """The runs that count now; of one period where it is given."""
        return tuple(self._load(run for run in self._runs if period in (None, run.period)))

    def about(self, unit: str) -> tuple[Reconciliation, ...]:
        """The runs that judge an item or a task of this id; all of them where none does: it may be that of a link."""
        current = [run.id for run in self._runs]
        judging = search.runs_judging(self._connection, current, unit)
        return tuple(self._load(run for run in self._runs if not judging or run.id in judging))

    def overview(self, period: Period | None = None) -> Overview:
        """The same with their slip counts over all months, and the threads they belong to.

        Only what these threads touch is read of the other months.
        """
        pairs = self.reconciliations(period)
        if period is None:
            graph = carryover.build(pairs)
        else:
            start = {verdict.item.id for pair in pairs for verdict in pair.plans}
            graph = self._graph_around(start.union(link.plan for pair in pairs for link in pair.late))
        made_up = {link.target for pair in pairs for link in pair.late}
        seen, followed = carryover.in_hindsight(pairs, graph, self._config)
        threads = (
            thread
            for thread in followed
            if period is None
            or any(step.period == period and (step.status or step.item.id in made_up) for step in thread.steps)
        )
        return Overview(seen, tuple(threads))

    def trace(self, words: str | None = None) -> Trace:
        """The threads an id leads to (of a task or an item), those whose text holds the words, or all of them."""
        if words is None:
            whole = carryover.build(self.reconciliations())
            return Trace(whole.threads(), whole.net)
        found = search.units(self._connection, self._filed, words)
        graph = self._graph_around(found)
        threads = tuple(
            thread for thread in graph.threads() if any(not found.isdisjoint(_ids(step)) for step in thread.steps)
        )
        return Trace(threads, graph.around(threads))

    def _graph_around(self, start: Iterable[str]) -> Graph:
        """The graph over the threads of some tasks, items or completions, and perhaps a little more."""
        current = [run.id for run in self._runs]
        around = search.around(self._connection, current, start, self._decided.ties)
        return carryover.build(self._load((run for run in self._runs if run.id in around.runs), around.items))

    def _load(self, wanted: Iterable[runs.Current], only: Collection[str] | None = None) -> Iterator[Reconciliation]:
        read: dict[int, Report] = {}
        for run in wanted:
            yield overlay(runs.load(self._connection, run, read, only), self._decided, self._config)


def _ids(step: Step) -> Iterator[str]:
    """The ids a step answers to: its task's, else all of its item's."""
    yield step.item.id
    yield from (task.id for task in ([step.task] if step.task else step.item.tasks))

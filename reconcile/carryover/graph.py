"""The carry-over graph (顺延图): tasks as nodes, what became of them as edges, over any number of months.

Invariants: edges run forward in time, so there is no cycle; records may be added in any order, any number of times; a
verdict once given for its own period is never replaced by what a later month shows; every plan task belongs to exactly
one thread.

Nodes are planned tasks (an item that was not split is its own node) and completion items. Edges are `fulfils` (plan →
completion of the same or a later period) and `carries` (plan → plan of a later period). A thread is what carries edges
join: a completion that closes several plans stands in each of their threads and ties none of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import networkx as nx
from rapidfuzz import fuzz

from reconcile import period
from reconcile.carryover.thread import Node, follow, in_time, slips_to
from reconcile.model.links import CARRIES, Link, Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Kind
from reconcile.model.threads import Thread
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Outcome

_CLOSED = frozenset({Outcome.DONE, Outcome.WITHDRAWN})

start_of = cache(period.first_day)


class Graph:
    """Grows by one `Reconciliation` at a time; nodes of `net` hold their `Node`, edges are keyed by relation."""

    def __init__(self) -> None:
        self.net: Any = nx.MultiDiGraph()
        self._units: dict[str, tuple[str, ...]] = {}
        self._ranks: dict[str, tuple[object, ...]] = {}
        self._late: list[Link] = []

    def add(self, pair: Reconciliation) -> None:
        """Take in one record: its items, its verdicts, its links."""
        for report in (pair.plan_report, pair.completion_report):
            for item in report.items:
                self._place(item)
        for verdict in pair.plans:
            self._place(verdict.item)
            self._judge(verdict, pair)
        for verdict in pair.plans:
            for source, target, link in self._edges(verdict):
                self._tie(source, target, link)
        self._late = [link for link in (*self._late, *pair.late) if not self._made_up(link)]

    def threads(self) -> tuple[Thread, ...]:
        """The threads with at least one verdict, by first promise and place in the source."""
        found = (follow(self.net, group) for group in self._groups(self._plans()))
        return tuple(
            sorted(
                (thread for thread in found if any(step.status for step in thread.steps)),
                key=lambda thread: (start_of(thread.first_promised), thread.steps[0].item.anchor.start, thread.id),
            )
        )

    def slips(self) -> dict[str, int]:
        """How often each planned item has slipped (顺延次数), by its id: up to it, and from it to the next plan."""
        nodes = {unit: self._node(unit) for unit in self._plans()}
        before = slips_to(self.net, in_time(nodes))
        slips: dict[str, int] = {}
        for unit, node in nodes.items():
            again = any(how is Relation.REPLAN for _, _, how in self.net.out_edges(unit, keys=True))
            slips[node.item.id] = max(slips.get(node.item.id, 0), before[unit] + again)
        return slips

    def around(self, threads: Iterable[Thread]) -> Any:
        """The part of the graph that some threads show, as a networkx graph of its own."""
        steps = (step for thread in threads for step in thread.steps)
        return self.net.subgraph({step.task.id if step.task else step.item.id for step in steps})

    def _plans(self) -> Iterator[str]:
        return (unit for unit, data in self.net.nodes(data=True) if data["node"].item.kind is Kind.PLAN)

    def _groups(self, plans: Iterable[str]) -> Iterator[set[str]]:
        """The plan tasks of each thread: what carries edges join, whichever way."""
        work = nx.Graph()
        work.add_nodes_from(plans)
        work.add_edges_from((one, other) for one, other, relation in self.net.edges(keys=True) if relation in CARRIES)
        return iter(nx.connected_components(work))

    def _place(self, item: Item) -> None:
        if item.id in self._units:
            return
        tasks = item.tasks if item.kind is Kind.PLAN else ()
        self._units[item.id] = tuple(task.id for task in tasks) or (item.id,)
        self._units |= {task.id: (task.id,) if tasks else (item.id,) for task in item.tasks}
        for unit, task in zip(self._units[item.id], tasks or (None,), strict=True):
            self.net.add_node(unit, node=Node(item, task, due=item.due))

    def _judge(self, verdict: ItemVerdict, pair: Reconciliation) -> None:
        """Note the verdicts on an item's tasks; the report of the task's own period has the say."""
        rank = (
            verdict.item.period != pair.completion_report.period,
            pair.completion_report.period,
            pair.completion_report.file.sha256,
            pair.version,
            pair.model,
            pair.config_sha256,
        )
        statuses = {task.task.id: task.status for task in verdict.tasks}
        for unit in self._units[verdict.item.id]:
            node = self._node(unit)
            if node.status is None or rank < self._ranks[unit]:
                self._ranks[unit] = rank
                self.net.nodes[unit]["node"] = Node(
                    node.item, node.task, statuses.get(unit, verdict.status), verdict.due or node.due
                )

    def _edges(self, verdict: ItemVerdict) -> Iterator[tuple[str, str, Link]]:
        """The edges one verdict states; a link of the item speaks for its tasks where none of theirs does."""
        stated = set()
        for task in verdict.tasks:
            for link in (*task.links, *task.carried_to):
                if target := self._nearest(task.task.id, link.target):
                    stated.add((self._node(target).item.id, link.relation in CARRIES))
                    yield task.task.id, target, link
        for link in (*verdict.links, *verdict.carried_to):
            carries = link.relation in CARRIES
            for unit in self._open(verdict) if carries else self._units[verdict.item.id]:
                target = self._nearest(unit, link.target)
                if target and (self._node(target).item.id, carries) not in stated:
                    yield unit, target, link

    def _made_up(self, link: Link) -> bool:
        """Tie an item's tasks to what makes up for them late; False as long as the item is not known."""
        for unit in self._units.get(link.plan, ()):
            if target := self._nearest(unit, link.target):
                self._tie(unit, target, link)
        return link.plan in self._units

    def _open(self, verdict: ItemVerdict) -> tuple[str, ...]:
        """The tasks of an item that are not done, or all where all are: these are what a later plan continues."""
        statuses = {task.task.id: task.status for task in verdict.tasks}
        units = self._units[verdict.item.id]
        left = (unit for unit in units if OUTCOME_OF[statuses.get(unit, verdict.status)] not in _CLOSED)
        return tuple(left) or units

    def _nearest(self, unit: str, target: str) -> str | None:
        """The node a link leads to: of an item's tasks the one most like the task it comes from."""
        units = self._units.get(target, ())
        words = self._node(unit).text
        return max(units, key=lambda each: fuzz.ratio(words, self._node(each).text), default=None)

    def _tie(self, source: str, target: str, link: Link) -> None:
        """Add an edge, unless it would run against time: a misread period must not bend the graph into a circle."""
        begins, ends = (start_of(self._node(unit).item.period) for unit in (source, target))
        if begins < ends or (begins == ends and link.relation not in CARRIES):
            known = self.net.get_edge_data(source, target, link.relation)
            if known is None or (link.score, link.id) > (known["score"], known["link"]):
                self.net.add_edge(source, target, link.relation, score=link.score, link=link.id)

    def _node(self, unit: str) -> Node:
        node: Node = self.net.nodes[unit]["node"]
        return node

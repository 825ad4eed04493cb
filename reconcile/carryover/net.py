"""Nodes and the edges between them: what the carry-over graph is made of.

`networkx`, which takes longer to import than a trace takes, comes in where a graph is exported (`export`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from msgspec import Struct

from reconcile.model import Item, Relation, Status, Task


class Node(Struct, frozen=True):
    """A task in its item, with its verdict once there is one."""

    item: Item
    task: Task | None
    status: Status | None = None
    due: str | None = None

    @property
    def text(self) -> str:
        """The words of the task, with what it shares with its neighbours."""
        return self.task.head + self.task.text if self.task else self.item.text


class Edge(Struct, frozen=True):
    """That one node leads to another; `link` is the id of the link that says so, `score` its score."""

    source: str
    target: str
    relation: Relation
    score: float
    link: str


class Net:
    """A directed graph with at most one edge of each relation between two nodes, which are known by their ids."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self._out: dict[str, dict[tuple[str, Relation], Edge]] = {}
        self._into: dict[str, dict[tuple[str, Relation], Edge]] = {}

    def tie(self, edge: Edge) -> None:
        """Add an edge; of two that say the same the one with the higher score stays."""
        known = self._out.setdefault(edge.source, {}).get((edge.target, edge.relation))
        if known is None or (edge.score, edge.link) > (known.score, known.link):
            self._out[edge.source][edge.target, edge.relation] = edge
            self._into.setdefault(edge.target, {})[edge.source, edge.relation] = edge

    def edges(self) -> Iterator[Edge]:
        """Every edge."""
        return chain.from_iterable(edges.values() for edges in self._out.values())

    def out(self, unit: str) -> Collection[Edge]:
        """The edges that leave a node."""
        return self._out.get(unit, {}).values()

    def into(self, unit: str) -> Collection[Edge]:
        """The edges that lead to a node."""
        return self._into.get(unit, {}).values()

    def within(self, units: Iterable[str]) -> Net:
        """Some nodes and the edges between them."""
        part = Net()
        part.nodes = {unit: self.nodes[unit] for unit in units}
        for edge in self.edges():
            if edge.source in part.nodes and edge.target in part.nodes:
                part.tie(edge)
        return part

    def families(self, units: Iterable[str], relations: Collection[Relation]) -> Iterator[set[str]]:
        """The units, together where edges of these relations join them, whichever way."""
        left = dict.fromkeys(units)
        while left:
            family: set[str] = set()
            reached = {next(iter(left))}
            while reached:
                unit = reached.pop()
                family.add(unit)
                del left[unit]
                onward = (edge.target for edge in self.out(unit) if edge.relation in relations)
                back = (edge.source for edge in self.into(unit) if edge.relation in relations)
                reached.update(other for other in chain(onward, back) if other in left)
            yield family

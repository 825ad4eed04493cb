"""One thread out of the graph: its steps in time, its slips, and where it stands.

Nothing here rewrites a verdict: each step keeps the status its own month gave it; the thread's `status` says where the
work stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from reconcile import period
from reconcile.model.links import Relation
from reconcile.model.reports import Item, Kind, Task
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import OUTCOME_OF, Outcome, Status
from reconcile.period import Period

_STRENGTH = tuple(Relation)
"""Where several edges lead to one step, the first of these names it."""

_MISSED = frozenset({Outcome.SLIPPED, Outcome.DROPPED, Outcome.PARTIAL})

_NOT_LATE = frozenset({Status.NOT_YET_DUE, Status.REPORT_MISSING, Status.OFFICE_MISSING})
"""What is reported as done after one of these may have been done in time."""


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


def follow(net: Any, group: Iterable[str]) -> Thread:
    """The thread of the plan tasks in `group`: those that carries edges join in the graph `net`."""
    nodes: dict[str, Node] = {unit: net.nodes[unit]["node"] for unit in group}
    plans = in_time(nodes)
    slips = slips_to(net, plans)
    judged = [unit for unit in plans if nodes[unit].status]
    latest = [unit for unit in judged if nodes[unit].item.period == nodes[judged[-1]].item.period]
    made_up = [unit for unit in latest if _closed_later(net, unit)]
    status = _together([Status.COMPLETED if unit in made_up else nodes[unit].status for unit in latest])
    first, last = nodes[plans[0]], nodes[plans[-1]]
    return Thread(
        id=plans[0],
        office=last.item.office,
        title=first.text,
        first_promised=first.item.period,
        due=last.due,
        slip_count=max(slips.values()),
        status=status,
        late_done=OUTCOME_OF[status] is Outcome.DONE
        and any(slips[unit] > 0 or (unit in made_up and nodes[unit].status not in _NOT_LATE) for unit in latest),
        steps=_steps(net, plans),
    )


def in_time(nodes: Mapping[str, Node]) -> list[str]:
    """Nodes in the order of time and of their sources."""
    return sorted(nodes, key=lambda unit: _place(nodes[unit]))


def age(thread: Thread) -> int:
    """How long a piece of work has been on the books: whole months from its first promise to its last step."""
    first, last = (period.first_day(each) for each in (thread.first_promised, thread.steps[-1].period))
    return (last.year - first.year) * 12 + last.month - first.month


def _place(node: Node) -> tuple[object, ...]:
    """The order of steps: time, plans before completions, place in the source."""
    item = node.item
    return (
        period.first_day(item.period),
        item.kind is Kind.COMPLETION,
        item.anchor.start,
        item.id,
        node.task.start if node.task else 0,
        node.task.id if node.task else "",
    )


def slips_to(net: Any, plans: list[str]) -> dict[str, int]:
    """For each plan task, the replan edges on the longest way to it (顺延次数); `plans` in the order of time."""
    slips: dict[str, int] = {}
    for unit in plans:
        slips[unit] = max(
            (slips[before] + (how is Relation.REPLAN) for before, _, how in net.in_edges(unit, keys=True)), default=0
        )
    return slips


def _closed_later(net: Any, unit: str) -> bool:
    """Whether a report after the task's own period says it is done."""
    own: Period = net.nodes[unit]["node"].item.period
    return any(
        how is Relation.FULL and net.nodes[target]["node"].item.period != own
        for _, target, how in net.out_edges(unit, keys=True)
    )


def _together(statuses: list[Status | None]) -> Status:
    """One word for the latest verdicts of a thread: partial where some ends are done and some are not."""
    known = {status for status in statuses if status}
    if not known:
        return Status.NOT_YET_DUE
    outcomes = {OUTCOME_OF[status] for status in known}
    if Outcome.DONE in outcomes and outcomes & _MISSED:
        return Status.PARTIAL
    return min(known - {Status.WITHDRAWN} or known, key=list(Status).index)


def _steps(net: Any, plans: list[str]) -> tuple[Step, ...]:
    """The plan tasks of a thread and the completions that speak of them, in the order of time."""
    reached: dict[str, Relation | None] = {unit: _strongest(net.in_edges(unit, keys=True)) for unit in plans}
    for unit in plans:
        for _, target, how in net.out_edges(unit, keys=True):
            if net.nodes[target]["node"].item.kind is Kind.COMPLETION:
                reached[target] = min(how, reached.get(target) or how, key=_STRENGTH.index)
    nodes: dict[str, Node] = {unit: net.nodes[unit]["node"] for unit in reached}
    return tuple(
        Step(nodes[unit].item, nodes[unit].item.period, reached[unit], nodes[unit].status, nodes[unit].task)
        for unit in sorted(reached, key=lambda unit: _place(nodes[unit]))
    )


def _strongest(edges: Iterable[tuple[str, str, Relation]]) -> Relation | None:
    return min((how for _, _, how in edges), key=_STRENGTH.index, default=None)

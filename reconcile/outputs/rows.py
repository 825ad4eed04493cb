"""What every output shows, computed once: one row a planned task, one a planned item, one an office.

Rows hold facts and references into the record, no words of either language; `reconcile.outputs.tables` words them.
Two formats can disagree on nothing, because none of them counts, sorts or looks up anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from reconcile import period as periods
from reconcile.model.links import Link
from reconcile.model.reconciliation import OfficeCount, Reconciliation
from reconcile.model.reports import Item
from reconcile.model.threads import Thread
from reconcile.model.verdicts import ItemVerdict, Status, TaskVerdict
from reconcile.period import Period

FLAGGED = frozenset(
    {
        Status.REPORT_MISSING,
        Status.OFFICE_MISSING,
        Status.UNVERIFIABLE,
        Status.DELAYED,
        Status.PARTIAL,
        Status.CARRIED_OVER,
        Status.DROPPED,
    }
)
"""The statuses of a task that is not done and was due: what the slippage table lists."""

HEARD = frozenset({Status.DELAYED, Status.PARTIAL, Status.UNVERIFIABLE})
"""The statuses of a flagged task that a report speaks of: where no clause is tied to it, the item's reports are."""


class Light(Struct, frozen=True):
    """A light (亮灯): its name in the catalogue, and the colour it is shown in."""

    name: str
    colour: str


LIGHTS = {
    "红": Light("red", "red"),
    "欠进度": Light("behind", "red"),
    "黄": Light("yellow", "yellow"),
    "达进度": Light("on_schedule", "yellow"),
    "灰": Light("grey", "grey"),
    "待核实": Light("to_verify", "grey"),
    "蓝": Light("blue", "blue"),
    "已调整": Light("changed", "blue"),
    "绿": Light("green", "green"),
    "已完成": Light("finished", "green"),
    "超进度": Light("ahead", "green"),
}
"""The words of the profiles of lights, most urgent first."""

RANKED_FROM = 5
"""An office with fewer judged items than this is not ranked: its rate says little."""


Promised = dict[tuple[str, str | None], Period]
"""When each item, or each task of an item, was first planned for."""


class Place(Struct, frozen=True):
    """Where an id leads: the item it belongs to, and the words meant (the item's, or one task's)."""

    item: Item
    text: str


class Linked(Struct, frozen=True):
    """A link with what it leads to."""

    link: Link
    place: Place


class JudgedTask(Struct, frozen=True):
    """One planned task (任务) with the evidence for it alone.

    `text` is the task's words, or the whole item's where it is the only task, so that nothing of the quote is lost.
    `first_period` is when this piece of work was first planned for.
    """

    verdict: TaskVerdict
    text: str
    first_period: Period
    linked: tuple[Linked, ...]
    carried: tuple[Linked, ...]


class ItemRow(Struct, frozen=True):
    """One planned item (计划事项) with its evidence; `overdue` counts days between its deadline and the cut-off."""

    pair: Reconciliation
    verdict: ItemVerdict
    linked: tuple[Linked, ...]
    carried: tuple[Linked, ...]
    rejected: tuple[Linked, ...]
    tasks: tuple[JudgedTask, ...]
    overdue: int

    @property
    def flagged(self) -> bool:
        """Whether any of its tasks belongs in the slippage table."""
        return any(task.verdict.status in FLAGGED for task in self.tasks)


class TaskRow(Struct, frozen=True):
    """One task of an item: a line of the slippage table."""

    item: ItemRow
    task: JudgedTask


class Ranked(Struct, frozen=True):
    """An office's counts with its rank by completion rate, best first; None where too few items were judged."""

    count: OfficeCount
    rank: int | None


class View(Struct, frozen=True):
    """All rows of a run: items in the order of the reports, tasks most urgent first, `slippage` those not done.

    Urgency: flagged, then the light, the slip count, days overdue, the latest period, and the order of the reports.
    """

    pairs: tuple[Reconciliation, ...]
    threads: tuple[Thread, ...]
    items: tuple[ItemRow, ...]
    tasks: tuple[TaskRow, ...]
    slippage: tuple[TaskRow, ...]


def places(pair: Reconciliation) -> dict[str, Place]:
    """Every id a link of this pair can lead to: the items and tasks of both reports."""
    found = {}
    for report in (pair.plan_report, pair.completion_report):
        for item in report.items:
            found[item.id] = Place(item, item.text)
            found.update({task.id: Place(item, task.head + task.text) for task in item.tasks})
    return found


def cutoff(pair: Reconciliation) -> date:
    """The day the figures stand at (截止日期): as the report says, else the last day of the period."""
    return _day(pair.completion_report.cutoff) or periods.last_day(pair.period)


def view(pairs: Sequence[Reconciliation], threads: Sequence[Thread] = ()) -> View:
    """Everything there is to show of some consecutive pairs and the threads over them."""
    first = {
        (step.item.id, step.task.id if step.task else None): thread.first_promised
        for thread in threads
        for step in thread.steps
    }
    items = tuple(row for pair in pairs for row in _items_of(pair, first))
    tasks = tuple(sorted((TaskRow(item, task) for item in items for task in item.tasks), key=_urgency))
    return View(
        pairs=tuple(pairs),
        threads=tuple(threads),
        items=items,
        tasks=tasks,
        slippage=tuple(row for row in tasks if row.task.verdict.status in FLAGGED),
    )


def office_rows(pair: Reconciliation) -> tuple[Ranked, ...]:
    """The office table (科室统计) in source order, ranked by completion rate where enough items were judged."""
    counts = pair.summary.by_office
    rates = [count.done / count.judged for count in counts if count.judged >= RANKED_FROM]
    return tuple(
        Ranked(
            count,
            rank=1 + sum(rate > count.done / count.judged for rate in rates) if count.judged >= RANKED_FROM else None,
        )
        for count in counts
    )


def total(counts: Iterable[OfficeCount], name: str) -> OfficeCount:
    """The offices' counts added up, under the name of the total row; `missing` where any office is."""
    rows = tuple(counts)
    numbers = [field for field in OfficeCount.__struct_fields__ if field not in ("office", "missing")]
    return OfficeCount(
        office=name,
        missing=any(row.missing for row in rows),
        **{field: sum(getattr(row, field) for row in rows) for field in numbers},
    )


def _items_of(pair: Reconciliation, first: Promised) -> Iterable[ItemRow]:
    where = places(pair)
    stand = cutoff(pair)
    for verdict in pair.plans:
        due = _day(verdict.due) or periods.last_day(verdict.item.period)
        yield ItemRow(
            pair=pair,
            verdict=verdict,
            linked=linked(verdict.links, where),
            carried=linked(verdict.carried_to, where),
            rejected=linked(verdict.rejected, where),
            tasks=tuple(_judged(task, verdict, where, first) for task in verdict.tasks),
            overdue=max(0, (stand - due).days),
        )


def _judged(task: TaskVerdict, verdict: ItemVerdict, where: dict[str, Place], first: Promised) -> JudgedTask:
    single = len(verdict.tasks) == 1
    links = task.links or (verdict.links if task.status in HEARD else ())
    item = verdict.item
    promised = first.get((item.id, task.task.id)) or first.get((item.id, None)) or item.period
    return JudgedTask(
        verdict=task,
        text=item.text if single else task.task.head + task.task.text,
        first_period=promised,
        linked=linked(verdict.links if single else links, where),
        carried=linked(verdict.carried_to if single else task.carried_to, where),
    )


def _urgency(row: TaskRow) -> tuple[bool, int, int, int, int]:
    verdict = row.item.verdict
    return (
        row.task.verdict.status not in FLAGGED,
        urgency_of(verdict.light),
        -verdict.slip_count,
        -row.item.overdue,
        -periods.last_day(row.item.pair.period).toordinal(),
    )


def linked(links: Iterable[Link], where: dict[str, Place]) -> tuple[Linked, ...]:
    """Links with what they lead to, best first."""
    return tuple(sorted((Linked(link, where[link.target]) for link in links), key=lambda found: -found.link.score))


def urgency_of(light: str) -> int:
    """The place of a light among all, the most urgent first; a word no profile has comes last."""
    return list(LIGHTS).index(light) if light in LIGHTS else len(LIGHTS)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

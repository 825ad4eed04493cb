"""One piece of work followed over the months (一件事的来龙去脉), stop by stop."""

from __future__ import annotations

from msgspec import Struct

from reconcile.model.links import Relation
from reconcile.model.reports import Item, Task
from reconcile.model.verdicts import Status
from reconcile.period import Period


class Step(Struct, frozen=True):
    """One stop of a thread: a task in its period, and how the thread reached it (None at its start).

    `task` is the part of the item the thread follows, None where the item is one piece; `status` is the verdict its own
    month gave a planned task, None for completions and for plans not yet judged.
    """

    item: Item
    period: Period
    relation: Relation | None = None
    status: Status | None = None
    task: Task | None = None


class Thread(Struct, frozen=True):
    """One piece of work followed over the months (一件事的来龙去脉).

    `first_promised` is the period it was first planned for, `slip_count` the replan edges on its path (顺延次数),
    `status` the latest verdict, `late_done` whether it was completed after it had slipped (补完成).
    """

    id: str
    office: str
    title: str
    first_promised: Period
    due: str | None
    slip_count: int
    status: Status
    late_done: bool
    steps: tuple[Step, ...]

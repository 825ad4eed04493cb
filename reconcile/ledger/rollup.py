"""Counts and verdicts of items made anew after a person changed those of their tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reconcile.model import OUTCOME_OF, ItemVerdict, Outcome, Status, Summary, TaskVerdict


def rolled_up(verdict: ItemVerdict, tasks: Sequence[TaskVerdict], status: Status | None) -> ItemVerdict:
    """An item with other verdicts on its tasks; `status` where a person gave the item's own."""
    statuses = {task.status for task in tasks} or {verdict.status}
    outcomes = {OUTCOME_OF[each] for each in statuses}
    if len(outcomes) == 1:
        outcome = outcomes.pop()
    elif outcomes & {Outcome.DONE, Outcome.PARTIAL}:
        outcome = Outcome.PARTIAL
    else:
        outcome = Outcome.SLIPPED
    own = status or (statuses.pop() if len(statuses) == 1 else min(statuses, key=list(Status).index))
    return replace(
        verdict,
        status=own,
        outcome=OUTCOME_OF[status] if status else outcome,
        tasks=tuple(tasks),
        confidence=min((task.confidence for task in tasks), default=1.0),
        rule="judgement",
        code=next((task.code for task in tasks if task.code), None),
    )


def summarise(plans: Iterable[ItemVerdict], before: Summary) -> Summary:
    """The counts of a record whose verdicts changed."""
    plans = tuple(plans)
    statuses = Counter(task.status.value for plan in plans for task in plan.tasks)
    outcomes = Counter(plan.outcome.value for plan in plans)
    return Summary(
        len(plans), statuses.total(), dict(sorted(statuses.items())), dict(sorted(outcomes.items())), before.by_office
    )

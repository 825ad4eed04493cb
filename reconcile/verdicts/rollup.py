"""From tasks to items, from items to offices and to the whole: counts that always add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reconcile.model.reconciliation import OfficeCount, Summary
from reconcile.model.reports import Item
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Outcome, Status

_WORST_FIRST = (
    Status.WITHDRAWN,
    Status.REPORT_MISSING,
    Status.OFFICE_MISSING,
    Status.UNVERIFIABLE,
    Status.DELAYED,
    Status.CARRIED_OVER,
    Status.DROPPED,
    Status.PARTIAL,
    Status.NOT_YET_DUE,
    Status.EXCEEDED,
    Status.COMPLETED,
)
"""Which status speaks for an item that several of its tasks give one outcome: the gravest."""


def outcome(tasks: Iterable[Status]) -> Outcome:
    """An item's outcome: done or dropped if all its tasks are; partial if some are done or partial; else slipped.

    Undetermined tasks count only where there is nothing else. A withdrawn task is not done, but accuses nobody either.
    """
    outcomes = [OUTCOME_OF[status] for status in tasks]
    withdrawn = Outcome.WITHDRAWN in outcomes
    judged = [one for one in outcomes if one not in {Outcome.WITHDRAWN, Outcome.UNDETERMINED}]
    if not judged:
        return Outcome.WITHDRAWN if withdrawn else Outcome.UNDETERMINED
    if all(one is Outcome.DONE for one in judged):
        return Outcome.PARTIAL if withdrawn else Outcome.DONE
    if all(one is Outcome.DROPPED for one in judged):
        return Outcome.DROPPED
    if any(one in {Outcome.DONE, Outcome.PARTIAL} for one in judged):
        return Outcome.PARTIAL
    return Outcome.SLIPPED


def status(tasks: Sequence[Status]) -> Status:
    """The status that speaks for an item: the gravest among its tasks that has the item's outcome."""
    whole = outcome(tasks)
    fitting = [one for one in _WORST_FIRST if one in tasks and OUTCOME_OF[one] is whole]
    return fitting[0] if fitting else Status.PARTIAL


def summary(
    plans: Sequence[ItemVerdict], unplanned: Sequence[Item], absent: Iterable[str], renamed: Mapping[str, str]
) -> Summary:
    """The counts of one pair of reports, offices in the order of the plans.

    `absent` are offices without a report, `renamed` the later report's names for offices of the plan.
    """
    statuses = Counter(task.status.value for plan in plans for task in plan.tasks)
    outcomes = Counter(plan.outcome.value for plan in plans)
    missing = frozenset(absent)
    beyond = Counter(renamed.get(item.office, item.office) for item in unplanned)
    names = list(dict.fromkeys([*(plan.item.office for plan in plans), *beyond]))
    return Summary(
        items=len(plans),
        tasks=sum(len(plan.tasks) for plan in plans),
        by_status={status.value: statuses[status.value] for status in Status if statuses[status.value]},
        by_outcome={one.value: outcomes[one.value] for one in Outcome if outcomes[one.value]},
        by_office=tuple(_office(name, plans, beyond[name], missing=name in missing) for name in names),
        renamed=dict(renamed),
    )


def _office(name: str, plans: Sequence[ItemVerdict], unplanned: int, *, missing: bool) -> OfficeCount:
    mine = [plan for plan in plans if plan.item.office == name]
    judged = [
        plan for plan in mine if not plan.standing and plan.outcome not in {Outcome.UNDETERMINED, Outcome.WITHDRAWN}
    ]
    count = Counter(plan.outcome for plan in mine)
    done = sum(plan.outcome is Outcome.DONE for plan in judged)
    return OfficeCount(
        office=name,
        plans=len(mine),
        judged=len(judged),
        done=done,
        done_on_time=sum(plan.outcome is Outcome.DONE and not plan.slip_count for plan in judged),
        partial=count[Outcome.PARTIAL],
        slipped=count[Outcome.SLIPPED],
        dropped=count[Outcome.DROPPED],
        withdrawn=count[Outcome.WITHDRAWN],
        undetermined=count[Outcome.UNDETERMINED],
        slipped_twice=sum(plan.slip_count >= 2 for plan in mine),
        missing=missing,
        unplanned=unplanned,
    )

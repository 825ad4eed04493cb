"""Two reports with a period missing between them: the plans for it suspended, and what became of them looked up (断档).

Nobody is accused by a report that is not there: every task planned for the missing period is 报告缺失. What the next
report says of the same work is linked all the same, so that its thread goes on and its slips go on being counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from reconcile import period
from reconcile.config import Config
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.verdicts import ItemVerdict, Outcome, Status
from reconcile.period import Period
from reconcile.verdicts import lights, rollup


def unanswered(plan_report: Report, when: Period) -> tuple[Item, ...]:
    """What a report plans for periods before `when`: where that of `when` is the next report, none answers it."""
    begun = period.first_day(when)
    return tuple(item for item in plan_report.of(Kind.PLAN) if period.first_day(item.period) < begun)


def moved(plan_report: Report, planned: Iterable[Item], when: Period) -> Report:
    """The report as if `planned` were all it plans, and planned for `when`."""
    return replace(plan_report, items=tuple(replace(item, period=when) for item in planned))


def suspended(pair: Reconciliation, plan_report: Report, config: Config) -> Reconciliation:
    """The record of `moved` plans, with these as `plan_report` has them and their verdicts suspended."""
    planned = {item.id: item for item in plan_report.items}
    plans = tuple(_suspended(each, planned[each.item.id], config) for each in pair.plans)
    return replace(
        pair,
        plan_report=plan_report,
        period=min(verdict.item.period for verdict in plans),
        plans=plans,
        summary=rollup.summary(plans, pair.unplanned, (), pair.summary.renamed),
    )


def _suspended(verdict: ItemVerdict, item: Item, config: Config) -> ItemVerdict:
    code = Status.REPORT_MISSING.value
    return replace(
        verdict,
        item=item,
        status=Status.REPORT_MISSING,
        outcome=Outcome.UNDETERMINED,
        confidence=1.0,
        rule=code,
        code=code,
        reason=None,
        tasks=tuple(
            replace(task, status=Status.REPORT_MISSING, confidence=1.0, rule=code, code=code, reason=None)
            for task in verdict.tasks
        ),
        light=lights.light(Outcome.UNDETERMINED, Status.REPORT_MISSING, config),
    )

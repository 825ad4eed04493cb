"""Two reports with a month missing between them: the plans in between suspended, and what became of them looked up.

Nobody is accused by a report that is not there: every task planned for the missing month is 报告缺失. What the next
report says of the same work is linked all the same, so that its thread goes on and its slips go on being counted.
"""

from __future__ import annotations

from msgspec.structs import replace

from reconcile import period, pipeline
from reconcile.config import Config
from reconcile.errors import NothingToCheck
from reconcile.model import Item, ItemVerdict, Kind, Outcome, Reconciliation, Report, Status
from reconcile.verdicts import lights, rollup


def judge(plan_report: Report, completion_report: Report, config: Config) -> Reconciliation:
    """Two consecutive reports of the ledger judged, across a gap if there is one.

    They are filed as one organisation's, whatever they call it. `NothingToCheck` where one has nothing to judge.
    """
    named = replace(plan_report, organisation=completion_report.organisation)
    adjacent = any(period.contains(completion_report.period, item.period) for item in plan_report.of(Kind.PLAN))
    judged = (pipeline.reconcile if adjacent else _across)(named, completion_report, config)
    return replace(judged, plan_report=plan_report)


def _across(plan_report: Report, completion_report: Report, config: Config) -> Reconciliation:
    """The plans for a month without a report, held against the next report there is."""
    begun = period.first_day(completion_report.period)
    waiting = {item.id: item for item in plan_report.of(Kind.PLAN) if period.first_day(item.period) < begun}
    if not waiting:
        raise NothingToCheck("pipeline.no_plan", file=plan_report.file.name)
    moved = tuple(replace(item, period=completion_report.period) for item in waiting.values())
    pair = pipeline.reconcile(replace(plan_report, items=moved), completion_report, config)
    plans = tuple(_suspended(each, waiting[each.item.id], config) for each in pair.plans)
    return replace(
        pair,
        period=min(item.period for item in waiting.values()),
        plans=plans,
        summary=rollup.summary(plans, pair.unplanned, ()),
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

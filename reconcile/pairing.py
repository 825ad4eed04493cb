"""Which reports belong together: their order, what a report's plans are due for, and by what they can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reconcile import period
from reconcile.errors import InputError, NothingToCheck
from reconcile.model.reports import Item, Kind, Report
from reconcile.period import Period


def in_order(reports: Sequence[Report]) -> list[Report]:
    """Reports sorted by the period they report on, whatever order they were given in; a bare plan comes first."""
    return sorted(
        reports,
        key=lambda report: (period.first_day(report.period), bool(report.of(Kind.COMPLETION)), report.file.sha256),
    )


def missing(reports: Sequence[Report]) -> tuple[Period, ...]:
    """The periods for which there is no report between the first and the last of three or more."""
    found = []
    for earlier, later in pairwise(in_order(reports)) if len(reports) > 2 else ():
        between = period.following(earlier.period)
        while period.last_day(between) < period.first_day(later.period):
            found.append(between)
            between = period.following(between)
    return tuple(found)


def due_in(plan_report: Report, when: Period) -> list[Item]:
    """The plan items a report on a period can answer: planned within it, or for a longer period that holds it.

    A plan table of quarters is thus held against a month's report too; what is silent there is not yet due.
    """
    plans = plan_report.of(Kind.PLAN)
    within = [item for item in plans if period.contains(when, item.period)]
    return within or [item for item in plans if period.contains(item.period, when)]


def check_pair(plan_report: Report, completion_report: Report) -> None:
    """Whether a report's plans can be judged by another report; `InputError` or `NothingToCheck` says why not."""
    names = {"plan": plan_report.file.name, "completion": completion_report.file.name}
    if plan_report.file.sha256 == completion_report.file.sha256:
        raise InputError("pipeline.same_report", **names)
    if not same_organisation(plan_report, completion_report):
        raise InputError(
            "pipeline.two_organisations",
            **names,
            first=plan_report.organisation,
            second=completion_report.organisation,
        )
    if not plan_report.of(Kind.PLAN):
        raise NothingToCheck("pipeline.no_plan", file=plan_report.file.name)
    if not completion_report.of(Kind.COMPLETION):
        raise NothingToCheck("pipeline.no_completions", file=completion_report.file.name)
    if not due_in(plan_report, completion_report.period):
        if plan_report.period == completion_report.period:
            raise InputError("pipeline.same_period", **names, period=plan_report.period)
        raise NothingToCheck(
            "pipeline.not_consecutive", **names, planned=_planned(plan_report), completed=completion_report.period
        )


def same_organisation(one: Report, other: Report) -> bool:
    """Whether two reports are of one organisation, as far as they say: names drift (望江街道 / 望江街道办事处)."""
    from rapidfuzz import fuzz

    a, b = one.organisation, other.organisation
    return not a or not b or a == b or fuzz.partial_ratio(a, b) >= 75


def _planned(report: Report) -> str:
    return " · ".join(sorted({item.period for item in report.of(Kind.PLAN)}))

"""What there is to flag in a month's reconciliation and in a calendar of reports: pure functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from reconcile.check.record import Flag
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Kind
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import OUTCOME_OF, Outcome, Status
from reconcile.period import Period, first_day, length, preceding
from reconcile.policy import FlagKind

Expected = Callable[[Period], Period]
"""The newest period, as long as the one given, whose report should be there by now."""

_KIND_OF = {Outcome.DROPPED: FlagKind.DROPPED, Outcome.SLIPPED: FlagKind.SLIPPED}


def of_tasks(organisation: str, pair: Reconciliation, threads: Sequence[Thread]) -> Iterator[Flag]:
    """Dropped and slipped tasks and work made up late; `threads` are those up to this pair and no further."""
    of_unit = {_unit(step): thread for thread in threads for step in thread.steps if step.item.kind is Kind.PLAN}
    for unit, (status, office, text) in statuses(pair).items():
        kind = _KIND_OF.get(OUTCOME_OF[status])
        thread = of_unit.get(unit)
        if kind and thread:
            yield Flag(
                kind=kind,
                organisation=organisation,
                period=pair.period,
                office=office,
                unit=unit,
                thread=thread.id,
                text=text,
                count=max(thread.slip_count, int(kind is FlagKind.SLIPPED)),
                first_period=thread.first_promised,
                status=status,
            )
    for thread in threads:
        if _made_up(thread, pair):
            yield Flag(
                kind=FlagKind.LATE_DONE,
                organisation=organisation,
                period=pair.period,
                office=thread.office,
                unit=next(_unit(step) for step in reversed(thread.steps) if step.item.kind is Kind.PLAN),
                thread=thread.id,
                text=thread.title,
                count=thread.slip_count,
                first_period=thread.first_promised,
                status=thread.status,
            )


def of_offices(organisation: str, pair: Reconciliation) -> Iterator[Flag]:
    """Offices that planned and then reported nothing."""
    for row in pair.summary.by_office:
        if row.missing:
            yield Flag(FlagKind.OFFICE_MISSING, organisation, pair.period, office=row.office)


def of_reports(
    organisation: str, there: Collection[Period], wanted: Period, missed: Collection[Period]
) -> Iterator[Flag]:
    """Reports that should be there and are not, and those that a check missed and that are there now.

    Looked for are the report `wanted` and the one before it, which the same verdicts need; the latter only of an
    organisation that reported earlier still. `missed` are the periods the last check flagged as missing or late.
    """
    before = preceding(wanted)
    began = any(first_day(period) < first_day(before) for period in there)
    for period in (before, wanted):
        if period in there:
            if period in missed:
                yield Flag(FlagKind.REPORT_LATE, organisation, period)
        elif period == wanted or began:
            yield Flag(FlagKind.REPORT_MISSING, organisation, period)


def wanted(listed: Collection[str], filed: Mapping[str, Collection[Period]], by_now: Expected) -> dict[str, Period]:
    """The newest report to expect of each organisation.

    Of the organisations `listed` in the policy: the newest one whose due day is over. Where none is listed, of all that
    ever reported: no newer one than somebody has handed in, since reports of past years may be checked today.
    """
    if listed:
        return {name: by_now(rhythm(filed.get(name, ()))) for name in listed}
    found = {}
    for name, periods in filed.items():
        like = rhythm(periods)
        newest = max((p for every in filed.values() for p in every if length(p) == length(like)), key=first_day)
        found[name] = min(by_now(like), newest, key=first_day)
    return found


def rhythm(periods: Iterable[Period]) -> Period:
    """A period of the length an organisation reports by: its shortest, and a month where there is none."""
    return min(periods, key=length, default="2000-01")


def statuses(pair: Reconciliation) -> dict[str, tuple[Status, str, str]]:
    """Each task's status, with its office and words; an item that is one piece is its own task."""
    found = {}
    for verdict in pair.plans:
        office = verdict.item.office
        for task in verdict.tasks:
            found[task.task.id] = (task.status, office, task.task.head + task.task.text)
        if not verdict.tasks:
            found[verdict.item.id] = (verdict.status, office, verdict.item.text)
    return found


def in_order(flags: Iterable[Flag]) -> Sequence[Flag]:
    """As they are shown: by organisation, then by kind, the longest slipped first, then by office and words."""
    kinds = list(FlagKind)
    return sorted(
        flags,
        key=lambda flag: (flag.organisation, flag.period, kinds.index(flag.kind), -flag.count, flag.office, flag.text),
    )


def _unit(step: Step) -> str:
    return step.task.id if step.task else step.item.id


def _made_up(thread: Thread, pair: Reconciliation) -> bool:
    """Whether this month's report is the one that closed work which had slipped."""
    last = thread.steps[-1].item
    return thread.late_done and last.kind is Kind.COMPLETION and last.period == pair.completion_report.period

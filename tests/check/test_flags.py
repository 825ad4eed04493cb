"""What there is to flag in a month's reconciliation and in the calendar of reports."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from reconcile import carryover
from reconcile.check import flags, workdays
from reconcile.model.links import Relation
from reconcile.model.verdicts import Status
from reconcile.policy import FlagKind
from tests import records


def test_a_task_in_neither_section_is_dropped() -> None:
    plan, completion = records.report("2023-01", planned=["清淤河道"]), records.report("2023-02")
    pair = records.reconciliation(plan, completion, [records.judged(plan.items[0], [Status.DROPPED])])
    (flag,) = flags.of_tasks("青石县水务局", pair, carryover.threads([pair]))
    assert (flag.kind, flag.period, flag.text, flag.count) == (FlagKind.DROPPED, "2023-02", "清淤河道", 0)
    assert flag.unit == plan.items[0].tasks[0].id


def test_slips_are_counted_over_the_months() -> None:
    first = records.report("2023-01", planned=["清淤河道"])
    second = records.report("2023-02", planned=["清淤河道"])
    third = records.report("2023-03", planned=["清淤河道"])
    one, two, three = (report.items[0] for report in (first, second, third))
    pairs = [
        records.reconciliation(
            before,
            after,
            [records.judged(a, [Status.CARRIED_OVER], [records.link(a.tasks[0].id, b.tasks[0].id, Relation.REPLAN)])],
        )
        for before, after, a, b in [(first, second, one, two), (second, third, two, three)]
    ]
    (early,) = flags.of_tasks("水务局", pairs[0], carryover.threads(pairs[:1]))
    (late,) = flags.of_tasks("水务局", pairs[1], carryover.threads(pairs))
    assert (early.count, late.count) == (1, 2)
    assert early.thread == late.thread
    assert late.first_period == "2023-02"


def test_work_done_after_it_slipped_is_made_up() -> None:
    first = records.report("2023-01", planned=["清淤河道"])
    second = records.report("2023-02", planned=["清淤河道"])
    third = records.report("2023-03", done=["完成河道清淤"])
    one, two, done = first.items[0], second.items[0], third.items[0]
    slipped = records.judged(
        one, [Status.CARRIED_OVER], [records.link(one.tasks[0].id, two.tasks[0].id, Relation.REPLAN)]
    )
    closed = records.judged(two, [Status.COMPLETED], [records.link(two.tasks[0].id, done.tasks[0].id, Relation.FULL)])
    pairs = [records.reconciliation(first, second, [slipped]), records.reconciliation(second, third, [closed])]
    (flag,) = flags.of_tasks("水务局", pairs[1], carryover.threads(pairs))
    assert (flag.kind, flag.count, flag.first_period) == (FlagKind.LATE_DONE, 1, "2023-02")


def of_reports(there: set[str], wanted: str, missed: set[str] = frozenset()) -> list[tuple[str, str]]:  # type: ignore[assignment]
    return [(str(flag.kind), flag.period) for flag in flags.of_reports("水务局", there, wanted, missed)]


def test_a_report_that_is_due_and_not_there_is_missing() -> None:
    assert of_reports({"2023-01", "2023-02"}, "2023-03") == [("report_missing", "2023-03")]
    assert of_reports({"2023-01", "2023-02", "2023-03"}, "2023-03") == []


def test_a_gap_is_missing_only_where_the_organisation_had_reported_before() -> None:
    assert of_reports({"2023-01", "2023-03"}, "2023-03") == [("report_missing", "2023-02")]
    assert of_reports({"2023-03"}, "2023-03") == []


def test_a_report_is_late_only_where_a_check_had_missed_it() -> None:
    assert of_reports({"2023-01", "2023-02", "2023-03"}, "2023-03", {"2023-03"}) == [("report_late", "2023-03")]


@pytest.mark.parametrize(
    ("listed", "filed", "wanted"),
    [
        (["甲"], {}, {"甲": "2023-10"}),
        ([], {"甲": {"2020-10", "2020-11"}}, {"甲": "2020-11"}),
        ([], {"甲": {"2020-10", "2020-11"}, "乙": {"2020-10"}}, {"甲": "2020-11", "乙": "2020-11"}),
        ([], {"甲": {"2020-11"}, "乙": {"2020-Q2"}}, {"甲": "2020-11", "乙": "2020-Q2"}),
        (["甲"], {"甲": {"2023-09"}, "乙": {"2020-10"}}, {"甲": "2023-10"}),
    ],
)
def test_reports_of_past_years_make_nobody_miss_this_years(
    listed: list[str], filed: dict[str, set[str]], wanted: dict[str, str]
) -> None:
    by_now = partial(workdays.expected, today=date(2023, 11, 20), working_day=5)
    assert flags.wanted(listed, filed, by_now) == wanted

"""One piece of work over the months: what a thread says of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reconcile import carryover
from reconcile.carryover.thread import age
from reconcile.config import Config, Verdicts
from reconcile.model.links import Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.verdicts import Status
from tests.records import judged, link, reconciliation, report

SHED = "完成泵房改造"


def plan(source: Report, ordinal: int = 1) -> Item:
    return source.of(Kind.PLAN)[ordinal - 1]


def done(source: Report, ordinal: int = 1) -> Item:
    return source.of(Kind.COMPLETION)[ordinal - 1]


JAN = report("2021-01", planned=[SHED])
FEB = report("2021-02", planned=["继续实施泵房改造"])
MAR = report("2021-03", planned=["抓紧完成泵房改造"])
APR = report("2021-04", done=["泵房改造已完工"])


def carried(before: Report, after: Report, relation: Relation = Relation.REPLAN) -> Reconciliation:
    edge = link(plan(before).tasks[0].id, plan(after).tasks[0].id, relation)
    return reconciliation(before, after, [judged(plan(before), [Status.CARRIED_OVER], [edge])])


def finished(before: Report, after: Report) -> Reconciliation:
    edge = link(plan(before).tasks[0].id, done(after).tasks[0].id, Relation.FULL)
    return reconciliation(before, after, [judged(plan(before), [Status.COMPLETED], [edge])])


MONTHS = (carried(JAN, FEB), carried(FEB, MAR), finished(MAR, APR))


def test_a_task_planned_again_twice_is_one_thread_that_slipped_twice_and_was_made_up() -> None:
    (thread,) = carryover.threads(MONTHS)
    assert thread.title == SHED
    assert (thread.first_promised, thread.slip_count, thread.status) == ("2021-02", 2, Status.COMPLETED)
    assert thread.late_done
    assert age(thread) == 2
    assert [step.period for step in thread.steps] == ["2021-02", "2021-03", "2021-04", "2021-04"]
    assert [step.relation for step in thread.steps] == [None, "replan", "replan", "full"]
    assert [step.status for step in thread.steps] == ["carried_over", "carried_over", "completed", None]


def test_the_last_verdict_stands_while_the_next_plan_is_not_judged_yet() -> None:
    (thread,) = carryover.threads(MONTHS[:1])
    assert (thread.status, thread.slip_count, thread.late_done) == (Status.CARRIED_OVER, 1, False)
    assert thread.steps[-1].status is None


def test_a_next_phase_continues_the_thread_and_is_no_slip() -> None:
    (thread,) = carryover.threads([carried(JAN, FEB, Relation.NEXT_PHASE), carried(FEB, MAR)])
    assert thread.slip_count == 1


def test_one_completion_of_several_plans_ties_no_threads_together() -> None:
    before = report("2021-01", planned=["完成东片普查", "完成西片普查"])
    after = report("2021-02", done=["东西两片普查全部完成"])
    total = done(after).tasks[0].id
    verdicts = [
        judged(each, [Status.COMPLETED], [link(each.tasks[0].id, total, Relation.FULL)])
        for each in before.of(Kind.PLAN)
    ]
    threads = carryover.threads([reconciliation(before, after, verdicts)])
    assert [thread.title for thread in threads] == ["完成东片普查", "完成西片普查"]
    assert all(thread.steps[-1].item == done(after) for thread in threads)


def test_tasks_of_one_item_go_their_own_ways() -> None:
    before = report("2021-01", planned=["制定方案；启动招标"])
    after = report("2021-02", done=["方案已印发"], planned=["启动招标"])
    scheme, tender = plan(before).tasks
    verdict = judged(
        plan(before),
        [Status.COMPLETED, Status.CARRIED_OVER],
        [
            link(scheme.id, done(after).tasks[0].id, Relation.FULL),
            link(tender.id, plan(after).tasks[0].id, Relation.REPLAN),
        ],
    )
    threads = carryover.threads([reconciliation(before, after, [verdict])])
    assert [(thread.title, thread.status, thread.slip_count) for thread in threads] == [
        ("制定方案", Status.COMPLETED, 0),
        ("启动招标", Status.CARRIED_OVER, 1),
    ]


def test_a_link_of_whole_items_speaks_where_no_link_of_tasks_does() -> None:
    before = report("2021-01", planned=["制定方案；启动招标"])
    after = report("2021-02", planned=["启动招标"])
    verdict = judged(plan(before), [Status.COMPLETED, Status.CARRIED_OVER])
    edge = link(plan(before).id, plan(after).id, Relation.REPLAN)
    from msgspec.structs import replace

    threads = carryover.threads([reconciliation(before, after, [replace(verdict, carried_to=(edge,))])])
    assert [(thread.title, thread.slip_count) for thread in threads] == [("制定方案", 0), ("启动招标", 1)]


def test_a_task_that_splits_is_one_thread_partly_done() -> None:
    after = report("2021-02", planned=["改造一号泵房", "改造二号泵房"])
    last = report("2021-03", done=["一号泵房改造完成"])
    source = plan(JAN).tasks[0].id
    both = [link(source, each.tasks[0].id, Relation.REPLAN) for each in after.of(Kind.PLAN)]
    full = link(plan(after).tasks[0].id, done(last).tasks[0].id, Relation.FULL)
    (thread,) = carryover.threads(
        [
            reconciliation(JAN, after, [judged(plan(JAN), [Status.CARRIED_OVER], both)]),
            reconciliation(
                after,
                last,
                [judged(plan(after), [Status.COMPLETED], [full]), judged(plan(after, 2), [Status.DROPPED])],
            ),
        ]
    )
    assert (thread.slip_count, thread.status) == (1, Status.PARTIAL)


def test_a_missing_month_suspends_and_accuses_nobody() -> None:
    """No report for March: its plan is undetermined, and April's goes on counting from the first promise."""
    across = reconciliation(
        FEB,
        APR_PLANNING,
        [
            judged(
                plan(FEB),
                [Status.REPORT_MISSING],
                [link(plan(FEB).tasks[0].id, plan(APR_PLANNING).tasks[0].id, Relation.REPLAN)],
            )
        ],
    )
    (thread,) = carryover.threads([carried(JAN, FEB), across])
    assert (thread.first_promised, thread.slip_count, thread.status) == ("2021-02", 2, Status.REPORT_MISSING)
    assert [step.period for step in thread.steps] == ["2021-02", "2021-03", "2021-05"]


APR_PLANNING = report("2021-04", planned=["完成泵房改造扫尾"])


def test_what_a_later_report_makes_up_for_is_late_done_and_the_old_verdict_stays() -> None:
    dropped = reconciliation(JAN, FEB, [judged(plan(JAN), [Status.DROPPED])])
    late = reconciliation(
        JAN,
        APR,
        [
            judged(
                plan(JAN),
                [Status.REPORT_MISSING],
                [link(plan(JAN).tasks[0].id, done(APR).tasks[0].id, Relation.FULL)],
            )
        ],
    )
    (thread,) = carryover.threads([late, dropped])
    assert thread.steps[0].status is Status.DROPPED
    assert (thread.status, thread.late_done) == (Status.COMPLETED, True)


def test_what_is_only_planned_is_no_thread_yet() -> None:
    assert carryover.threads([reconciliation(JAN, FEB, [])]) == ()


@pytest.mark.parametrize(("profile", "light"), [("plain", "红"), ("relenting", "黄")])
def test_a_red_month_that_is_made_up_later_may_turn_yellow(profile: str, light: str) -> None:
    config = Config(verdicts=Verdicts(lights=profile))
    dropped = replace(judged(plan(JAN), [Status.DROPPED]), light="红")
    pairs = [
        reconciliation(JAN, FEB, [dropped]),
        replace(
            reconciliation(FEB, APR, []),
            late=(link(plan(JAN).id, done(APR).id, Relation.FULL),),
        ),
    ]
    (first, _), _ = carryover.in_hindsight(pairs, carryover.build(pairs), config)
    assert (first.plans[0].light, first.plans[0].status) == (light, Status.DROPPED)

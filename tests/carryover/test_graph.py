"""What holds for any months in any order."""

from __future__ import annotations

import itertools

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile import carryover, period
from reconcile.model.links import CARRIES, Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Status
from tests.records import judged, link, reconciliation, report

FULFILS = tuple(relation for relation in Relation if relation not in CARRIES)


@st.composite
def months(draw: st.DrawFn) -> tuple[Reconciliation, ...]:
    """A run of consecutive months of a small office, with any links and verdicts at all."""
    count = draw(st.integers(2, 5))
    names = st.lists(st.sampled_from("甲乙丙丁；"), min_size=1, max_size=3).map("".join).filter(lambda n: n.strip("；"))
    reports = [
        report(
            period.month(2020, 11 + index),
            done=draw(st.lists(names, max_size=3)),
            planned=draw(st.lists(names, min_size=1, max_size=3)),
        )
        for index in range(count)
    ]
    pairs = []
    for before, after in itertools.pairwise(reports):
        verdicts = []
        for item in before.of(Kind.PLAN):
            edges = [
                link(task.id, target.id, draw(st.sampled_from(sorted(CARRIES if plans else FULFILS))), draw(scores))
                for task in item.tasks
                for plans in (False, True)
                for later in after.of(Kind.PLAN if plans else Kind.COMPLETION)
                for target in later.tasks
                if draw(st.integers(0, 3)) == 0
            ]
            verdicts.append(judged(item, [draw(st.sampled_from(Status)) for _ in item.tasks], edges))
        pairs.append(reconciliation(before, after, verdicts))
    return tuple(pairs)


scores = st.sampled_from([0.5, 0.9])


@given(months())
def test_the_graph_has_no_circle(pairs: tuple[Reconciliation, ...]) -> None:
    assert nx.is_directed_acyclic_graph(carryover.build(pairs).net)


@given(months())
def test_every_judged_task_is_in_one_thread(pairs: tuple[Reconciliation, ...]) -> None:
    threads = carryover.threads(pairs)
    members = [step.task.id for thread in threads for step in thread.steps if step.task and step.item.kind is Kind.PLAN]
    tasks = {task.task.id for pair in pairs for verdict in pair.plans for task in verdict.tasks}
    assert len(members) == len(set(members))
    assert tasks <= set(members)


@given(months())
def test_the_slip_count_is_the_replan_edges_on_the_longest_path(pairs: tuple[Reconciliation, ...]) -> None:
    """Held against an oracle that walks every path."""
    net = carryover.build(pairs).net

    def longest(unit: str) -> int:
        return max(
            (
                longest(later) + (how is Relation.REPLAN)
                for _, later, how in net.out_edges(unit, keys=True)
                if how in CARRIES
            ),
            default=0,
        )

    for thread in carryover.threads(pairs):
        assert thread.slip_count == max(
            longest(step.task.id) for step in thread.steps if step.task and step.item.kind is Kind.PLAN
        )


@given(months())
def test_a_month_added_later_changes_no_verdict(pairs: tuple[Reconciliation, ...]) -> None:
    def verdicts(upto: int) -> dict[str, Status]:
        return {
            step.task.id: step.status
            for thread in carryover.threads(pairs[:upto])
            for step in thread.steps
            if step.task and step.status
        }

    for count in range(1, len(pairs)):
        assert verdicts(count).items() <= verdicts(count + 1).items()


@given(months().flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations([*pairs, pairs[0]]))))
def test_the_order_of_arrival_does_not_matter(case: tuple[tuple[Reconciliation, ...], list[Reconciliation]]) -> None:
    pairs, shuffled = case
    assert carryover.threads(shuffled) == carryover.threads(pairs)


@settings(max_examples=30)
@given(months())
def test_steps_follow_time(pairs: tuple[Reconciliation, ...]) -> None:
    for thread in carryover.threads(pairs):
        days = [period.first_day(step.period) for step in thread.steps]
        assert days == sorted(days)
        assert thread.first_promised == thread.steps[0].period

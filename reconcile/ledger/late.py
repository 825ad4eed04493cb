"""A pair stored with what it makes up late (补完成) for the pairs before it, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, exists, select

from reconcile.carryover import late
from reconcile.config import Config
from reconcile.ledger import reports, runs
from reconcile.ledger.reports import many
from reconcile.ledger.runs import Current
from reconcile.ledger.tables import links, verdicts
from reconcile.ledger.waiting import Waiting
from reconcile.model.links import Link, Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item
from reconcile.model.verdicts import ItemVerdict, Outcome


def keep(connection: Connection, waiting: Waiting, judged: Reconciliation) -> None:
    """Store a pair, and anew those after it that make up for what it left open."""
    filed = reports.current(connection, waiting.filed[0].organisation)
    plan, completion = (one.id for one in waiting.filed)
    order = [(one.id, other.id) for one, other in runs.pairs(filed)]
    known = {(run.plan_report, run.completion_report): run for run in runs.current(connection, filed)}
    here = order.index((plan, completion))
    before = [known[pair] for pair in order[:here] if pair in known]
    made_up = _made_up(connection, before, judged, waiting.config)
    run = runs.add(connection, replace(judged, late=made_up), plan, completion)
    before.append(Current(run, plan, completion, judged.period))
    for pair in order[here + 1 :]:
        if pair in known and late.in_time(judged.period, known[pair].period):
            later = runs.load(connection, known[pair], {})
            made_up = _made_up(connection, before, later, waiting.config)
            before.append(replace(known[pair], id=runs.add(connection, replace(later, late=made_up), *pair)))


def _made_up(
    connection: Connection, before: Sequence[Current], pair: Reconciliation, config: Config
) -> tuple[Link, ...]:
    from reconcile import pipeline

    numbers = [run.id for run in before if late.in_time(run.period, pair.period)]
    return pipeline.made_up(_open(connection, numbers), pair, config) if numbers else ()


def _open(connection: Connection, numbers: Sequence[int]) -> list[Item]:
    """The plan items that some runs left open and none of them makes up for."""
    followed = exists().where(
        links.c.run_id == verdicts.c.run_id,
        links.c.plan_id == verdicts.c.item_id,
        links.c.relation != Relation.NEGATIVE,
    )
    undone = (
        select(verdicts.c.record)
        .where(verdicts.c.run_id.in_(numbers), verdicts.c.record.is_not(None), ~followed)
        .where(verdicts.c.outcome.not_in([Outcome.DONE, Outcome.WITHDRAWN]))
        .order_by(verdicts.c.run_id, verdicts.c.item_id)
    )
    closed = select(links.c.plan_id).where(links.c.run_id.in_(numbers), links.c.relation == Relation.FULL)
    kept = frozenset(connection.execute(closed).scalars())
    found = many(connection.execute(undone).scalars(), ItemVerdict)
    return [one.item for one in found if late.is_open(one) and one.item.id not in kept]

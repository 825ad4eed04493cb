"""From what a person says to the entry that is kept: with both texts, and what the engine had shown.

A decision is refused where it speaks of nothing in the current reports, or lacks what its action needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Row, or_, select

from reconcile.errors import StoreError
from reconcile.layout.ids import digest
from reconcile.ledger.clock import now
from reconcile.ledger.judgements import Action, Judgement, Shown, Side
from reconcile.ledger.replay import Index
from reconcile.ledger.reports import Filed
from reconcile.ledger.tables import links, runs, tasks, verdicts
from reconcile.model.links import Relation
from reconcile.model.verdicts import Status

W = TypeVar("W", bound=StrEnum)


class Decision(Struct, frozen=True):
    """What a person says: on the verdict of `plan`, or on its link to `target` (ids of tasks or items).

    To reject or confirm a link, `plan` may be the link's own id.
    """

    action: Action
    plan: str
    actor: str
    target: str | None = None
    relation: Relation | None = None
    status: Status | None = None
    reason: str = ""


def drawn_up(connection: Connection, filed: Iterable[Filed], current: Collection[int], decision: Decision) -> Judgement:
    """The judgement to keep for a decision; `current` are the runs that count now."""
    index = Index(connection, filed)
    decision = _of_link(connection, index, current, decision)
    plan = _side(index, decision.plan)
    target = _side(index, decision.target) if decision.target else None
    link = _link(connection, decision) if target else None
    relation = decision.relation or (Relation(link.relation) if link else None)
    _check(decision, relation, link)
    return Judgement(
        decision.action,
        plan,
        decision.actor,
        now(),
        decision.reason,
        target,
        relation if target else None,
        decision.status,
        shown=_shown(connection, current, plan, target, link),
    )


def word(vocabulary: type[W], given: str) -> W:
    """A word of a vocabulary; `StoreError` names those there are."""
    try:
        return vocabulary(given)
    except ValueError as error:
        raise StoreError("judge.unknown_word", word=given, known=" · ".join(vocabulary)) from error


def _of_link(connection: Connection, index: Index, current: Collection[int], decision: Decision) -> Decision:
    """A decision on a link with the two ends the link has: it may name the link itself, or tasks for their items."""
    if decision.action not in {Action.REJECT, Action.CONFIRM}:
        return decision
    if decision.target is None and index.get(decision.plan) is None:
        made = select(links.c.plan_id, links.c.target_id).where(links.c.run_id.in_(current))
        ends = ((row.plan_id, row.target_id) for row in connection.execute(made))
        named = next((pair for pair in ends if digest("link", *pair) == decision.plan), None)
        return replace(decision, plan=named[0], target=named[1]) if named else decision
    if decision.target and _link(connection, decision) is None:
        both = (decision.plan, decision.target)
        of = select(tasks.c.id, tasks.c.item_id).where(tasks.c.id.in_(both))
        items = {row.id: row.item_id for row in connection.execute(of)}
        plan, target = (items.get(unit, unit) for unit in both)
        whole = replace(decision, plan=plan, target=target)
        return whole if _link(connection, whole) else decision
    return decision


def _side(index: Index, unit: str) -> Side:
    side = index.get(unit)
    if side is None:
        raise StoreError("judge.no_such_text", id=unit)
    return side


def _check(decision: Decision, relation: Relation | None, link: Row[Any, Any] | None) -> None:
    """Refuse what cannot be meant."""
    match decision.action:
        case Action.REJECT | Action.CONFIRM if decision.target and link is None:
            raise StoreError("judge.no_such_link", plan=decision.plan, target=decision.target)
        case Action.REJECT if decision.target is None:
            raise StoreError("judge.needs_target", action=decision.action)
        case Action.ADD if decision.target is None or relation is None:
            raise StoreError("judge.needs_relation", known=" · ".join(Relation))
        case Action.OVERRIDE if decision.status is None:
            raise StoreError("judge.needs_status", known=" · ".join(Status))
        case Action.NOTE if not decision.reason:
            raise StoreError("judge.needs_reason")


def _link(connection: Connection, decision: Decision) -> Row[Any, Any] | None:
    """The engine's link between the two, as last made: one that somebody rejected is no longer made."""
    return connection.execute(
        select(links.c.relation, links.c.score)
        .where(links.c.plan_id == decision.plan, links.c.target_id == decision.target)
        .order_by(links.c.run_id.desc())
    ).first()


def _shown(
    connection: Connection, current: Collection[int], plan: Side, target: Side | None, link: Row[Any, Any] | None
) -> Shown | None:
    """What the engine said of the plan; None where it has not judged it yet."""
    row = connection.execute(
        select(verdicts.c.status, runs.c.version, runs.c.model, runs.c.config_sha256)
        .join(runs)
        .where(
            verdicts.c.run_id.in_(current),
            or_(verdicts.c.task_id == plan.id, (verdicts.c.item_id == plan.id) & (verdicts.c.task_id == "")),
        )
    ).first()
    if row is None:
        return None
    return Shown(
        plan.sha256,
        target.sha256 if target else None,
        link.score if link else None,
        Status(row.status),
        row.version,
        row.model,
        row.config_sha256,
    )

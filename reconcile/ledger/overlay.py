"""What people decided, laid over what the engine concluded: a person's judgement outranks it.

The engine's record stays as it was stored; what these functions return is the record as it is shown. The layer of
verdicts brings the engine along, so it is imported only where a judgement changes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from reconcile.config import Config
from reconcile.ledger.judgements import Action
from reconcile.ledger.replay import Replay, Replayed
from reconcile.ledger.runs import links_of
from reconcile.model.links import CARRIES, Link, Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Outcome, Review, Status, TaskVerdict

Judged = TypeVar("Judged", TaskVerdict, ItemVerdict)

REJECTED = "link_rejected"
"""The reason code of a verdict whose evidence a person rejected and nobody replaced."""

_MEANS = {
    Relation.FULL: Status.COMPLETED,
    Relation.PARTIAL: Status.PARTIAL,
    Relation.NEGATIVE: Status.DELAYED,
    Relation.REPLAN: Status.CARRIED_OVER,
}
"""The verdict a link that a person stands for gives by itself."""


def overlay(pair: Reconciliation, replayed: Replay, config: Config) -> Reconciliation:
    """A reconciliation with the judgements that apply to it; itself where none does."""
    decisions: dict[str, list[Replayed]] = defaultdict(list)
    for each in replayed.applied:
        decisions[each.plan or ""].append(each)
    home = {
        unit: item.id
        for report in (pair.plan_report, pair.completion_report)
        for item in report.items
        for unit in (item.id, *(task.id for task in item.tasks))
    }
    reviewed = (_reviewed(verdict, decisions, home) for verdict in pair.plans)
    plans = tuple(_lit(now, before, config) for now, before in zip(reviewed, pair.plans, strict=True))
    made_up = tuple(link for link in pair.late if not _rejected(link, decisions))
    if plans == pair.plans:
        return pair if made_up == pair.late else replace(pair, late=made_up)
    from reconcile.verdicts import rollup

    linked = {link.target for verdict in plans for link in verdict.links}
    lost = {link.target for verdict in pair.plans for link in verdict.links} - linked
    spare = {item.id for item in pair.unplanned}.union(lost) - linked
    unplanned = tuple(item for item in pair.completion_report.items if item.id in spare)
    missing = [office.office for office in pair.summary.by_office if office.missing]
    summary = rollup.summary(plans, unplanned, missing, pair.summary.renamed)
    return replace(pair, plans=plans, unplanned=unplanned, summary=summary, late=made_up)


def _rejected(link: Link, decisions: dict[str, list[Replayed]]) -> bool:
    return any(
        each.entry.judgement.action is Action.REJECT and each.target == link.target
        for each in decisions.get(link.plan, ())
    )


def _lit(now: ItemVerdict, before: ItemVerdict, config: Config) -> ItemVerdict:
    """With the light of its verdict, where that is another one now."""
    if (now.status, now.outcome) == (before.status, before.outcome):
        return now
    from reconcile.verdicts import lights

    return replace(now, light=lights.light(now.outcome, now.status, config))


def _reviewed(verdict: ItemVerdict, decisions: dict[str, list[Replayed]], home: dict[str, str]) -> ItemVerdict:
    """One item's verdict with the decisions on it and on its tasks, each in its turn."""
    own = decisions.get(verdict.item.id, [])
    all_of_it = sorted(
        [*own, *(each for task in verdict.tasks for each in decisions.get(task.task.id, []))],
        key=lambda each: each.entry.number,
    )
    review = verdict.review
    for each in all_of_it:
        if each.entry.judgement.target and each.target not in home:
            continue  # what it points to belongs to another month's record
        verdict = _decided(verdict, each, home)
        review = _review(review, each.entry.judgement.action)
    if review is Review.CONFIRMED and verdict.code == REJECTED:
        review = Review.DISPUTED
    return verdict if review is verdict.review else replace(verdict, review=review)


def _review(before: Review, action: Action) -> Review:
    match action:
        case Action.OVERRIDE | Action.ADD:
            return Review.OVERRIDDEN
        case Action.REJECT if before is not Review.OVERRIDDEN:
            return Review.DISPUTED
        case Action.CONFIRM if before is Review.AUTO:
            return Review.CONFIRMED
        case _:
            return before


def _decided(verdict: ItemVerdict, each: Replayed, home: dict[str, str]) -> ItemVerdict:
    """One decision applied to an item and the tasks it speaks of."""
    judgement = each.entry.judgement
    of_item = each.plan == verdict.item.id
    match judgement.action:
        case Action.OVERRIDE if judgement.status:
            status = judgement.status
            tasks = [_settled(task, status) if _meant(task, each, of_item) else task for task in verdict.tasks]
            return _rolled_up(verdict, tasks, status if of_item else None)
        case Action.ADD | Action.CONFIRM if each.target and judgement.relation:
            link = Link(each.entry.id, each.plan or "", each.target, 1.0, judgement.relation)
            return _with_link(verdict, link, home)
        case Action.REJECT if each.target:
            return _without_link(verdict, each.plan or "", each.target, home)
        case _:
            return verdict


def _meant(task: TaskVerdict, each: Replayed, of_item: bool) -> bool:
    return of_item or task.task.id == each.plan


def _with_link(verdict: ItemVerdict, link: Link, home: dict[str, str]) -> ItemVerdict:
    """With a link a person stands for; one the engine had as well changes nothing."""
    whole = replace(link, plan=verdict.item.id, target=home[link.target])
    if any(_same(link, known) for known in links_of(verdict)):
        return verdict
    status = _MEANS.get(link.relation)
    tasks = []
    for task in verdict.tasks:
        if link.plan not in (verdict.item.id, task.task.id):
            tasks.append(task)
            continue
        new = _extended(task, link) if link.plan == task.task.id else task
        speaks = status and not (link.relation in CARRIES and (task.links or task.outcome is Outcome.DONE))
        tasks.append(_settled(new, status) if speaks and status else new)
    if not any(_same(whole, known) for known in links_of(verdict)):
        verdict = _extended(verdict, whole)
    return _rolled_up(verdict, tasks, None)


def _without_link(verdict: ItemVerdict, plan: str, target: str, home: dict[str, str]) -> ItemVerdict:
    """Without a link a person rejected: an item's link takes those of its tasks along, a task's only its own.

    A verdict that loses what it rested on is unverifiable: a rejected link alone never makes a task dropped.
    """

    def goes(link: Link) -> bool:
        whole = plan == verdict.item.id
        return home.get(link.target) == home[target] if whole else (link.plan, link.target) == (plan, target)

    if not any(goes(link) for link in links_of(verdict)):
        return verdict  # judged without it already

    tasks = [_reduced(task, goes) for task in verdict.tasks]
    by_task = any(task.links or task.carried_to for task in verdict.tasks)
    kept = {home.get(link.target) for task in tasks for link in (*task.links, *task.carried_to)}
    rest = verdict if home[target] in kept else _reduced(verdict, lambda link: home.get(link.target) == home[target])
    settled = [
        _settled(task, Status.UNVERIFIABLE, REJECTED)
        if _founded(task.status, before if by_task else verdict)
        and not _founded(task.status, task if by_task else rest)
        else task
        for task, before in zip(tasks, verdict.tasks, strict=True)
    ]
    return _rolled_up(rest, settled, None)


def _founded(status: Status, evidence: TaskVerdict | ItemVerdict) -> bool:
    """Whether a verdict has the links it rests on."""
    match status:
        case Status.COMPLETED | Status.EXCEEDED | Status.PARTIAL | Status.DELAYED:
            return bool(evidence.links)
        case Status.CARRIED_OVER:
            return bool(evidence.carried_to)
        case _:
            return True


def _rolled_up(verdict: ItemVerdict, tasks: Sequence[TaskVerdict], status: Status | None) -> ItemVerdict:
    """An item with other verdicts on its tasks; `status` where a person gave the item's own."""
    from reconcile.verdicts import rollup

    statuses = [task.status for task in tasks] or [verdict.status]
    return replace(
        verdict,
        status=status or rollup.status(statuses),
        outcome=OUTCOME_OF[status] if status else rollup.outcome(statuses),
        tasks=tuple(tasks),
        confidence=min((task.confidence for task in tasks), default=1.0),
        rule="judgement",
        code=next((task.code for task in tasks if task.code), None),
    )


def _settled(task: TaskVerdict, status: Status, code: str | None = None) -> TaskVerdict:
    return replace(task, status=status, confidence=1.0, rule="judgement", code=code)


def _same(one: Link, other: Link) -> bool:
    return (one.plan, one.target, one.relation) == (other.plan, other.target, other.relation)


def _extended(verdict: Judged, link: Link) -> Judged:
    if link.relation in CARRIES:
        return replace(verdict, carried_to=(*verdict.carried_to, link))
    return replace(verdict, links=(*verdict.links, link))


def _reduced(verdict: Judged, goes: Callable[[Link], bool]) -> Judged:
    return replace(
        verdict,
        links=tuple(link for link in verdict.links if not goes(link)),
        carried_to=tuple(link for link in verdict.carried_to if not goes(link)),
    )

"""The status ladder: from the evidence on one plan item to a status for each of its tasks (DOMAIN.md, section 2).

The first rung that holds gives the status, and its name stands in the output as `rule`. An accusation must be safe:
silence counts as silence only where no completion comes near, and doubt is said as doubt.
"""

from __future__ import annotations

from msgspec import Struct

from reconcile.language import aspect
from reconcile.language.quantities import Bound
from reconcile.matching.model import Model
from reconcile.model import Status
from reconcile.verdicts.evidence import Evidence, features


class Judged(Struct, frozen=True):
    """A status with the rung that gave it, how sure it is (0–1), and why it is in doubt where it is."""

    status: Status
    rule: str
    confidence: float
    code: str | None = None


class Setting(Struct, frozen=True):
    """What the ladder needs to know besides the evidence: the model, what is missing, and what may be claimed.

    An item that is reported with a probability of `doubt` or more is too likely reported to be called dropped.
    """

    model: Model
    doubt: float


def judge(evidence: Evidence, setting: Setting, *, office_missing: bool, not_yet_due: bool) -> list[Judged]:
    """One status a task of the plan item."""
    count = max(len(evidence.plan.tasks), 1)
    if evidence.linked:
        return _reported(evidence, setting)
    return [_silent(evidence, setting, office_missing=office_missing, not_yet_due=not_yet_due)] * count


def _silent(evidence: Evidence, setting: Setting, *, office_missing: bool, not_yet_due: bool) -> Judged:
    """Nothing reports on the item: it slipped, was dropped, or it cannot be told."""
    silence = 1 - evidence.link
    if evidence.again:
        return Judged(Status.CARRIED_OVER, "planned_again", silence * evidence.carry)
    if office_missing:
        return Judged(Status.OFFICE_MISSING, "office_missing", silence, "office_missing")
    if evidence.link >= setting.doubt:
        return Judged(Status.UNVERIFIABLE, "link_uncertain", silence, "link_uncertain")
    if not_yet_due:
        return Judged(Status.NOT_YET_DUE, "not_yet_due", silence)
    return Judged(Status.DROPPED, "silent_in_both", silence * (1 - evidence.carry))


def _reported(evidence: Evidence, setting: Setting) -> list[Judged]:
    """Something reports on the item: how far did the work go?"""
    if evidence.plan.redacted or any(item.redacted for item in evidence.linked):
        return [Judged(Status.UNVERIFIABLE, "figures_redacted", evidence.link, "figures_redacted")] * len(
            evidence.plan.tasks
        )
    numbers = features(evidence)
    incomplete = setting.model.incomplete.probability(numbers)
    undone = setting.model.undone.probability(numbers)
    count = max(len(evidence.plan.tasks), 1)
    kinds = evidence.kinds()
    if aspect.Kind.WITHDRAWN in kinds and aspect.Kind.DONE not in kinds:
        return [Judged(Status.WITHDRAWN, "withdrawn_in_report", evidence.link)] * count
    if incomplete < 0.5:
        above = all(one.met for one in evidence.measures) and _above(evidence)
        status, rule = (Status.EXCEEDED, "above_target") if above else (Status.COMPLETED, "reported_done")
        return [Judged(status, rule, evidence.link * (1 - incomplete))] * count
    if undone >= 0.5:
        return [Judged(Status.DELAYED, "reported_not_done", evidence.link * incomplete * undone)] * count
    return _partly(evidence, evidence.link * incomplete * (1 - undone))


def _above(evidence: Evidence) -> bool:
    """Whether a comparable figure is above its target (only figures that may grow: not the most allowed)."""
    return any((one.share or 0) > 1 and one.target.bound is not Bound.MOST for one in evidence.measures)


def _partly(evidence: Evidence, confidence: float) -> list[Judged]:
    """Some of it was done: what each task's own clauses say, and at least one task falls short."""
    judged = [_task(evidence, task, confidence) for task in range(max(len(evidence.plan.tasks), 1))]
    if all(one.status is Status.COMPLETED for one in judged):
        least = min(range(len(judged)), key=lambda task: (evidence.covered[task] if evidence.covered else 0.0, task))
        judged[least] = Judged(Status.PARTIAL, "stage_or_share_missing", confidence)
    if all(one.status in {Status.DELAYED, Status.CARRIED_OVER, Status.DROPPED} for one in judged):
        most = max(range(len(judged)), key=lambda task: (evidence.covered[task] if evidence.covered else 0.0, -task))
        judged[most] = Judged(Status.PARTIAL, "stage_or_share_missing", confidence)
    return judged


def _task(evidence: Evidence, task: int, confidence: float) -> Judged:
    """The status of one task of an item that was partly done."""
    kinds = [found.kind for said in evidence.said if said.task == task for found in said.aspects]
    done = aspect.Kind.DONE in kinds or aspect.Kind.STARTED in kinds
    open_ = {aspect.Kind.NOT_DONE, aspect.Kind.UNDERWAY, aspect.Kind.PREPARED, aspect.Kind.INTENDED} & set(kinds)
    if open_:
        delayed = not done and open_ == {aspect.Kind.NOT_DONE}
        status = Status.DELAYED if delayed else Status.PARTIAL
        return Judged(status, "reported_not_done" if delayed else "reported_in_part", confidence)
    if done:
        return Judged(Status.COMPLETED, "reported_done", confidence)
    if evidence.again:
        return Judged(Status.CARRIED_OVER, "task_planned_again", confidence)
    return Judged(Status.PARTIAL, "task_not_mentioned", confidence)

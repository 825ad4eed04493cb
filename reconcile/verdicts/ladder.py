"""The status ladder: from the evidence on one plan item to a status for each of its tasks (docs/contract.md).

The first rung that holds gives the status, and its name stands in the output as `rule`. An accusation must be safe:
silence counts as silence only where no completion comes near, and doubt is said as doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from reconcile.language import aspect
from reconcile.language.aspect import Aspect
from reconcile.language.quantities import Bound
from reconcile.matching.block import FOLLOWS
from reconcile.matching.scoring import Model
from reconcile.model.verdicts import Status
from reconcile.verdicts.evidence import Evidence
from reconcile.verdicts.features import features

_WEAK = 0.7
"""Less sure than this, the link to a report of work done does not outweigh a next plan that repeats the item word for
word; a report of progress agrees with it."""
_HARDLY = 0.1
"""Less probable than this where the next plan is known, work is not unfinished for a list or an act alone that seems
not to be named."""
_OPEN = frozenset({aspect.Kind.NOT_DONE, aspect.Kind.UNDERWAY, aspect.Kind.PREPARED, aspect.Kind.INTENDED})
_PROGRESS = frozenset({aspect.Kind.DONE, aspect.Kind.STARTED, aspect.Kind.UNDERWAY})


class Judged(Struct, frozen=True):
    """A status with the rung that gave it, how sure it is (0–1), and why it is in doubt where it is."""

    status: Status
    rule: str
    confidence: float
    code: str | None = None


class Due(Struct, frozen=True):
    """Whether an item falls due after the day the report's figures stand at, and even after the report's period."""

    later: bool = False
    beyond: bool = False


class Setting(Struct, frozen=True):
    """What the ladder needs to know besides the evidence: the model, and what may be claimed.

    Silence is left open where what it would be called is less sure than `claim`. With `graded` what is done in graded
    words (基本完成) is done in part. Where reports speak past each other (`apart`), that one is silent proves nothing.
    """

    model: Model
    claim: float
    graded: bool = True
    apart: bool = False


def judge(evidence: Evidence, setting: Setting, due: Due, *, office_missing: bool) -> list[Judged]:
    """One status a task of the plan item; its confidence is the probability that it is right."""
    if evidence.linked:
        judged = _reported(evidence, setting)
        return [structs.replace(one, confidence=_sure(one, setting)) for one in judged]
    silent = _silent(evidence, setting, due, office_missing=office_missing)
    return [silent] * len(evidence.plan.tasks)


def _sure(judged: Judged, setting: Setting) -> float:
    return setting.model.sureness(judged.status.value, judged.confidence)


def _silent(evidence: Evidence, setting: Setting, due: Due, *, office_missing: bool) -> Judged:
    """Nothing reports on the item: it slipped, was dropped, or it cannot be told."""
    silence = 1 - evidence.link
    if evidence.again and not due.beyond:
        claimed = Judged(Status.CARRIED_OVER, "planned_again", silence * evidence.carry)
    elif office_missing:
        return Judged(Status.OFFICE_MISSING, "office_missing", silence, "office_missing")
    elif due.later:
        return Judged(Status.NOT_YET_DUE, "not_yet_due", silence)
    else:
        claimed = Judged(Status.DROPPED, "silent_in_both", silence * (1 - evidence.carry))
    if setting.apart and claimed.status is Status.DROPPED:
        return Judged(Status.UNVERIFIABLE, "reports_apart", silence, "reports_apart")
    sure = _sure(claimed, setting)
    if sure < setting.claim:
        return Judged(Status.UNVERIFIABLE, "link_uncertain", silence, "link_uncertain")
    return structs.replace(claimed, confidence=sure)


def _reported(evidence: Evidence, setting: Setting) -> list[Judged]:
    """Something reports on the item: how far did the work go?"""
    if evidence.plan.redacted or any(item.redacted for item in evidence.linked):
        return [Judged(Status.UNVERIFIABLE, "figures_redacted", evidence.link, "figures_redacted")] * len(
            evidence.plan.tasks
        )
    numbers = features(evidence)
    incomplete = setting.model.incomplete.probability(numbers)
    undone = setting.model.undone.probability(numbers)
    count = len(evidence.plan.tasks)
    spoken = [task for task in range(count) if evidence.aspects(task)]
    off = [task for task in spoken if _called_off(evidence.aspects(task))]
    if off and off == spoken:
        return [Judged(Status.WITHDRAWN, "withdrawn_in_report", evidence.link)] * count
    graded = setting.graded and not evidence.soft and any(one.graded for one in evidence.found())
    alone = not evidence.next_known  # without a next plan to weigh, what the words lack stands
    doubted = alone or incomplete >= _HARDLY
    if off or graded or (doubted and (evidence.covers_a_part or evidence.lacks_a_member)):
        return _partly(evidence, evidence.link)
    doubtful = evidence.link < _WEAK and not any(one.kind in _OPEN for one in evidence.found())
    if doubtful and not evidence.plan.standing and evidence.verbatim:
        return [Judged(Status.CARRIED_OVER, "planned_again", 1 - evidence.link * (1 - incomplete))] * count
    short = evidence.stage is not None and not evidence.stage.enough and not evidence.soft
    if evidence.beyond or (incomplete < 0.5 and not (alone and short)):
        if (doubted and evidence.untold) or any(evidence.is_silent_on(task) for task in range(count)):
            return _partly(evidence, evidence.link)
        sure = evidence.link * (1 if evidence.beyond else 1 - incomplete)
        return [_done(evidence, task, sure) for task in range(count)]
    if _put_off(evidence, undone):
        return [Judged(Status.DELAYED, "reported_not_done", evidence.link * incomplete * undone)] * count
    return _partly(evidence, evidence.link * incomplete * (1 - undone))


def _put_off(evidence: Evidence, undone: float) -> bool:
    """Whether nothing of the work was done: not where progress or a count is told, surely where planned again."""
    found = evidence.found()
    achieved = any(one.firm for one in found)
    if not achieved and evidence.verbatim and any(one.kind is aspect.Kind.NOT_DONE for one in found):
        return True
    counted = achieved and any(one.share for one in evidence.measures)  # 4 planned, 3 held and the fourth called off
    return undone >= 0.5 and not counted and not all(one.kind in _PROGRESS for one in found)


def _called_off(aspects: Sequence[Aspect]) -> bool:
    """Whether clauses say that work was withdrawn, more than that something was done, or before that."""
    off = [found.kind is aspect.Kind.WITHDRAWN for found in aspects]
    done = sum(found.firm for found in aspects)
    return sum(off) > done or (any(off) and sum(off) == done and off[0])


def _done(evidence: Evidence, task: int, confidence: float) -> Judged:
    """A task that was done: above its target where its own figures all meet theirs, and one that may grow is above."""
    own = evidence.figures(task)
    above = any((one.share or 0) > 1 and one.target.bound is not Bound.MOST for one in own)
    if above and all(one.met for one in own):
        return Judged(Status.EXCEEDED, "above_target", confidence)
    return Judged(Status.COMPLETED, "reported_done", confidence)


def _partly(evidence: Evidence, confidence: float) -> list[Judged]:
    """Some of it was done: what each task's own clauses say, and at least one task falls short."""
    judged = [_task(evidence, task, confidence) for task in range(len(evidence.plan.tasks))]
    judged = [_as_its_sibling(evidence, judged, task) for task in range(len(judged))]
    if all(one.status in {Status.COMPLETED, Status.EXCEEDED} for one in judged):
        least = min(range(len(judged)), key=lambda task: (evidence.covered[task], task))
        missing = "rest_planned_again" if evidence.rest_again else "stage_or_share_missing"
        judged[least] = Judged(Status.PARTIAL, missing, confidence)
    if all(one.status in {Status.DELAYED, Status.CARRIED_OVER, Status.DROPPED} for one in judged):
        most = max(range(len(judged)), key=lambda task: (evidence.covered[task], -task))
        judged[most] = Judged(Status.PARTIAL, "stage_or_share_missing", confidence)
    return judged


def _as_its_sibling(evidence: Evidence, judged: Sequence[Judged], task: int) -> Judged:
    """A soft task nothing speaks of (加强领导, before 召开会议) fares as the next task that something speaks of."""
    if evidence.aspects(task) or not evidence.is_soft(task):
        return judged[task]
    others = [*range(task + 1, len(judged)), *range(task)]
    return next((judged[other] for other in others if evidence.aspects(other)), judged[task])


def _task(evidence: Evidence, task: int, confidence: float) -> Judged:
    """The status of one task of an item that was partly done."""
    aspects = evidence.aspects(task)
    if aspects and _called_off(aspects):
        return Judged(Status.WITHDRAWN, "withdrawn_in_report", confidence)
    kinds = {found.kind for found in aspects}
    done = bool(kinds & {aspect.Kind.DONE, aspect.Kind.STARTED})
    open_ = kinds & _OPEN
    if open_:
        delayed = not done and open_ == {aspect.Kind.NOT_DONE}
        status = Status.DELAYED if delayed else Status.PARTIAL
        return Judged(status, "reported_not_done" if delayed else "reported_in_part", confidence)
    if evidence.leaves_out_members(task):
        return Judged(Status.PARTIAL, "member_not_named", confidence)
    if done and evidence.leaves_out_an_act(task):
        return Judged(Status.PARTIAL, "act_not_told", confidence)
    if done:
        return _done(evidence, task, confidence)
    if evidence.again and evidence.onward[task] >= FOLLOWS:
        return Judged(Status.CARRIED_OVER, "task_planned_again", confidence)
    return Judged(Status.PARTIAL, "task_not_mentioned", confidence)

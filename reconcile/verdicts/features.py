"""What the outcome of a reported plan item is weighed by (the layers `incomplete` and `undone` of the model)."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.language import aspect, counts, extent, listing, parts
from reconcile.matching.block import FOLLOWS
from reconcile.verdicts.evidence import Evidence, Said, opens_softly

_FAINT, _CLEAR = 0.3, 0.45
_OPEN = {aspect.Kind.INTENDED, aspect.Kind.UNDERWAY, aspect.Kind.PREPARED, aspect.Kind.NOT_DONE}


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence in numbers, each 0–1 or a small count."""
    found = evidence.found()
    pushed = evidence.soft and not extent.mentions("hard", evidence.plan.text)
    kinds = [aspect.Kind.DONE if pushed and one.kind is aspect.Kind.UNDERWAY else one.kind for one in found]
    texts = [one.clause.text for one in evidence.said]
    again = "。".join(item.text for item in evidence.again)
    plan = evidence.plan.text
    done = sum(kind in {aspect.Kind.DONE, aspect.Kind.STARTED} for kind in kinds)
    not_done = sum(kind is aspect.Kind.NOT_DONE for kind in kinds)
    least = min(evidence.covered, default=0.0)
    firm = [
        how for task, how in zip(evidence.plan.tasks, evidence.covered, strict=False) if not opens_softly(task.text)
    ]
    short = evidence.stage is not None and not evidence.stage.enough
    still_open = float(any(_ends_open(one) for one in evidence.said))
    achieved = sum(one.firm for one in found)
    reported = evidence.reported
    left = [member for one in evidence.unnamed for member in one.left]
    part_left = parts.left(plan, reported)
    counted = counts.counted(plan, reported, again)
    return {
        "not_done": min(not_done, 2),
        "all_not_done": float(not_done > 0 and done == 0),
        "withdrawn": float(aspect.Kind.WITHDRAWN in kinds),
        "underway": float(aspect.Kind.UNDERWAY in kinds),
        "intended": float(aspect.Kind.INTENDED in kinds),
        "done": min(done, 3),
        "remainder": _mentions("remainder", texts),
        "shortfall": _mentions("shortfall", texts),
        "unfinished": _mentions("unfinished", texts),
        "whole": _mentions("whole", texts),
        "planned_again": evidence.carry,
        "next_unknown": float(not evidence.next_known),
        "again_remainder": _mentions("remainder", [again]),
        "again_completes": _mentions("hard", [again]),
        "task_uncovered": float(least < FOLLOWS),
        "least_covered": least,
        "several_tasks": min(len(evidence.plan.tasks) - 1, 3),
        "several_reports": float(len(evidence.linked) > 1),
        "soft_plan": float(evidence.soft),
        "hard_plan": _mentions("hard", [plan]),
        "excused": float(any(one.reasons for one in evidence.said)),
        "below_target": float(any(not one.met for one in evidence.measures)),
        "share_missing": max((1 - min(one.share or 0, 1) for one in evidence.measures if not one.met), default=0.0),
        "reached_target": float(any(one.met for one in evidence.measures)),
        "stage_short": float(short),
        "stage_reached": float(evidence.stage is not None and evidence.stage.enough),
        "achieved": min(achieved, 3),
        "not_done_alone": float(not_done > 0 and achieved == 0),
        "last_open": still_open,
        "member_again": float(any(listing.names(again, member) for member in left)),
        "task_again": _more(evidence.onward, evidence.covered),
        "part_left": part_left,
        "rate_short": parts.rate_short(plan, reported),
        "share_stated": _mentions("share", texts),
        "hard_uncovered": 1 - min(firm, default=1.0),
        "hard_open": _mentions("hard", [plan]) * still_open,
        "piece_again": parts.left_to(plan, reported, again),
        "follow_up": _mentions("follow_up", [again]),
        "lacking": _mentions("lacking", texts),
        "count_less": float(counted.less),
        "count_rest": float(counted.rest),
        "count_silent": float(counted.silent),
        "task_left": part_left * any(_left(*both) for both in zip(evidence.covered, evidence.onward, strict=False)),
    }


def _left(covered: float, onward: float) -> bool:
    """Whether a task is hardly told of and clearly planned again."""
    return covered < _FAINT and onward > _CLEAR


def _ends_open(said: Said) -> bool:
    """Whether the last thing a clause says is that something is still to come."""
    return bool(said.aspects) and said.aspects[-1].kind in _OPEN


def _more(one: Sequence[float], other: Sequence[float]) -> float:
    """By how much one list of numbers is above the other at most."""
    return max((max(a - b, 0.0) for a, b in zip(one, other, strict=False)), default=0.0)


def _mentions(name: str, texts: Sequence[str]) -> float:
    return float(any(extent.mentions(name, text) for text in texts))

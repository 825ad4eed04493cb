"""What the outcome of a reported plan item is weighed by (the layers `incomplete` and `undone` of the model).

Each function tells one side of it: what the clauses report and in which words, what the plan asks for, what of it is
not told of, how its figures and stages were met, and what the next plan takes up again.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.language import aspect, counts, extent, listing, parts
from reconcile.matching.block import FOLLOWS
from reconcile.verdicts.evidence import Evidence, Said, joined, opens_softly

_FAINT, _CLEAR = 0.3, 0.45
_OPEN = {aspect.Kind.INTENDED, aspect.Kind.UNDERWAY, aspect.Kind.PREPARED, aspect.Kind.NOT_DONE}


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence in numbers, each 0–1 or a small count."""
    again = joined(item.text for item in evidence.again)
    return {
        **_reported(evidence),
        **_worded(evidence.reported),
        **_asked(evidence),
        **_left_out(evidence),
        **_measured(evidence, again),
        **_planned_again(evidence, again),
    }


def _reported(evidence: Evidence) -> dict[str, float]:
    """What the clauses report: done, under way, not done, and what they end with."""
    found = evidence.found()
    pushed = evidence.soft and not extent.mentions("hard", evidence.plan.text)
    kinds = [aspect.Kind.DONE if pushed and one.kind is aspect.Kind.UNDERWAY else one.kind for one in found]
    done = sum(kind in {aspect.Kind.DONE, aspect.Kind.STARTED} for kind in kinds)
    not_done = sum(kind is aspect.Kind.NOT_DONE for kind in kinds)
    achieved = sum(one.firm for one in found)
    last_open = float(any(_ends_open(one) for one in evidence.said))
    return {
        "done": min(done, 3),
        "achieved": min(achieved, 3),
        "not_done": min(not_done, 2),
        "all_not_done": float(not_done > 0 and done == 0),
        "not_done_alone": float(not_done > 0 and achieved == 0),
        "withdrawn": float(aspect.Kind.WITHDRAWN in kinds),
        "underway": float(aspect.Kind.UNDERWAY in kinds),
        "intended": float(aspect.Kind.INTENDED in kinds),
        "last_open": last_open,
        "hard_open": _mentions("hard", evidence.plan.text) * last_open,
        "excused": float(any(one.reasons for one in evidence.said)),
        "several_reports": float(len(evidence.linked) > 1),
    }


def _worded(reported: str) -> dict[str, float]:
    """How far the words of the clauses say the work went."""
    return {
        "remainder": _mentions("remainder", reported),
        "shortfall": _mentions("shortfall", reported),
        "unfinished": _mentions("unfinished", reported),
        "whole": _mentions("whole", reported),
        "share_stated": _mentions("share", reported),
        "lacking": _mentions("lacking", reported),
    }


def _asked(evidence: Evidence) -> dict[str, float]:
    """What the plan asks for: how much, and how firmly."""
    return {
        "several_tasks": min(len(evidence.plan.tasks) - 1, 3),
        "soft_plan": float(evidence.soft),
        "hard_plan": _mentions("hard", evidence.plan.text),
    }


def _left_out(evidence: Evidence) -> dict[str, float]:
    """What of the plan the report does not tell of."""
    tasks = zip(evidence.plan.tasks, evidence.covered, strict=False)
    firm = [covered for task, covered in tasks if not opens_softly(task.text)]
    least = min(evidence.covered, default=0.0)
    part_left = parts.left(evidence.plan.text, evidence.reported)
    return {
        "task_uncovered": float(least < FOLLOWS),
        "least_covered": least,
        "hard_uncovered": 1 - min(firm, default=1.0),
        "part_left": part_left,
        "task_left": part_left * any(_left(*both) for both in zip(evidence.covered, evidence.onward, strict=False)),
    }


def _measured(evidence: Evidence, again: str) -> dict[str, float]:
    """How the figures and the stage that the plan asks for were met."""
    plan, stage = evidence.plan.text, evidence.stage
    missed = [one for one in evidence.measures if not one.met]
    counted = counts.counted(plan, evidence.reported, again)
    return {
        "below_target": float(bool(missed)),
        "share_missing": max((1 - min(one.share or 0, 1) for one in missed), default=0.0),
        "reached_target": float(any(one.met for one in evidence.measures)),
        "rate_short": parts.rate_short(plan, evidence.reported),
        "count_less": float(counted.less),
        "count_rest": float(counted.rest),
        "count_silent": float(counted.silent),
        "stage_short": float(stage is not None and not stage.enough),
        "stage_reached": float(stage is not None and stage.enough),
    }


def _planned_again(evidence: Evidence, again: str) -> dict[str, float]:
    """What the next plan, of which `again` are the entries, takes up of the item."""
    members = [member for one in evidence.unnamed for member in one.left]
    return {
        "planned_again": evidence.carry,
        "next_unknown": float(not evidence.next_known),
        "again_remainder": _mentions("remainder", again),
        "again_completes": _mentions("hard", again),
        "follow_up": _mentions("follow_up", again),
        "task_again": _more(evidence.onward, evidence.covered),
        "member_again": float(any(listing.names(again, member) for member in members)),
        "piece_again": parts.left_to(evidence.plan.text, evidence.reported, again),
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


def _mentions(name: str, text: str) -> float:
    return float(extent.mentions(name, text))

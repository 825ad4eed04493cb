"""What the linked completions say about one plan item: read once, judged by the ladder.

A completion may report on several plan items, so only its clauses that belong to this one count: each clause goes to
the plan item it is most like among those linked to the completion, and a clause like none of them follows the clause
before it. Within the item each clause goes to the task it is most like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from reconcile.language import aspect, extent, measures, stages
from reconcile.language.aspect import Aspect
from reconcile.language.measures import Measure
from reconcile.language.stages import Ladders, Reached
from reconcile.matching.block import Block, Scores
from reconcile.model import Item, Task

_FOLLOWS = 0.25
"""A clause less alike than this to every plan item follows the clause before it."""


class Said(Struct, frozen=True):
    """One clause of a completion that speaks of a plan item: which task it reports on, and what it says."""

    item: Item
    clause: Task
    task: int
    alike: float
    aspects: tuple[Aspect, ...]

    def quote(self, span: tuple[int, int]) -> str:
        """The words at a span of the clause."""
        return self.clause.text[span[0] : span[1]]


class Evidence(Struct, frozen=True):
    """Everything the ladder looks at for one plan item.

    `link` and `carry` are the probabilities that any completion and any next plan speaks of it; `covered` says for
    each task how alike the likeliest clause is; `again` are the next plan items that plan it again. `measures` hold the
    figures asked for against those reported, `stage` the stage asked for against the one reported.
    """

    plan: Item
    said: tuple[Said, ...]
    linked: tuple[Item, ...]
    again: tuple[Item, ...]
    link: float
    carry: float
    covered: tuple[float, ...]
    measures: tuple[Measure, ...] = ()
    stage: Reached | None = None

    def kinds(self) -> list[aspect.Kind]:
        """What each clause reports, in order."""
        return [found.kind for said in self.said for found in said.aspects]


def gather(block: Block, row: int, ladders: Ladders = ()) -> Evidence:
    """The evidence on one plan item of a block; `ladders` are the stages a user adds."""
    plan = block.links.plans[row]
    columns = block.links.linked(row)
    said = tuple(one for column in columns for one in _said(block.links, row, column))
    clauses = block.links.features.clauses[block.links.plan_span(row)] if columns else np.zeros((len(plan.tasks), 0))
    spans = [block.links.candidate_span(column) for column in columns]
    covered = [max((float(task[span].max(initial=0)) for span in spans), default=0.0) for task in clauses]
    reported = "。".join(one.clause.text for one in said)
    return Evidence(
        plan=plan,
        said=said,
        linked=tuple(block.links.candidates[column] for column in columns),
        again=tuple(block.carries.candidates[column] for column in block.carries.linked(row)),
        link=block.links.any_link(row),
        carry=block.carries.any_link(row),
        covered=tuple(covered),
        measures=tuple(one for one in measures.measure(plan.text, reported) if one.met is not None) if said else (),
        stage=stages.reached(plan.text, reported, ladders) if said else None,
    )


def _said(scores: Scores, row: int, column: int) -> list[Said]:
    """The clauses of one completion that belong to one plan item."""
    completion = scores.candidates[column]
    first = scores.candidate_span(column).start
    alike = scores.features.clauses
    owners = scores.owners(column, _FOLLOWS)
    found: list[Said] = []
    for place, (clause, owner) in enumerate(zip(completion.tasks, owners, strict=False)):
        at = first + place
        if owner == row:
            mine = alike[scores.plan_span(row), at]
            task = int(mine.argmax()) if len(mine) else 0
            found.append(Said(completion, clause, task, float(mine.max(initial=0)), aspect.read(clause.text)))
    return found


FEATURES = (
    "not_done",
    "all_not_done",
    "withdrawn",
    "underway",
    "prepared",
    "intended",
    "graded",
    "done",
    "remainder",
    "shortfall",
    "unfinished",
    "whole",
    "planned_again",
    "again_remainder",
    "again_completes",
    "task_uncovered",
    "least_covered",
    "several_tasks",
    "several_reports",
    "soft_plan",
    "hard_plan",
    "excused",
    "below_target",
    "share_missing",
    "reached_target",
    "stage_short",
    "stage_reached",
)
"""What the outcome is weighed by; each is 0–1 or a small count."""


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence in numbers."""
    kinds = evidence.kinds()
    texts = [one.clause.text for one in evidence.said]
    again = "。".join(item.text for item in evidence.again)
    plan = evidence.plan.text
    done = sum(kind in {aspect.Kind.DONE, aspect.Kind.STARTED} for kind in kinds)
    not_done = sum(kind is aspect.Kind.NOT_DONE for kind in kinds)
    least = min(evidence.covered, default=0.0)
    return {
        "not_done": min(not_done, 2),
        "all_not_done": float(not_done > 0 and done == 0),
        "withdrawn": float(aspect.Kind.WITHDRAWN in kinds),
        "underway": float(aspect.Kind.UNDERWAY in kinds),
        "prepared": float(aspect.Kind.PREPARED in kinds),
        "intended": float(aspect.Kind.INTENDED in kinds),
        "graded": float(any(found.graded for one in evidence.said for found in one.aspects)),
        "done": min(done, 3),
        "remainder": _mentions("remainder", texts),
        "shortfall": _mentions("shortfall", texts),
        "unfinished": _mentions("unfinished", texts),
        "whole": _mentions("whole", texts),
        "planned_again": evidence.carry,
        "again_remainder": _mentions("remainder", [again]),
        "again_completes": _mentions("hard", [again]),
        "task_uncovered": float(least < _FOLLOWS),
        "least_covered": least,
        "several_tasks": min(len(evidence.plan.tasks) - 1, 3),
        "several_reports": float(len(evidence.linked) > 1),
        "soft_plan": _mentions("soft", [plan[:6]]),
        "hard_plan": _mentions("hard", [plan]),
        "excused": float(any(aspect.reasons(text) for text in texts)),
        "below_target": float(any(not one.met for one in evidence.measures)),
        "share_missing": max((1 - min(one.share or 0, 1) for one in evidence.measures if not one.met), default=0.0),
        "reached_target": float(any(one.met for one in evidence.measures)),
        "stage_short": float(evidence.stage is not None and not evidence.stage.enough),
        "stage_reached": float(evidence.stage is not None and evidence.stage.enough),
    }


def _mentions(name: str, texts: Sequence[str]) -> float:
    return float(any(extent.mentions(name, text) for text in texts))

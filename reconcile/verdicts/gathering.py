"""The evidence on one plan item gathered from the linked completions and the next plan.

A completion may report on several plan items, so only its clauses that belong to this one count: each clause goes to
the plan item it is most like among those linked to the completion, and a clause like none of them follows the clause
before it. Within the item each clause goes to the task it is most like.
"""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np

from reconcile.language import aspect, extent, listing, measures, parts, progress, stages
from reconcile.language.aspect import Aspect
from reconcile.language.listing import Unnamed
from reconcile.language.stages import Ladders
from reconcile.language.tokens import fold
from reconcile.matching.block import FOLLOWS, Block, Scores
from reconcile.model.reports import Item, Task
from reconcile.verdicts.evidence import CLEARLY, Evidence, Said, joined

_NAMED = 0.2
"""From this share of its pairs on a plan is named by the words that call something off."""
_TELLING = 4
"""How many telling pairs of characters a task must have to be missed where none is told."""
_HINTED = 0.3
"""From this share on a completion that is not linked may tell of a task all the same."""


def gather(block: Block, row: int, ladders: Ladders = (), cutoff: date | None = None) -> Evidence:
    """The evidence on one plan item of a block; `ladders` are stages a user adds, `cutoff` the day figures stand at."""
    plan = block.links.plans[row]
    columns, again = block.links.linked(row), block.carries.linked(row)
    said = tuple(one for column in columns for one in _said(block.links, row, column))
    reported = joined(one.clause.text for one in said)
    compared = tuple(one for one in measures.measure(plan.text, reported) if one.met is not None) if said else ()
    stage = stages.reached(plan.text, reported, ladders) if said else None
    if any(one.met and one.target.unit == "%" for one in compared):
        said = tuple(_as_done(one, "%") for one in said)
    if extent.mentions("draft", plan.text) and (stage is None or stage.enough):
        said = tuple(_as_done(one, "稿") for one in said)
    unnamed = listing.unnamed(plan.text, reported) if said else ()
    return Evidence(
        plan=plan,
        said=said,
        reported=reported,
        linked=tuple(block.links.candidates[column] for column in columns),
        again=tuple(block.carries.candidates[column] for column in again),
        link=block.links.any_link(row),
        carry=block.carries.any_link(row),
        covered=_likeliest(block.links, row, columns),
        measures=compared,
        stage=stage,
        beyond=len(plan.tasks) == 1 and stages.beyond(plan.text, reported, ladders),
        unnamed=unnamed,
        untold=_untold(plan, block.links, columns) if said else (),
        lacks_a_member=any(one.certain and not _named_elsewhere(one, block.links) for one in unnamed),
        onward=_likeliest(block.carries, row, again),
        next_known=bool(block.carries.candidates),
        progress=progress.read(plan.text, reported, cutoff) if said and cutoff else None,
    )


def _likeliest(scores: Scores, row: int, columns: list[int]) -> tuple[float, ...]:
    """For each task of a plan item how alike the likeliest clause of some candidates is."""
    if not columns:
        return (0.0,) * len(scores.plans[row].tasks)
    tasks, alike = scores.plan_span(row), scores.features.clauses
    best = [alike[tasks, scores.candidate_span(column)].max(axis=1, initial=0) for column in columns]
    return tuple(np.max(best, axis=0).tolist())


def _said(scores: Scores, row: int, column: int) -> list[Said]:
    """The clauses of one completion that belong to one plan item."""
    completion = scores.candidates[column]
    alike = scores.features.clauses[scores.plan_span(row), scores.candidate_span(column)]
    owners = scores.owners(column)
    found: list[Said] = []
    for place, (clause, owner) in enumerate(zip(completion.tasks, owners, strict=False)):
        if owner == row:
            mine = alike[:, place]
            largest = float(mine.max(initial=0))
            task = int(mine.argmax()) if largest >= FOLLOWS or not found else found[-1].task
            found.append(_read(completion, clause, task, largest, scores.plans[row].text))
    return found


def _untold(plan: Item, links: Scores, columns: list[int]) -> tuple[str, ...]:
    """The tasks and second acts of a plan item of which not one word is told, where others are told of clearly.

    What any other completion tells of may only lack its link, and is not counted.
    """
    reported = joined(links.candidates[column].text for column in columns)
    tasks = [(task.text, parts.told(task.text, reported, _TELLING)) for task in plan.tasks]
    clear = max((share for _, share in tasks if share is not None), default=0.0)
    left = [text for text, share in tasks if share == 0 and clear >= CLEARLY and not extent.mentions("unsaid", text)]
    for first, second in parts.second_acts(plan.text):
        if parts.told(second, reported, 1) == 0 and (parts.told(first, reported, 1) or 0) >= CLEARLY:
            aims = stages.reached(second, reported)
            if aims is None or not aims.enough:
                left.append(second)
    return tuple(fold(text) for text in left if not _told_anywhere(text, links))


def _named_elsewhere(unnamed: Unnamed, links: Scores) -> bool:
    """Whether what a list of two leaves out may be told of by a completion that lacks its link."""
    pair = len(unnamed.listing.members) == 2
    return pair and any(_told_anywhere(member, links) for member in unnamed.left)


def _told_anywhere(text: str, links: Scores) -> bool:
    """Whether any completion may tell of a task or a member, be it linked or not."""
    return parts.told_by_any(text, tuple(one.text for one in links.candidates), _HINTED)


def _as_done(said: Said, sign: str) -> Said:
    """A clause whose share (累计完成77%) or draft (形成初稿) is short of nothing, since the plan asked for no more."""
    text = said.item.text
    aspects = (
        msgspec.structs.replace(one, kind=aspect.Kind.DONE, firm=True) if text[slice(*one.cue)].endswith(sign) else one
        for one in said.aspects
    )
    return msgspec.structs.replace(said, aspects=tuple(aspects))


def _read(completion: Item, clause: Task, task: int, alike: float, plan: str) -> Said:
    """A clause with what it reports and excuses, as read within its whole entry: a reason may reach the next clause."""
    text = completion.text
    aspects = tuple(_of_plan(one, text, plan) for one in aspect.read(text) if clause.start <= one.start < clause.end)
    reasons = tuple(text[start:end] for start, end in aspect.reasons(text) if clause.start <= start < clause.end)
    return Said(completion, clause, task, alike, aspects, reasons)


def _of_plan(one: Aspect, text: str, plan: str) -> Aspect:
    """What a clause reports of a plan: that work is withdrawn where it calls off what the plan names."""
    clause = text[one.start : one.end]
    words = aspect.called_off(clause)
    if not words or words in plan or (parts.told(plan, clause, 1) or 0) < _NAMED:
        return one
    return msgspec.structs.replace(one, kind=aspect.Kind.WITHDRAWN)

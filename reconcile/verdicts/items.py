"""The verdict on every plan item of a block of matched reports (判定)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

import numpy as np

from reconcile import period
from reconcile.config import Config
from reconcile.language import aspect, dates, stages
from reconcile.language.measures import Measure
from reconcile.layout.ids import digest
from reconcile.matching import offices
from reconcile.matching.block import Block, Scores
from reconcile.matching.scoring import Model
from reconcile.model.links import Link, Relation
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Outcome, Quantity, Status, TaskVerdict
from reconcile.verdicts import findings, ladder, lights, rollup
from reconcile.verdicts.evidence import Evidence
from reconcile.verdicts.gathering import gather
from reconcile.verdicts.ladder import Due, Judged, Setting

_OPEN = {Status.CARRIED_OVER, Status.DELAYED, Status.PARTIAL}
"""What is still alive: only these tasks are carried to the next plan."""
_A_PLAN = 20
"""From so many items on, a plan of which little is found tells of the reports, not of the work."""
_SLIPPED = {Outcome.PARTIAL, Outcome.SLIPPED, Outcome.DROPPED}


def judge(
    block: Block, completion_report: Report, absent: Container[str], config: Config, model: Model
) -> tuple[ItemVerdict, ...]:
    """One verdict a plan item, in the order of the block; `absent` are the offices that report nothing."""
    claim = config.verdicts.drop_confidence
    setting = Setting(
        model=model,
        claim=model.claim if claim is None else claim,
        graded=config.verdicts.graded == "partial",
        apart=_apart(block.links, absent),
    )
    end = period.last_day(completion_report.period).isoformat()
    cutoff = completion_report.cutoff or end
    return tuple(
        _verdict(block, row, setting, config, missing=plan.office in absent, cutoff=cutoff, end=end)
        for row, plan in enumerate(block.links.plans)
    )


def _apart(links: Scores, absent: Container[str]) -> bool:
    """Whether the two reports speak past each other: of a plan of some length, less than half is found in the next.

    Offices that report nothing are left out: that their plans are not found is no wonder.
    """
    found = np.any(links.accepted, axis=1).tolist()
    reporting = [known for plan, known in zip(links.plans, found, strict=True) if plan.office not in absent]
    return len(reporting) >= _A_PLAN and 2 * sum(reporting) < len(reporting)


def absent_offices(plans: Sequence[Item], completion_report: Report, config: Config) -> frozenset[str]:
    """The offices that planned something and that report no completion at all, under any known name."""
    planning = sorted({plan.office for plan in plans if plan.office})
    present = sorted({item.office for item in completion_report.of(Kind.COMPLETION) if item.office})
    if not planning or not present:
        return frozenset()
    alike = offices.similarities(planning, present, config.aliases).max(axis=1)
    return frozenset(office for office, best in zip(planning, alike, strict=True) if best < offices.SAME)


def renamed(plans: Sequence[Item], completion_report: Report, config: Config) -> dict[str, str]:
    """What the report that completes calls offices of the plan by another name."""
    reporting = [item.office for item in completion_report.of(Kind.COMPLETION)]
    return offices.renamed([plan.office for plan in plans], reporting, config.aliases)


def unplanned(block: Block) -> tuple[Item, ...]:
    """The completions no plan item accounts for (计划外)."""
    accounted = np.any(block.links.accepted, axis=0).tolist()
    return tuple(item for item, known in zip(block.links.candidates, accounted, strict=True) if not known)


def _verdict(
    block: Block, row: int, setting: Setting, config: Config, *, missing: bool, cutoff: str, end: str
) -> ItemVerdict:
    evidence = gather(block, row, config.stages, date.fromisoformat(cutoff))
    plan = evidence.plan
    beyond = (plan.due or period.last_day(plan.period).isoformat()) > end
    due = Due(later=beyond or (plan.due or cutoff) > cutoff, beyond=beyond)
    judged = ladder.judge(evidence, setting, due, office_missing=missing)
    outcome = rollup.outcome([one.status for one in judged])
    status = rollup.status([one.status for one in judged])
    speaking = next((one for one in judged if one.status is status), None)
    speaking = speaking or next(one for one in judged if OUTCOME_OF[one.status] is not Outcome.DONE)
    links = tuple(
        _link(plan, block.links, row, column, _relation(evidence, block.links.candidates[column], outcome))
        for column in block.links.linked(row)
    )
    carried = tuple(
        _link(plan, block.carries, row, column, _onward(plan, block.carries.candidates[column], outcome))
        for column in block.carries.linked(row)
    )
    target, actual = _figures(evidence, evidence.measures)
    return ItemVerdict(
        item=plan,
        status=status,
        outcome=outcome,
        confidence=round(speaking.confidence, 4),
        rule=speaking.rule,
        code=speaking.code,
        reason=_reason(evidence, status),
        tasks=tuple(_task(evidence, place, one, links, carried) for place, one in enumerate(judged)),
        links=links,
        carried_to=carried,
        rejected=tuple(_link(plan, block.links, row, column, Relation.PARTIAL) for column in block.links.rejected(row)),
        target=target,
        actual=actual,
        due=plan.due,
        standing=plan.standing,
        slip_count=int(any(link.relation is Relation.REPLAN for link in carried)),
        light=lights.light(outcome, status, config, evidence.progress),
        findings=findings.of_item(evidence, outcome),
    )


def _task(
    evidence: Evidence, place: int, judged: Judged, links: tuple[Link, ...], carried: tuple[Link, ...]
) -> TaskVerdict:
    """The verdict on one task, with the links whose clauses speak of it."""
    speaking = {said.item.id for said in evidence.said if said.task == place}
    single = len(evidence.plan.tasks) == 1
    target, actual = _figures(evidence, evidence.figures(place))
    return TaskVerdict(
        task=evidence.plan.tasks[place],
        status=judged.status,
        confidence=round(judged.confidence, 4),
        rule=judged.rule,
        links=tuple(link for link in links if single or link.target in speaking),
        carried_to=carried if judged.status in _OPEN else (),
        code=judged.code,
        target=target,
        actual=actual,
    )


def _link(plan: Item, scores: Scores, row: int, column: int, relation: Relation) -> Link:
    target = scores.candidates[column]
    return Link(
        digest("link", plan.id, target.id),
        plan.id,
        target.id,
        round(float(scores.probability[row, column]), 4),
        relation,
    )


def _relation(evidence: Evidence, completion: Item, outcome: Outcome) -> Relation:
    """What a completion says of the plan item: the whole, a part, or expressly that it was not done."""
    kinds = {found.kind for said in evidence.said if said.item is completion for found in said.aspects}
    if kinds and kinds <= {aspect.Kind.NOT_DONE, aspect.Kind.WITHDRAWN}:
        return Relation.NEGATIVE
    return Relation.FULL if outcome is Outcome.DONE else Relation.PARTIAL


def _onward(plan: Item, later: Item, outcome: Outcome) -> Relation:
    """How a plan item lives on in the next plan: only what is known not to be done has slipped and is planned again."""
    if plan.standing:
        return Relation.STANDING
    if dates.rolled(plan.text, later.text, plan.period):
        return Relation.WINDOW_ROLL
    slipped = outcome in _SLIPPED and not stages.follows(plan.text, later.text)
    return Relation.REPLAN if slipped else Relation.NEXT_PHASE


def _figures(evidence: Evidence, found: Sequence[Measure]) -> tuple[Quantity | None, Quantity | None]:
    """The target and what was reached that say most: the one furthest below its target, else the first compared."""
    if not found:
        return None, None
    one = min(found, key=lambda measure: (bool(measure.met), measure.share or 0.0))
    target = Quantity(one.target.value, one.target.unit, evidence.plan.text[one.target.start : one.target.end])
    if one.actual is None:
        return target, None
    return target, Quantity(one.actual.value, one.actual.unit, evidence.reported[one.actual.start : one.actual.end])


def _reason(evidence: Evidence, status: Status) -> str | None:
    """The words that excuse what was not done, quoted."""
    if status not in {Status.DELAYED, Status.PARTIAL, Status.WITHDRAWN}:
        return None
    return next((reason for said in evidence.said for reason in said.reasons), None)

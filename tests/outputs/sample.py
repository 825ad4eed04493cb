"""The made-up bureau of sample.toml (云溪县文化和旅游局) as the engine would give it: two pairs, and threads over them.

Nothing here depends on how the engine finds its links and verdicts.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from reconcile.model.documents import Anchor, SourceFile, SourceWarning
from reconcile.model.links import Link, Relation
from reconcile.model.reconciliation import OfficeCount, Reconciliation, Summary
from reconcile.model.reports import Genre, Item, Kind, Person, Report, Task
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import (
    OUTCOME_OF,
    Finding,
    ItemVerdict,
    Outcome,
    Quantity,
    Quote,
    Review,
    Status,
    TaskVerdict,
)

ORGANISATION = "云溪县文化和旅游局"
PERSON = "某某某"
LIGHT = {"done": "绿", "partial": "黄", "slipped": "黄", "dropped": "红", "withdrawn": "蓝", "undetermined": "灰"}
HEARD = (Status.COMPLETED, Status.PARTIAL, Status.EXCEEDED, Status.DELAYED, Status.UNVERIFIABLE)


class Done(Struct):
    """One completion item."""

    period: str
    office: str
    number: int
    text: str


class Draft(Struct):
    """One planned item with what became of it."""

    period: str
    office: str
    number: int
    tasks: list[tuple[str, Status]]
    reported: list[tuple[int, Relation]] = []
    carried: list[tuple[int, Relation]] = []
    status: Status | None = None
    confidence: float = 0.96
    code: str | None = None
    reason: str | None = None
    target: Quantity | None = None
    actual: Quantity | None = None
    due: str | None = None
    standing: bool = False
    slip_count: int = 0
    light: str | None = None
    review: Review = Review.AUTO
    unnamed: dict[str, tuple[str, ...]] | None = None
    co_offices: tuple[str, ...] = ()


class Sample(Struct):
    """The whole file."""

    completion: list[Done]
    plan: list[Draft]


SAMPLE = msgspec.convert(tomllib.loads(Path(__file__).with_name("sample.toml").read_text(encoding="utf-8")), Sample)


def _id(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:12]


def _item(kind: Kind, entry: Done | Draft, file: str, place: int) -> Item:
    clauses = [entry.text.rstrip("。")] if isinstance(entry, Done) else [words.rstrip("。") for words, _ in entry.tasks]
    text = "；".join(clauses) + "。"
    key = _id(kind, entry.period, entry.office, text)
    starts = [text.index(words) for words in clauses]
    return Item(
        id=key,
        kind=kind,
        period=entry.period,
        office=entry.office,
        text=text,
        number=entry.number,
        ordinal=entry.number,
        anchor=Anchor(file, None, place + 4, 60 * place, 60 * place + len(text)),
        tasks=tuple(Task(_id(key, w), w, s, s + len(w)) for w, s in zip(clauses, starts, strict=True)),
        co_offices=() if isinstance(entry, Done) else entry.co_offices,
        standing=isinstance(entry, Draft) and entry.standing,
        persons=(Person("责任人", PERSON),),
    )


def _report(period: str, following: str) -> Report:
    name = f"云溪文旅-{period}.txt"
    entries: list[tuple[Kind, Done | Draft]] = [
        (Kind.COMPLETION, done) for done in SAMPLE.completion if done.period == period
    ]
    entries += [(Kind.PLAN, draft) for draft in SAMPLE.plan if draft.period == following]
    warning = SourceWarning(
        "duplicate_number",
        Anchor(name, None, 21, 900, 940),
        {"office": "市场管理科", "kind": "completion", "number": 3, "before": 3},
    )
    return Report(
        file=SourceFile(name, hashlib.sha256(name.encode()).hexdigest(), 8192, "txt"),
        organisation=ORGANISATION,
        title=f"{ORGANISATION}{period}工作情况",
        genre=Genre.MONTHLY,
        period=period,
        items=tuple(_item(kind, entry, name, place) for place, (kind, entry) in enumerate(entries)),
        warnings=(warning,) if period == "2023-06" else (),
    )


def _links(plan: str, draft: Draft, targets: dict[tuple[str, int], str], *, carried: bool) -> tuple[Link, ...]:
    score = round((0.89 if carried else 0.97) - 0.01 * draft.number, 4)
    return tuple(
        Link(_id(plan, carried, number), plan, targets[draft.office, number], score, relation)
        for number, relation in (draft.carried if carried else draft.reported)
    )


def _verdict(draft: Draft, item: Item, later: Report) -> ItemVerdict:
    done, plans = ({(i.office, i.number or 0): i for i in later.of(kind)} for kind in Kind)
    tasks = [
        TaskVerdict(
            task=task,
            status=status,
            confidence=draft.confidence,
            rule=status,
            links=_links(task.id, draft, {k: i.tasks[0].id for k, i in done.items()}, carried=False)
            if status in HEARD
            else (),
            carried_to=_links(task.id, draft, {k: i.tasks[0].id for k, i in plans.items()}, carried=True)
            if len(draft.tasks) == 1 or status is Status.CARRIED_OVER
            else (),
            code=draft.code,
            reason=draft.reason,
            target=draft.target,
            actual=draft.actual,
        )
        for task, (_, status) in zip(item.tasks, draft.tasks, strict=True)
    ]
    own = {task.status for task in tasks}
    status = draft.status or (own.pop() if len(own) == 1 else Status.PARTIAL)
    where = done.get((draft.office, 1), item).anchor
    return ItemVerdict(
        item=item,
        status=status,
        outcome=OUTCOME_OF[status],
        confidence=draft.confidence,
        rule=status,
        tasks=tuple(tasks),
        links=_links(item.id, draft, {k: i.id for k, i in done.items()}, carried=False),
        carried_to=_links(item.id, draft, {k: i.id for k, i in plans.items()}, carried=True),
        code=draft.code,
        reason=draft.reason,
        target=draft.target,
        actual=draft.actual,
        due=draft.due,
        standing=draft.standing,
        slip_count=draft.slip_count,
        light=draft.light or LIGHT[OUTCOME_OF[status]],
        review=draft.review,
        findings=(Finding("unnamed", (Quote("已整改19处", draft.office, where),), {**draft.unnamed}),)
        if draft.unnamed
        else (),
    )


def _count(office: str, plans: tuple[ItemVerdict, ...], unplanned: tuple[Item, ...]) -> OfficeCount:
    own = [verdict for verdict in plans if verdict.item.office == office]
    judged = [v for v in own if not v.standing and v.outcome not in (Outcome.UNDETERMINED, Outcome.WITHDRAWN)]
    counted = {outcome: sum(verdict.outcome is outcome for verdict in own) for outcome in Outcome}
    return OfficeCount(
        office=office,
        plans=len(own),
        judged=len(judged),
        done=sum(verdict.outcome is Outcome.DONE for verdict in judged),
        done_on_time=sum(verdict.outcome is Outcome.DONE and not verdict.slip_count for verdict in judged),
        partial=counted[Outcome.PARTIAL],
        slipped=counted[Outcome.SLIPPED],
        dropped=counted[Outcome.DROPPED],
        withdrawn=counted[Outcome.WITHDRAWN],
        undetermined=counted[Outcome.UNDETERMINED],
        slipped_twice=sum(verdict.slip_count >= 2 for verdict in own),
        missing=any(verdict.status is Status.OFFICE_MISSING for verdict in own),
        unplanned=sum(item.office == office for item in unplanned),
    )


def _pair(earlier: Report, later: Report) -> Reconciliation:
    drafts = [draft for draft in SAMPLE.plan if draft.period == later.period]
    plans = tuple(_verdict(d, item, later) for d, item in zip(drafts, earlier.of(Kind.PLAN), strict=True))
    linked = {link.target for verdict in plans for link in verdict.links}
    unplanned = tuple(item for item in later.of(Kind.COMPLETION) if item.id not in linked)
    tasks = [task for verdict in plans for task in verdict.tasks]
    return Reconciliation(
        version="0.1.0",
        config_sha256="c0ffee" * 10 + "c0ff",
        model="sample/1",
        plan_report=earlier,
        completion_report=later,
        period=later.period,
        plans=plans,
        unplanned=unplanned,
        summary=Summary(
            items=len(plans),
            tasks=len(tasks),
            by_status={s: n for s in Status if (n := sum(task.status is s for task in tasks))},
            by_outcome={o: n for o in Outcome if (n := sum(verdict.outcome is o for verdict in plans))},
            by_office=tuple(_count(o, plans, unplanned) for o in dict.fromkeys(v.item.office for v in plans)),
        ),
        findings=(Finding("contradiction", (Quote("暂未开工", "办公室", later.items[0].anchor),)),),
    )


def _threads(first: Reconciliation, second: Reconciliation) -> tuple[Thread, ...]:
    later = {verdict.item.id: verdict for verdict in second.plans}
    return tuple(
        _thread(first, verdict, second, later[link.target], link.relation)
        for verdict in first.plans
        for link in verdict.carried_to
    )


def _thread(
    first: Reconciliation, verdict: ItemVerdict, second: Reconciliation, after: ItemVerdict, relation: Relation
) -> Thread:
    return Thread(
        id=_id("thread", verdict.item.id),
        office=verdict.item.office,
        title=verdict.item.text,
        first_promised="2023-04" if verdict.slip_count > 1 else first.period,
        due=verdict.due,
        slip_count=after.slip_count or verdict.slip_count,
        status=after.status,
        late_done=after.outcome is Outcome.DONE and verdict.outcome is not Outcome.DONE,
        steps=(
            Step(verdict.item, first.period, None, verdict.status),
            *(Step(first.item(link.target), first.period, link.relation) for link in verdict.links),
            Step(after.item, second.period, relation, after.status),
            *(Step(second.item(link.target), second.period, link.relation) for link in after.links),
        ),
    )


REPORTS = (_report("2023-05", "2023-06"), _report("2023-06", "2023-07"), _report("2023-07", "2023-08"))
PAIRS = (_pair(REPORTS[0], REPORTS[1]), _pair(REPORTS[1], REPORTS[2]))
PAIR = PAIRS[0]
THREADS = _threads(*PAIRS)

"""Reports and reconciliations of a made-up bureau, written by hand: for tests of the layers above the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from reconcile import period
from reconcile.model.documents import Anchor, SourceFile
from reconcile.model.links import CARRIES, Link, Relation
from reconcile.model.reconciliation import Reconciliation, Summary
from reconcile.model.reports import Genre, Item, Kind, Report, Task
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Status, TaskVerdict
from reconcile.period import Period

BUREAU = "青石县水务局"


def item(kind: Kind, when: Period, text: str, office: str = "办公室", ordinal: int = 1) -> Item:
    """An item of one task, or of several where the text has ；between them."""
    name = hashlib.sha256(f"{kind}{when}{office}{text}{ordinal}".encode()).hexdigest()[:12]
    tasks, start = [], 0
    for number, part in enumerate(text.split("；"), 1):
        tasks.append(Task(f"{name}.{number}", part, start, start + len(part)))
        start += len(part) + 1
    anchor = Anchor(f"{when}.txt", None, ordinal, 100 * ordinal, 100 * ordinal + len(text))
    return Item(name, kind, when, office, text, ordinal, ordinal, anchor, tuple(tasks), (office,))


def report(when: Period, done: Iterable[str] = (), planned: Iterable[str] = (), organisation: str = BUREAU) -> Report:
    """The report of one month: what was completed in it and what is planned for the next."""
    completions = [item(Kind.COMPLETION, when, text, ordinal=n) for n, text in enumerate(done, 1)]
    plans = [item(Kind.PLAN, period.following(when), text, ordinal=n) for n, text in enumerate(planned, 1)]
    content = "\n".join(each.text for each in (*completions, *plans))
    digest = hashlib.sha256(f"{organisation}{when}{content}".encode()).hexdigest()
    file = SourceFile(f"{when}.txt", digest, len(content.encode()), "txt")
    return Report(file, organisation, f"{organisation}{when}", Genre.MONTHLY, when, (*completions, *plans))


def link(plan: str, target: str, relation: Relation, score: float = 0.9) -> Link:
    return Link(f"{plan}>{target}", plan, target, score, relation)


def judged(plan: Item, statuses: Sequence[Status], links: Iterable[Link] = ()) -> ItemVerdict:
    """The verdict on an item from those on its tasks and the links of its tasks."""
    links = tuple(links)
    done, carried = (
        tuple(each for each in links if (each.relation in CARRIES) is carries) for carries in (False, True)
    )
    tasks = tuple(
        TaskVerdict(
            task,
            status,
            0.9,
            status.value,
            tuple(each for each in done if each.plan == task.id),
            tuple(each for each in carried if each.plan == task.id),
        )
        for task, status in zip(plan.tasks, statuses, strict=True)
    )
    return ItemVerdict(plan, statuses[0], OUTCOME_OF[statuses[0]], 0.9, statuses[0].value, tasks)


def reconciliation(
    plan: Report, completion: Report, verdicts: Iterable[ItemVerdict], unplanned: Iterable[Item] = ()
) -> Reconciliation:
    verdicts = tuple(verdicts)
    statuses = [task.status for verdict in verdicts for task in verdict.tasks]
    summary = Summary(
        len(verdicts),
        len(statuses),
        {status.value: statuses.count(status) for status in set(statuses)},
        {},
        (),
    )
    return Reconciliation("0", "c" * 64, "m", plan, completion, completion.period, verdicts, tuple(unplanned), summary)

"""The round trip through Excel: doubtful verdicts and links out with drop-downs, people's decisions back in.

Each row carries the ids and the hashes of both texts in hidden columns. A row whose source has changed since it was
written is refused: the person judged other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection

from reconcile.ledger import judgements, workbook
from reconcile.ledger.judgements import Action, Entry
from reconcile.ledger.judging import Decision, drawn_up
from reconcile.ledger.replay import Index
from reconcile.ledger.reports import Filed, sha256
from reconcile.ledger.workbook import Column
from reconcile.messages import Lang, text
from reconcile.model.links import Link
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item
from reconcile.model.verdicts import Review, Status, TaskVerdict

DOUBTFUL = 0.8
"""Below this confidence, or link score, a person should look."""

_LINK_CHOICES = ("holds", "fails")
_NEEDED = ("plan_id", "target_id", "plan_sha256", "target_sha256", "status", "verdict", "link", "reason")


class Answer(Struct, frozen=True):
    """What a person wrote into one row, with what the row was about; `row` is its number in the sheet."""

    row: int
    plan: str
    plan_sha256: str
    target: str
    target_sha256: str
    decisions: tuple[Decision, ...]


class Taken(Struct, frozen=True):
    """What came of a sheet: the entries added, the rows that said nothing new, the rows refused."""

    entries: tuple[Entry, ...]
    known: int
    refused: tuple[int, ...]


def export(pairs: Iterable[Reconciliation], lang: Lang, *, everything: bool = False) -> bytes:
    """The sheet to judge: the doubtful rows, least certain first, or `everything`."""
    rows = [row for pair in pairs for row in _rows(pair, lang, everything)]
    rows.sort(key=lambda row: float(row["confidence"]))
    verdicts = tuple(text(f"statuses.{status}", lang) for status in Status)
    links = tuple(text(f"review.{choice}", lang) for choice in _LINK_CHOICES)
    shown = [
        ("period", 9, ()),
        ("office", 14, ()),
        ("plan", 44, ()),
        ("said", 10, ()),
        ("confidence", 8, ()),
        ("target", 44, ()),
        ("relation", 10, ()),
        ("score", 8, ()),
        ("verdict", 12, verdicts),
        ("link", 10, links),
        ("reason", 30, ()),
    ]
    columns = [
        Column(key, text(f"review.column_{key}", lang), width, choices, key in ("verdict", "link", "reason"))
        for key, width, choices in shown
    ]
    hidden = [Column(key) for key in ("plan_id", "target_id", "plan_sha256", "target_sha256", "status")]
    notes = (text("review.how", lang), text("outputs.notice", lang))
    return workbook.write(text("review.title", lang), [*columns, *hidden], rows, notes)


def answers(data: bytes, file: str, actor: str) -> list[Answer]:
    """The rows of a sheet somebody filled in; those left empty are passed over."""
    found = []
    for number, row in enumerate(workbook.read(data, file, _NEEDED), 3):
        if decisions := tuple(_decisions(row, actor)):
            ids = (row["plan_id"], row["plan_sha256"], row["target_id"], row["target_sha256"])
            found.append(Answer(number, *ids, decisions))
    return found


def take(connection: Connection, filed: Sequence[Filed], current: Sequence[int], given: Iterable[Answer]) -> Taken:
    """Record the decisions of a sheet. Taking the same sheet again adds nothing."""
    index = Index(connection, filed)
    standing = {_gist(entry) for entry in judgements.in_force(judgements.load(connection))}
    entries, refused, known = [], [], 0
    for answer in given:
        if not _unchanged(index, answer.plan, answer.plan_sha256) or (
            answer.target and not _unchanged(index, answer.target, answer.target_sha256)
        ):
            refused.append(answer.row)
            continue
        for decision in answer.decisions:
            if (decision.action, decision.plan, decision.target, decision.status, decision.actor) in standing:
                known += 1
            else:
                entry = judgements.append(connection, drawn_up(connection, filed, current, decision))
                standing.add(_gist(entry))
                entries.append(entry)
    return Taken(tuple(entries), known, tuple(refused))


def _rows(pair: Reconciliation, lang: Lang, everything: bool) -> Iterator[dict[str, str]]:
    """A row a link of a task, or one for a task without any."""
    where = {
        unit: (item, words)
        for report in (pair.plan_report, pair.completion_report)
        for item in report.items
        for unit, words in ((item.id, item.text), *((task.id, task.head + task.text) for task in item.tasks))
    }
    for verdict in pair.plans:
        single = len(verdict.tasks) == 1
        for task in verdict.tasks:
            links = (*task.links, *task.carried_to) or ((*verdict.links, *verdict.carried_to) if single else ())
            known = [link for link in links if link.target in where]
            doubtful = verdict.review is Review.AUTO and _doubtful(task, known)
            if everything or doubtful:
                for link in known:
                    yield _row(pair, verdict.item, task, link, where, lang)
                if not known:
                    yield _row(pair, verdict.item, task, None, where, lang)


def _doubtful(task: TaskVerdict, links: Iterable[Link]) -> bool:
    unsure = task.status is Status.UNVERIFIABLE or task.confidence < DOUBTFUL
    return unsure or any(link.score < DOUBTFUL for link in links)


def _row(
    pair: Reconciliation,
    item: Item,
    task: TaskVerdict,
    link: Link | None,
    where: dict[str, tuple[Item, str]],
    lang: Lang,
) -> dict[str, str]:
    plan = link.plan if link else task.task.id
    target = where[link.target] if link else None
    return {
        "period": pair.period,
        "office": item.office,
        "plan": where[plan][1],
        "said": text(f"statuses.{task.status}", lang),
        "confidence": f"{task.confidence:.2f}",
        "target": f"{target[0].office}：{target[1]}" if target else "",
        "relation": text(f"statuses.relation_{link.relation}", lang) if link else "",
        "score": f"{link.score:.2f}" if link else "",
        "plan_id": plan,
        "target_id": link.target if link else "",
        "plan_sha256": sha256(where[plan][1].encode()),
        "target_sha256": sha256(target[1].encode()) if target else "",
        "status": task.status.value,
    }


def _decisions(row: dict[str, str], actor: str) -> Iterator[Decision]:
    """What one row decides: on the link first, then on the verdict; a reason alone is a note."""
    plan, target, reason = row["plan_id"], row["target_id"] or None, row["reason"]
    link, verdict = _choice(row["link"], _LINK_CHOICES, "review."), _choice(row["verdict"], Status, "statuses.")
    if link and target:
        action = Action.CONFIRM if link == "holds" else Action.REJECT
        yield Decision(action, plan, actor, target, reason=reason)
    if verdict and verdict == row["status"]:
        yield Decision(Action.CONFIRM, plan, actor, reason=reason)
    elif verdict:
        yield Decision(Action.OVERRIDE, plan, actor, status=Status(verdict), reason=reason)
    if reason and not link and not verdict:
        yield Decision(Action.NOTE, plan, actor, reason=reason)


def _choice(written: str, names: Iterable[str], area: str) -> str | None:
    """The name behind a chosen word, in whichever language the sheet was written."""
    languages: tuple[Lang, ...] = ("zh", "en")
    words = {text(f"{area}{name}", lang): str(name) for name in names for lang in languages}
    return words.get(written)


def _unchanged(index: Index, unit: str, digest: str) -> bool:
    side = index.get(unit)
    return side is not None and side.sha256 == digest


def _gist(entry: Entry) -> tuple[object, ...]:
    judgement = entry.judgement
    target = judgement.target.id if judgement.target else None
    return judgement.action, judgement.plan.id, target, judgement.status, judgement.actor

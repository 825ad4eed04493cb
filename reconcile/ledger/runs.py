"""Runs in the ledger: each a `Reconciliation` of two stored reports, with its verdicts and links as rows.

A run is never changed. Which runs count now follows from the reports: for each two consecutive current reports of an
organisation, the run made last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, groupby, pairwise

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from reconcile.ledger import reports
from reconcile.ledger.clock import now
from reconcile.ledger.reports import Filed, Row, digest, insert_row, insert_rows, many, rows
from reconcile.ledger.tables import links, runs, verdicts
from reconcile.model.links import Barred, Link
from reconcile.model.reconciliation import Reconciliation, Summary
from reconcile.model.reports import Report
from reconcile.model.verdicts import Finding, ItemVerdict, TaskVerdict
from reconcile.period import Period

Pair = tuple[Filed, Filed]
"""Two consecutive reports: the one that plans, the one that completes."""


class Current(Struct, frozen=True):
    """A run that counts now: its number, the numbers of its reports, its period."""

    id: int
    plan_report: int
    completion_report: int
    period: Period


class Header(Struct, frozen=True):
    """What a run's row keeps of a `Reconciliation`: all but its reports and verdicts, which have rows of their own."""

    version: str
    config_sha256: str
    model: str
    period: Period
    unplanned: tuple[str, ...]
    summary: Summary
    findings: tuple[Finding, ...]
    late: tuple[Link, ...]
    barred: tuple[Barred, ...] = ()


def pairs(filed: Iterable[Filed]) -> list[Pair]:
    """The consecutive reports of each organisation, months with months, quarters with quarters, years with years."""
    series = sorted(filed, key=lambda one: (*_series(one), one.period, one.part))  # a plan comes before its report
    return [pair for _, group in groupby(series, key=_series) for pair in pairwise(group)]


def add(connection: Connection, pair: Reconciliation, plan_report: int, completion_report: int) -> int:
    """Store a reconciliation of two stored reports; the same one stored last already is not stored again."""
    header = Header(
        pair.version,
        pair.config_sha256,
        pair.model,
        pair.period,
        tuple(item.id for item in pair.unplanned),
        pair.summary,
        pair.findings,
        pair.late,
        pair.barred,
    )
    head = {
        "plan_report_id": plan_report,
        "completion_report_id": completion_report,
        "period": pair.period,
        "version": pair.version,
        "model": pair.model,
        "config_sha256": pair.config_sha256,
        "record": msgspec.json.encode(header).decode(),
    }
    judged = [row for each in pair.plans for row in _verdict_rows(each)]
    stated = list({_key(link): _link_row(link) for link in _stated(pair)}.values())
    known = digest(head, judged, stated)
    last = connection.execute(
        select(runs.c.id, runs.c.record_sha256)
        .where(runs.c.plan_report_id == plan_report, runs.c.completion_report_id == completion_report)
        .order_by(runs.c.id.desc())
    ).first()
    if last and last.record_sha256 == known:
        return int(last.id)
    run = insert_row(connection, runs, **head, record_sha256=known, run_at=now())
    insert_rows(connection, verdicts, judged, run_id=run)
    insert_rows(connection, links, stated, run_id=run)
    return run


def recorded(connection: Connection, run: int) -> str:
    """The hash of a run as it stands in the ledger: every column but when it was made."""
    head = rows(connection, runs, runs.c.id == run, leave={"id", "record_sha256", "run_at"})[0]
    judged = rows(connection, verdicts, verdicts.c.run_id == run, leave={"run_id"})
    return digest(head, judged, rows(connection, links, links.c.run_id == run, leave={"run_id"}))


def current(connection: Connection, filed: Iterable[Filed]) -> list[Current]:
    """The run that counts for each pair of consecutive reports that has one, in the order of `pairs`."""
    latest = select(func.max(runs.c.id)).group_by(runs.c.plan_report_id, runs.c.completion_report_id)
    columns = (runs.c.id, runs.c.plan_report_id, runs.c.completion_report_id, runs.c.period)
    found = {row[1:3]: Current(*row) for row in connection.execute(select(*columns).where(runs.c.id.in_(latest)))}
    wanted = [(plan.id, completion.id) for plan, completion in pairs(filed)]
    return [found[pair] for pair in wanted if pair in found]


def load(
    connection: Connection, run: Current, read: dict[int, Report], only: Collection[str] | None = None
) -> Reconciliation:
    """A run as it was recorded, or just what it says of the items whose ids are in `only`.

    `read` keeps the reports already loaded, since most are the completion of one run and the plan of the next.
    """
    header = msgspec.json.decode(
        connection.execute(select(runs.c.record).where(runs.c.id == run.id)).scalar_one(), type=Header
    )
    for report in (run.plan_report, run.completion_report):
        if report not in read:
            read[report] = reports.load(connection, report, only)
    plan_report, completion_report = read[run.plan_report], read[run.completion_report]
    query = select(verdicts.c.item_id, verdicts.c.record).where(
        verdicts.c.run_id == run.id, verdicts.c.record.is_not(None)
    )
    if only is not None:
        query = query.where(verdicts.c.item_id.in_(only))
    found = {row.item_id: row.record for row in connection.execute(query)}
    completions = {item.id: item for item in completion_report.items}
    return Reconciliation(
        version=header.version,
        config_sha256=header.config_sha256,
        model=header.model,
        plan_report=plan_report,
        completion_report=completion_report,
        period=header.period,
        plans=tuple(many((found[item.id] for item in plan_report.items if item.id in found), ItemVerdict)),
        unplanned=tuple(completions[each] for each in header.unplanned if each in completions),
        summary=header.summary,
        findings=header.findings,
        late=tuple(link for link in header.late if only is None or link.plan in only),
        barred=header.barred,
    )


def _series(filed: Filed) -> tuple[int, str]:
    form = "month" if "-" in filed.period else "year"
    return filed.organisation_id, "quarter" if "Q" in filed.period else form


def links_of(verdict: ItemVerdict) -> Iterable[Link]:
    """All accepted links of an item and its tasks, to completions and to later plans."""
    judged: tuple[ItemVerdict | TaskVerdict, ...] = (verdict, *verdict.tasks)
    for each in judged:
        yield from (*each.links, *each.carried_to)


def _stated(pair: Reconciliation) -> Iterable[Link]:
    """Every link a record states."""
    return chain(pair.late, *(links_of(each) for each in pair.plans))


def _key(link: Link) -> tuple[str, str, str]:
    return link.plan, link.target, link.relation.value


def _link_row(link: Link) -> Row:
    return {
        "plan_id": link.plan,
        "target_id": link.target,
        "relation": link.relation.value,
        "score": link.score,
    }


def _verdict_rows(verdict: ItemVerdict) -> Iterable[Row]:
    """A row for the item, with the whole record, and one for each of its tasks."""
    yield {
        "item_id": verdict.item.id,
        "task_id": "",
        "status": verdict.status.value,
        "outcome": verdict.outcome.value,
        "confidence": verdict.confidence,
        "rule": verdict.rule,
        "record": msgspec.json.encode(verdict).decode(),
    }
    for task in verdict.tasks:
        yield {
            "item_id": verdict.item.id,
            "task_id": task.task.id,
            "status": task.status.value,
            "outcome": task.outcome.value,
            "confidence": task.confidence,
            "rule": task.rule,
            "record": None,
        }

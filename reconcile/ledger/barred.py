"""Links that people rejected, as the engine is told of them: a pair whose run knew others is judged anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from reconcile.ledger import runs
from reconcile.ledger.judgements import Action
from reconcile.ledger.replay import replay
from reconcile.ledger.reports import Filed
from reconcile.ledger.tables import items, judgements
from reconcile.ledger.tables import runs as runs_table
from reconcile.model.links import Barred

ReportIds = tuple[int, int]
"""The ids of two consecutive reports in the ledger."""


class _Told(Struct):
    """What the header of a run says of it."""

    barred: tuple[Barred, ...] = ()


def wanted(connection: Connection, filed: Sequence[Filed]) -> dict[ReportIds, tuple[Barred, ...]]:
    """For each pair of reports the links between them that are rejected now."""
    if not _ever(connection):
        return {}
    applied = replay(connection, filed).applied
    rejected = {
        (each.plan, each.target)
        for each in applied
        if each.plan and each.target and each.entry.judgement.action is Action.REJECT
    }
    where = _reports_of(connection, filed, {unit for pair in rejected for unit in pair})
    found: dict[ReportIds, set[Barred]] = defaultdict(set)
    for one, other in ((one.id, other.id) for one, other in runs.pairs(filed)):
        found[one, other] = {pair for pair in rejected if one in where[pair[0]] and other in where[pair[1]]}
    return {pair: tuple(sorted(links)) for pair, links in found.items() if links}


def told(connection: Connection, current: Iterable[runs.Current]) -> dict[ReportIds, tuple[Barred, ...]]:
    """For each pair of reports that is judged, the links its run was told of."""
    pairs = {run.id: (run.plan_report, run.completion_report) for run in current}
    if not _ever(connection):
        return dict.fromkeys(pairs.values(), ())
    headers = connection.execute(select(runs_table.c.id, runs_table.c.record).where(runs_table.c.id.in_(list(pairs))))
    return {pairs[row.id]: msgspec.json.decode(row.record, type=_Told).barred for row in headers}


def _ever(connection: Connection) -> bool:
    """Whether anybody ever rejected a link."""
    rejected = select(judgements.c.number).where(judgements.c.action == Action.REJECT.value)
    return connection.execute(rejected.limit(1)).first() is not None


def _reports_of(connection: Connection, filed: Iterable[Filed], units: set[str]) -> dict[str, set[int]]:
    current = {one.id for one in filed}
    where: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(select(items.c.id, items.c.report_id).where(items.c.id.in_(units))):
        if row.report_id in current:
            where[row.id].add(row.report_id)
    return where

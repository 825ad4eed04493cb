"""Re-hashing everything: whether the ledger still says what was written into it."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select, text

from reconcile.ledger import judgements, reports, runs
from reconcile.ledger import tables as t
from reconcile.ledger.reports import sha256
from reconcile.model import Report


class Fault(Struct, frozen=True):
    """Something that does not hold: `code` names an entry of the messages, `subject` the row."""

    code: str
    subject: str


class Audit(Struct, frozen=True):
    """What was checked, and what was wrong with it."""

    reports: int
    runs: int
    judgements: int
    faults: tuple[Fault, ...]


def audit(connection: Connection) -> Audit:
    """Check the file itself, every report, run and judgement."""
    faults = list(_file(connection))
    read: dict[int, Report] = {}
    stored = connection.execute(select(t.reports.c.id, t.reports.c.record_sha256, t.reports.c.file)).all()
    for row in stored:
        read[row.id] = reports.load(connection, row.id)
        if sha256(msgspec.json.encode(read[row.id])) != row.record_sha256:
            faults.append(Fault("report_changed", f"{row.id} ({row.file})"))
    columns = (t.runs.c[name] for name in ("id", "plan_report_id", "completion_report_id", "period", "record_sha256"))
    judged = connection.execute(select(*columns)).all()
    for *run, digest in judged:
        pair = runs.load(connection, runs.Current(*run), read)
        if sha256(msgspec.json.encode(pair)) != digest:
            faults.append(Fault("run_changed", f"{run[0]} ({pair.period})"))
    chain = judgements.load(connection)
    if number := judgements.broken(chain):
        faults.append(Fault("chain_broken", str(number)))
    return Audit(len(stored), len(judged), len(chain), tuple(faults))


def _file(connection: Connection) -> list[Fault]:
    """What SQLite itself finds wrong; PostgreSQL checks its pages when they are read."""
    if connection.dialect.name != "sqlite":
        return []
    damage = [row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    strays = [f"{row[0]}:{row[1]}" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return [*(Fault("file_damaged", each) for each in damage), *(Fault("stray_row", each) for each in strays)]

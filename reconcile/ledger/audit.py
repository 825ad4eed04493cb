"""Re-hashing everything: whether the ledger still says what was written into it."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, select, text

from reconcile.ledger import judgements, reports, runs
from reconcile.ledger import tables as t


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
    stored = connection.execute(select(t.reports.c.id, t.reports.c.record_sha256, t.reports.c.file)).all()
    faults += [
        Fault("report_changed", f"{row.id} ({row.file})")
        for row in stored
        if reports.recorded(connection, row.id) != row.record_sha256
    ]
    judged = connection.execute(select(t.runs.c.id, t.runs.c.record_sha256, t.runs.c.period)).all()
    faults += [
        Fault("run_changed", f"{run.id} ({run.period})")
        for run in judged
        if runs.recorded(connection, run.id) != run.record_sha256
    ]
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

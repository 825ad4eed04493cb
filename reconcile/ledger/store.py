"""The ledger's façade: what commands and other programs call.

A `Ledger` holds no state but its database; every method is one transaction or one consistent view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from reconcile import carryover
from reconcile.config import Config
from reconcile.errors import NothingToCheck, StoreError
from reconcile.ledger import aliases, barred, judgements, late, reports, review, runs
from reconcile.ledger.aliases import Alias
from reconcile.ledger.audit import Audit, audit
from reconcile.ledger.clock import now
from reconcile.ledger.database import DEFAULT_FILE, Database
from reconcile.ledger.judgements import Action, Entry, Judgement
from reconcile.ledger.judging import Decision, drawn_up
from reconcile.ledger.replay import Replay, replay
from reconcile.ledger.reports import Filed, Stored
from reconcile.ledger.review import Answer, Taken
from reconcile.ledger.views import Overview, Trace, View
from reconcile.ledger.waiting import Waiting
from reconcile.model.links import Barred
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report
from reconcile.model.threads import Thread
from reconcile.period import Period
from reconcile.workers import Workers


class Ledger:
    """Every report, verdict and judgement (台账): a SQLite file, or a PostgreSQL database by URL."""

    def __init__(self, database: Database, config: Config) -> None:
        self.database = database
        self.config = config

    @classmethod
    def open(
        cls, store: str | Path | None = None, config: Config | None = None, *, create: bool = False, wait: float = 30.0
    ) -> Self:
        """The ledger in a file or behind a URL, else the configuration's; with `create`, a new one where there is none.

        `config` is what months are judged by and which lights are shown; `wait` is how many seconds to wait for another
        writer. `StoreError` says why a ledger cannot be used: absent, written by a newer version, locked, read-only,
        damaged.
        """
        config = config or Config()
        database = Database(store or config.store or DEFAULT_FILE, wait)
        try:
            database.open(create=create)
        except BaseException:
            database.engine.dispose()
            raise
        return cls(database, config)

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reports and runs -----------------------------------------------------------------------------------------

    def add(self, report: Report, organisation: str | None = None) -> Stored:
        """Store a report, filed under `organisation` or the name it bears; a content that is there already stays once.

        Other content for the same organisation and period is a new version, which supersedes the one before.
        """
        if not (organisation or report.organisation):
            raise StoreError("ledger.no_organisation", file=report.file.name)
        with self.database.write() as connection:
            return reports.add(connection, report, organisation or report.organisation)

    def record(self, pair: Reconciliation) -> int:
        """Store a finished reconciliation with both of its reports; the number of the run."""
        names = (pair.plan_report.organisation, pair.completion_report.organisation)
        name = next(filter(None, names), None)
        if name is None:
            raise StoreError("ledger.no_organisation", file=pair.plan_report.file.name)
        with self.database.write() as connection:
            plan, completion = (
                reports.add(connection, report, report.organisation or name).report_id
                for report in (pair.plan_report, pair.completion_report)
            )
            return runs.add(connection, pair, plan, completion)

    def bring_up_to_date(
        self, config: Config | None = None, *, again: bool = False, workers: Workers | None = None
    ) -> int:
        """Judge every two consecutive reports that no run has judged yet, or all of them `again`; how many it judged.

        Those whose links people have rejected since are judged anew, without these.

        A run made before is kept; where nothing has changed, judging again adds nothing. `workers` do it, if given.
        """
        count, total = 0, self.unjudged(again=again)
        spread = (workers or Workers(1)).spread
        for waiting, result in spread(Waiting.judged, self.waiting(config, again=again), total):
            if isinstance(result, NothingToCheck):
                continue  # a report without plans, or without completions: nothing is said about anybody
            if isinstance(result, Exception):
                raise result
            self.keep(waiting, result)
            count += 1
        return count

    def unjudged(self, *, again: bool = False) -> int:
        """How many pairs of reports `bring_up_to_date` would judge."""
        with self.database.read() as connection:
            return len(_unjudged(connection, again=again))

    def waiting(self, config: Config | None = None, *, again: bool = False) -> Iterator[Waiting]:
        """The pairs `bring_up_to_date` would judge, read one by one: for callers who judge them elsewhere.

        `config` is the ledger's own unless another is given.
        """
        with self.database.read() as connection:
            unjudged = _unjudged(connection, again=again)
            dated = aliases.load(connection)
        read: dict[int, Report] = {}
        for pair, rejected in unjudged:
            read = {one.id: read.get(one.id) or self.report(one.id) for one in pair}
            plan, completion = (read[one.id] for one in pair)
            settings = dated.on(pair[0].organisation_id, completion, config or self.config)
            yield Waiting(pair, plan, completion, settings, rejected)

    def keep(self, waiting: Waiting, judged: Reconciliation) -> None:
        """Store what a waiting pair was judged to be, with what it makes up late for the pairs before it.

        What is made up by pairs after it, should these have come first, is looked for again.
        """
        with self.database.write() as connection:
            late.keep(connection, waiting, judged)

    def contents(self) -> frozenset[str]:
        """The hash of the content of every report ever stored."""
        with self.database.read() as connection:
            return reports.contents(connection)

    def reports(self, organisation: str | None = None) -> list[Filed]:
        """The current reports: of each organisation and period the newest version."""
        with self.database.read() as connection:
            return reports.current(connection, organisation)

    def called(self, name: str) -> str | None:
        """The name under which an organisation's reports are filed, from any form of it; None where there is none."""
        with self.database.read() as connection:
            found = reports.called(connection, name)
        return found[1] if found else None

    def report(self, report_id: int) -> Report:
        """A stored report as it was read, whatever its version."""
        with self.database.read() as connection:
            return reports.load(connection, report_id)

    def reconciliations(
        self, organisation: str | None = None, period: Period | None = None
    ) -> tuple[Reconciliation, ...]:
        """The runs that count now, with people's judgements in them; of one period where it is given."""
        with self.database.read() as connection:
            return View(connection, self.config, organisation).reconciliations(period)

    def reconciliations_about(self, unit: str) -> tuple[Reconciliation, ...]:
        """The runs that judge an item or a task of this id; all of them where none does: it may be that of a link."""
        with self.database.read() as connection:
            return View(connection, self.config).about(unit)

    def overview(self, organisation: str | None = None, period: Period | None = None) -> Overview:
        """What a report shows: the runs of `reconciliations` with their slip counts, and the threads they belong to."""
        with self.database.read() as connection:
            return View(connection, self.config, organisation).overview(period)

    def threads(self, organisation: str | None = None) -> tuple[Thread, ...]:
        """Every piece of work over all months."""
        return carryover.threads(self.reconciliations(organisation))

    def trace(self, words: str | None = None) -> Trace:
        """The threads an id leads to (of a task or an item), those whose text holds the words, or all of them."""
        with self.database.read() as connection:
            return View(connection, self.config).trace(words)

    # --- judgements -----------------------------------------------------------------------------------------------

    def judge(self, *decisions: Decision) -> tuple[Entry, ...]:
        """Record what a person decided, all of it or, where one decision is refused (`StoreError`), none."""
        with self.database.write() as connection:
            filed = reports.current(connection)
            current = [run.id for run in runs.current(connection, filed)]
            return tuple(
                judgements.append(connection, drawn_up(connection, filed, current, decision)) for decision in decisions
            )

    def review(self, answers: Iterable[Answer]) -> Taken:
        """Record the decisions of a filled-in sheet; rows whose source has changed are refused."""
        with self.database.write() as connection:
            filed = reports.current(connection)
            current = [run.id for run in runs.current(connection, filed)]
            return review.take(connection, filed, current, answers)

    def undo(self, entry: str, actor: str, reason: str = "") -> Entry:
        """Take a judgement back, by its number or the beginning of its id: a new entry that names it."""
        with self.database.write() as connection:
            found = judgements.find(judgements.load(connection), entry)
            undoing = Judgement(Action.UNDO, found.judgement.plan, actor, now(), reason, undoes=found.id)
            return judgements.append(connection, undoing)

    def judgements(self) -> tuple[Entry, ...]:
        """The whole chain of judgements, oldest first."""
        with self.database.read() as connection:
            return judgements.load(connection)

    def take_judgements(self, entries: Iterable[Entry]) -> int:
        """Append the judgements of another ledger's chain that are not here yet, as they are; how many were new."""
        with self.database.write() as connection:
            known = {entry.id for entry in judgements.load(connection)}
            new = [entry for entry in entries if entry.id not in known]
            for entry in new:
                judgements.append(connection, entry.judgement)
            return len(new)

    def replay(self) -> Replay:
        """What has become of every judgement in force in the reports as they are now."""
        with self.database.read() as connection:
            return replay(connection, reports.current(connection))

    # --- upkeep ---------------------------------------------------------------------------------------------------

    def add_alias(self, organisation: str, office: str, alias: str, first: date | None, last: date | None) -> None:
        """Record that an office was also called `alias`, from one day to another, both inclusive (None: open)."""
        with self.database.write() as connection:
            filed = reports.current(connection, organisation)
            if not filed:
                raise StoreError("ledger.unknown_organisation", organisation=organisation)
            begun, over = (day.isoformat() if day else None for day in (first, last))
            aliases.add(connection, [Alias(filed[0].organisation_id, office, alias, begun, over)])

    def backup(self, target: Path) -> None:
        """Copy a SQLite ledger to a new file while it is in use."""
        self.database.backup(target)

    def verify(self) -> Audit:
        """Re-hash every report, run and judgement."""
        with self.database.read() as connection:
            return audit(connection)


def _unjudged(connection: Connection, *, again: bool) -> list[tuple[runs.Pair, tuple[Barred, ...]]]:
    """The pairs to judge, with the links people rejected: those without a run, and those whose run knew others."""
    filed = reports.current(connection)
    wanted = barred.wanted(connection, filed)
    known = {} if again else barred.told(connection, runs.current(connection, filed))
    waiting = ((pair, (pair[0].id, pair[1].id)) for pair in runs.pairs(filed))
    return [(pair, wanted.get(ids, ())) for pair, ids in waiting if known.get(ids) != wanted.get(ids, ())]

"""The check from end to end: reports in, months judged, flags raised and compared with the last check."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reconcile import __version__
from reconcile.check import flags, notices, publish, record, sending, words, workdays
from reconcile.check.compare import LookedAt, cleared, compared
from reconcile.check.inbox import TakenIn, take_in
from reconcile.check.journal import Journal
from reconcile.check.organisation import look, write_outputs
from reconcile.check.record import Change, Checked, Flag, Moved, Record
from reconcile.config import Config
from reconcile.errors import InputError, ReconcileError
from reconcile.ledger.reports import Filed
from reconcile.ledger.store import Ledger
from reconcile.ledger.waiting import Waiting
from reconcile.messages import text
from reconcile.period import Period, following, preceding
from reconcile.policy import Check, FlagKind
from reconcile.workers import Workers


class Scope(Struct, frozen=True):
    """What to check and how: `base` is the folder relative paths start from; `dry` writes and tells nothing."""

    base: Path
    today: date
    inbox: Path | None = None
    organisations: tuple[str, ...] = ()
    since: Period | None = None
    dry: bool = False
    exit_zero: bool = False
    processes: int = 1


def check(ledger: Ledger, config: Config, scope: Scope, journal: Journal) -> Record:
    """One check over a ledger; its record, which stays in `run.json` of the policy's folder.

    A dry run is the same over a ledger that is thrown away, and leaves no record.
    """
    started = time.monotonic()
    last = record.load(scope.base / config.check.folder / record.FILE_NAME)
    taken = TakenIn()
    with Workers(scope.processes) as workers:
        if scope.inbox:
            taken = take_in(ledger, scope.inbox, config, _own_files(ledger, config, scope), journal, workers)
        failed = _judge(ledger, config, workers, journal)
    policy = _by_filed_names(config.check, ledger)
    names = _names(ledger, policy, scope)
    months = _look(names, ledger, policy, scope, last, journal)
    reports, looked_at = _calendar(names, ledger, policy, scope, last)
    looked_at |= {(pair.organisation, pair.period) for pair in months.pairs}
    if scope.inbox:
        looked_at.add(("", ""))
    found = compared((*taken.flags, *failed, *months.flags, *reports), last, policy, scope.today)
    gone = cleared(found, last, looked_at)
    day = scope.today.isoformat()
    told = sending.retried(last.notices, policy.tell) if last else []
    result = Record(
        version=__version__,
        config_sha256=config.sha256(),
        day=day,
        finished="",
        seconds=0.0,
        exit_code=_exit_code(found, months.pairs, scope),
        summary="",
        counts={},
        pairs=months.pairs,
        flags=tuple(flags.in_order(found)),
        cleared=gone,
        moved=months.moved,
        imported=taken.imported,
        outputs=months.outputs,
        notices=(*told, *notices.drawn_up(policy, found, gone, day, journal.lang)),
        notes=(*_notes(policy, scope, journal), *_older(taken, months.pairs, journal)),
    )
    result = _numbered(result, len(names))
    publish.say(result, journal)
    seconds = time.monotonic() - started
    if scope.dry:
        return publish.rehearsed(result, seconds, journal)
    return publish.published(_with_the_rest(result, last, looked_at, names), policy, scope.base, seconds, journal)


class _Months(Struct, frozen=True):
    """What the organisations looked at have come to."""

    pairs: tuple[Checked, ...]
    flags: tuple[Flag, ...]
    moved: tuple[Moved, ...]
    outputs: tuple[str, ...]


def _own_files(ledger: Ledger, config: Config, scope: Scope) -> list[Path]:
    """What the check itself keeps, should it lie in the inbox."""
    folders = [config.check.folder, *(output.folder for output in config.check.outputs)]
    store = ledger.database.name
    return [*(scope.base / folder for folder in folders), *(Path(store + end) for end in ("", "-wal", "-shm"))]


def _judge(ledger: Ledger, config: Config, workers: Workers, journal: Journal) -> list[Flag]:
    """Judge every pair no run has judged yet; a flag for each that cannot be.

    Across a missing month the plans are held against the next report there is; the calendar flags the gap.
    """
    failed = []
    total = ledger.unjudged()
    with journal.progress("judging", total) as advance:
        for waiting, result in workers.spread(Waiting.judged, ledger.waiting(config), total):
            plan, completion = waiting.filed
            if not isinstance(result, Exception):
                ledger.keep(waiting, result)
            elif completion.period == following(plan.period):
                failed.append(_not_judged(completion, result, journal))
            advance()
    return failed


def _not_judged(completion: Filed, error: Exception, journal: Journal) -> Flag:
    facts = {"organisation": completion.organisation, "period": completion.period}
    if isinstance(error, ReconcileError):
        why = error.message(journal.lang)
    else:
        why = text("check.not_judged", journal.lang, why=f"{type(error).__name__}: {error}", **facts)
    return Flag(FlagKind.UNREADABLE, completion.organisation, completion.period, text=why)


def _by_filed_names(policy: Check, ledger: Ledger) -> Check:
    """The policy with every organisation under the name its reports are filed under."""

    def filed(name: str) -> str:
        return ledger.called(name) or name

    return replace(
        policy,
        organisations=tuple(filed(name) for name in policy.organisations),
        exempt=tuple(replace(each, organisation=filed(each.organisation)) for each in policy.exempt),
        tell=tuple(
            replace(each, organisations=tuple(filed(name) for name in each.organisations)) for each in policy.tell
        ),
    )


def _names(ledger: Ledger, policy: Check, scope: Scope) -> list[str]:
    """The organisations to look at: those asked for, else all that report or should."""
    known = {filed.organisation for filed in ledger.reports()} | set(policy.organisations)
    asked = {ledger.called(name) or name: name for name in scope.organisations}
    for name, given in asked.items():
        if name not in known:
            raise InputError("check.unknown_organisation", organisation=given)
    return sorted(asked or known)


def _look(
    names: Sequence[str], ledger: Ledger, policy: Check, scope: Scope, last: Record | None, journal: Journal
) -> _Months:
    pairs: list[Checked] = []
    found: list[Flag] = []
    changed: list[Moved] = []
    written: list[str] = []
    with journal.progress("looking", len(names)) as advance:
        for name in names:
            for seen in look(name, ledger.reconciliations(name), scope.since, last, ledger.config):
                pairs.append(seen.checked)
                found += seen.flags
                changed += seen.moved
                if not scope.dry:
                    for path, fresh in write_outputs(seen, policy.outputs, scope.base, journal.lang, last):
                        written.append(str(path))
                        if fresh:
                            journal.say("output", file=path)
            advance()
    return _Months(tuple(pairs), tuple(found), tuple(changed), tuple(written))


def _calendar(
    names: Collection[str], ledger: Ledger, policy: Check, scope: Scope, last: Record | None
) -> tuple[list[Flag], set[tuple[str, Period]]]:
    """The flags of reports that are missing or late, and the reports looked for."""
    filed: dict[str, set[Period]] = {}
    for one in ledger.reports():
        filed.setdefault(one.organisation, set()).add(one.period)
    missed: dict[str, set[Period]] = {}
    for flag in last.flags if last else ():
        if flag.kind in (FlagKind.REPORT_MISSING, FlagKind.REPORT_LATE):
            missed.setdefault(flag.organisation, set()).add(flag.period)
    by_now = partial(workdays.expected, today=scope.today, working_day=policy.due_day)
    wanted = flags.wanted(policy.organisations, filed, by_now)
    found: list[Flag] = []
    looked_at: set[tuple[str, Period]] = set()
    for name in wanted.keys() & names:
        there = filed.get(name, set())
        found += flags.of_reports(name, there, wanted[name], missed.get(name, ()))
        looked_at |= {(name, wanted[name]), (name, preceding(wanted[name]))}
    return found, looked_at


def _exit_code(found: Iterable[Flag], pairs: Sequence[Checked], scope: Scope) -> int:
    """The contract's: 1 where something fails the check, 5 where there was nothing to check."""
    if any(flag.fails for flag in found):
        return 0 if scope.exit_zero else 1
    return 0 if pairs else 5


def _notes(policy: Check, scope: Scope, journal: Journal) -> tuple[str, ...]:
    """What an administrator should know of this check: a calendar that ends, exemptions that are over."""
    notes = []
    if not workdays.has_calendar(scope.today.year):
        notes.append(journal.say("no_calendar", "warning", year=scope.today.year))
    for each in policy.exempt:
        if each.until < scope.today:
            facts = {"organisation": each.organisation, "until": each.until, "reason": each.reason}
            notes.append(journal.say("exemption_over", "warning", **facts))
    return tuple(notes)


def _older(taken: TakenIn, pairs: Iterable[Checked], journal: Journal) -> Iterator[str]:
    """A word on each correction of a month that this check did not look at."""
    covered = {(pair.organisation, period) for pair in pairs for period in (pair.period, preceding(pair.period))}
    for each in taken.imported:
        if each.state == "corrected" and (each.organisation, each.period) not in covered:
            yield journal.say("older_corrected", organisation=each.organisation, period=each.period)


def _numbered(result: Record, organisations: int) -> Record:
    """With its counts: of flags, those that are new by kind and those that stand."""
    new = Counter(words.name(flag) for flag in result.flags if flag.change is not Change.STANDING and not flag.exempt)
    states = Counter(each.state for each in result.imported)
    counts = {
        "organisations": organisations,
        "pairs": len(result.pairs),
        "tasks": sum(pair.tasks for pair in result.pairs),
        "imported": states["new"],
        "corrected": states["corrected"],
        **{f"new_{kind}": new[kind] for kind in (*FlagKind, "slipped_again")},
        "standing": sum(flag.change is Change.STANDING and not flag.exempt for flag in result.flags),
        "exempt": sum(flag.exempt is not None for flag in result.flags),
        "cleared": len(result.cleared),
        "verdicts_moved": len(result.moved),
        "failing": sum(flag.fails for flag in result.flags),
        "unsent": 0,
    }
    return replace(result, counts=counts)


def _with_the_rest(result: Record, last: Record | None, looked_at: LookedAt, names: Collection[str]) -> Record:
    """With what the last record knows of organisations, and of files, that this check did not look at."""
    if last is None:
        return result
    left = [
        replace(flag, change=Change.STANDING)
        for flag in last.flags
        if flag.organisation not in names and (flag.organisation, flag.period) not in looked_at
    ]
    pairs = [pair for pair in last.pairs if pair.organisation not in names]
    outputs = [path for path in last.outputs if path not in result.outputs and Path(path).exists()]
    return replace(
        result,
        flags=(*result.flags, *left),
        pairs=(*result.pairs, *pairs),
        outputs=(*result.outputs, *outputs),
    )

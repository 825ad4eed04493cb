"""What a check leaves behind: its words in the journal, `run.json`, notices, metrics, the ping.

`run.json` is written before anyone is told, and again with what became of the notices: what a check that was killed
in between did not get to say is said by the next one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from reconcile.check import metrics, record, sending, words
from reconcile.check.journal import Journal
from reconcile.check.record import Change, Notice, Record
from reconcile.messages import text
from reconcile.outputs import files
from reconcile.policy import Check


def say(result: Record, journal: Journal) -> None:
    """Everything that is new, gone or changed, a line each."""
    lang = journal.lang
    for flag in result.flags:
        if flag.change is not Change.STANDING:
            facts = {
                name: getattr(flag, name) for name in ("organisation", "period", "office", "unit", "count", "since")
            }
            journal.line(f"flag_{flag.kind}", words.flag(flag, lang), change=flag.change, fails=flag.fails, **facts)
    for flag in result.cleared:
        line = text("check.cleared_line", lang, flag=words.subject(flag, lang))
        journal.line("cleared", line, kind=flag.kind, organisation=flag.organisation, period=flag.period)
    for change in result.moved:
        facts = {"organisation": change.organisation, "period": change.period, "unit": change.unit}
        journal.line("moved", words.moved(change, lang), **facts)


def rehearsed(result: Record, seconds: float, journal: Journal) -> Record:
    """A dry run at its end: what would be told, and nothing else."""
    for notice in result.notices:
        journal.say("would_tell", route=notice.route, to=notice.to, title=notice.title)
    return _finished(result, seconds, journal, dry=True)


def published(result: Record, policy: Check, base: Path, seconds: float, journal: Journal) -> Record:
    """The record written, people told, and the record written again with what came of it."""
    path = base / policy.folder / record.FILE_NAME
    _write(path, _finished(result, seconds, journal))
    sent = tuple(_sent(notice, policy, journal) for notice in result.notices)
    notes = list(result.notes)
    if policy.ping and (why := sending.ping(policy.ping, journal.lang)):
        notes.append(journal.say("ping_failed", "warning", why=why))
    unsent = sum(not notice.sent for notice in sent)
    done = replace(result, notices=sent, notes=tuple(notes), counts=result.counts | {"unsent": unsent})
    done = _finished(done, seconds, journal)
    _write(path, done)
    if policy.metrics:
        files.write(base / policy.metrics, metrics.text(done), force=True)
    journal.say("finished", seconds=f"{seconds:.1f}", file=path)
    return done


def _sent(notice: Notice, policy: Check, journal: Journal) -> Notice:
    after = sending.send(notice, policy.tell, journal.lang)
    if after.sent:
        journal.say("sent", route=after.route, to=after.to)
    else:
        facts = {"route": after.route, "to": after.to, "attempts": after.attempts, "error": after.error}
        journal.say("not_sent", "warning", **facts)
    return after


def _finished(result: Record, seconds: float, journal: Journal, *, dry: bool = False) -> Record:
    """With its summary, and the time it was done."""
    summary = words.summary(result.day, result.counts, result.flags, journal.lang, dry=dry)
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(result, summary=summary, finished=finished, seconds=round(seconds, 3))


def _write(path: Path, result: Record) -> None:
    files.write(path, record.encode(result), force=True)

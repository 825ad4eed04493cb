"""One organisation in a check: its newest pair of reports (or those since a period), its flags, its outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from reconcile import carryover, outputs
from reconcile.check import flags
from reconcile.check.compare import moved
from reconcile.check.record import Checked, Flag, Moved, Record
from reconcile.config import Config
from reconcile.messages import Lang
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.threads import Thread
from reconcile.outputs import files, rows
from reconcile.period import Period, first_day, length
from reconcile.policy import Output


class Seen(Struct, frozen=True):
    """A pair as it stands, with what there is to flag in it and what has moved since the last check."""

    checked: Checked
    flags: tuple[Flag, ...]
    moved: tuple[Moved, ...]
    pair: Reconciliation
    threads: tuple[Thread, ...]


def look(
    organisation: str, pairs: Sequence[Reconciliation], since: Period | None, last: Record | None, config: Config
) -> Iterator[Seen]:
    """The newest pair of an organisation, or every pair from a period on; `pairs` are all it has.

    Each pair is seen with the months up to it, so that slips are counted as they stood then.
    """
    like = flags.rhythm(pair.completion_report.period for pair in pairs)
    in_time = sorted(
        (pair for pair in pairs if length(pair.completion_report.period) == length(like)),
        key=lambda pair: first_day(pair.completion_report.period),
    )
    for position, pair in enumerate(in_time, 1):
        newest = position == len(in_time)
        if newest if since is None else first_day(pair.period) >= first_day(since):
            (known,), threads = carryover.in_hindsight([pair], carryover.build(in_time[:position]), config)
            yield _seen(organisation, known, threads, last)


def write_outputs(
    seen: Seen, wanted: Sequence[Output], base: Path, lang: Lang, last: Record | None
) -> Iterator[tuple[Path, bool]]:
    """Each output of a pair with whether it was written now: what is there of the same record stays."""
    before = {pair.record_sha256 for pair in last.pairs} if last else set()
    for output in wanted:
        stem = files.stem(rows.view([seen.pair], seen.threads), lang)
        path = base / output.folder / f"{stem}.{output.format}"
        stale = seen.checked.record_sha256 not in before or not path.exists()
        if stale:
            files.write(path, outputs.render([seen.pair], seen.threads, output.format, lang), force=True)
        yield path, stale


def _seen(organisation: str, pair: Reconciliation, threads: tuple[Thread, ...], last: Record | None) -> Seen:
    told = flags.statuses(pair)
    checked = Checked(
        organisation=organisation,
        period=pair.period,
        reports=(pair.plan_report.file.sha256, pair.completion_report.file.sha256),
        record_sha256=hashlib.sha256(msgspec.json.encode((pair, threads))).hexdigest(),
        tasks=pair.summary.tasks,
        by_status=pair.summary.by_status,
        statuses={unit: status for unit, (status, _, _) in told.items()},
    )
    found = (*flags.of_tasks(organisation, pair, threads), *flags.of_offices(organisation, pair))
    return Seen(checked, found, moved(checked, told, last), pair, threads)

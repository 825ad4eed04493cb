"""The check as Prometheus sees it: a file for the node exporter's textfile collector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from reconcile.check.record import Record
from reconcile.model.verdicts import Status
from reconcile.policy import FlagKind


def text(record: Record) -> str:
    """All metrics of one check, in the text exposition format."""
    tasks: dict[Labels, float] = {
        (("organisation", pair.organisation), ("period", pair.period), ("status", status)): pair.by_status.get(
            status, 0
        )
        for pair in record.pairs
        for status in Status
    }
    open_flags = Counter((flag.organisation, flag.kind) for flag in record.flags if not flag.exempt)
    names = sorted({pair.organisation for pair in record.pairs} | {flag.organisation for flag in record.flags})
    flags: dict[Labels, float] = {
        (("organisation", name), ("kind", kind)): open_flags[name, kind] for name in names for kind in FlagKind
    }
    finished = datetime.fromisoformat(record.finished).timestamp()
    unsent = sum(not notice.sent for notice in record.notices)
    return "".join(
        (
            _metric("reconcile_check_tasks", "Planned tasks by verdict.", tasks),
            _metric("reconcile_check_flags", "Open flags, exempted ones left out.", flags),
            _metric("reconcile_check_exit_code", "Exit code of the last check.", {(): record.exit_code}),
            _metric("reconcile_check_last_success_timestamp_seconds", "When a check last finished.", {(): finished}),
            _metric("reconcile_check_duration_seconds", "How long the last check took.", {(): record.seconds}),
            _metric("reconcile_check_notices_unsent", "Notices that did not get through.", {(): unsent}),
        )
    )


Labels = tuple[tuple[str, str], ...]


def _metric(name: str, meaning: str, values: Mapping[Labels, float]) -> str:
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    lines += [f"{name}{_labels(labels)} {value}" for labels, value in values.items()]
    return "\n".join(lines) + "\n"


def _labels(labels: Iterable[tuple[str, str]]) -> str:
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{written}}}" if written else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

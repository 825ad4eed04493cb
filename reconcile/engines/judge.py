"""What every engine does with the reports it was handed: pair them by organisation and month, judge each pair.

These functions run in worker processes: they take and give plain values, and an error becomes a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reconcile import intake, layout
from reconcile.config import Config
from reconcile.engines import rows
from reconcile.engines.rows import Row
from reconcile.engines.units import Unit
from reconcile.errors import InputError, NothingToCheck, ReconcileError
from reconcile.model.reports import Report
from reconcile.pairing import same_organisation
from reconcile.period import Period, following
from reconcile.pipeline import read_report, reconcile

COLUMNS = ("kind", "period", "office", "number", "text")
"""The columns of an items table."""


class Counts(Struct, frozen=True):
    """How much a unit gave."""

    pairs: int
    rows: int
    errors: int
    missing: int


class Found(Struct, frozen=True):
    """The rows of a unit as JSON lines, and their counts."""

    lines: bytes
    counts: Counts


def unit(one: Unit, config: Config) -> Found:
    """Read and judge one unit of a batch."""
    reports: list[Report] = []
    found: list[Row] = []
    for name in one.files:
        try:
            reports.append(read_report(Path(name), config))
        except Exception as error:
            found.append(rows.failed("", "", Path(name).name, error))
    if one.table:
        for (organisation, period), items in _tables(one.table):
            try:
                reports.append(report_of(organisation, period, items, config))
            except Exception as error:
                found.append(rows.failed(organisation, period, "", error))
    return _encoded(found + judged(reports, config))


def owner(path: str) -> str:
    """The organisation a file names."""
    return read_report(Path(path)).organisation


def worker_died(one: Unit) -> Found:
    """The row of a unit that no process survived."""
    source = Path(one.files[0]).name if one.files else one.key
    return _encoded([rows.failed("", "", source, ReconcileError("batch.worker_died"))])


def report_of(organisation: str, period: Period, items: Iterable[Mapping[str, Any]], config: Config) -> Report:
    """The report that rows of an items table make, as if they stood in a file of their own, by `ordinal`."""
    ordered = sorted(items, key=lambda item: item["ordinal"])
    table = msgspec.json.Encoder().encode_lines([{name: item.get(name) for name in COLUMNS} for item in ordered])
    document = intake.read_bytes(table, f"{organisation}-{period}.jsonl")
    return msgspec.structs.replace(layout.read_report(document, config), organisation=organisation, period=period)


def judged(reports: Iterable[Report], config: Config) -> list[Row]:
    """The rows of any reports: by organisation, then by period, whatever the order they came in."""
    by_name: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda report: report.organisation):
        by_name.setdefault(_known(report, by_name), []).append(report)
    return [row for name in sorted(by_name) for row in _organisation(by_name[name], config)]


def _known(report: Report, by_name: Mapping[str, Sequence[Report]]) -> str:
    """The name an organisation goes by: drifted names (望江街道 / 南湖区望江街道办事处) are one.

    Two reports of one month are never of one organisation under two names.
    """
    if report.organisation not in by_name:
        for name, others in by_name.items():
            apart = all(other.period != report.period for other in others)
            if apart and same_organisation(report, others[0]):
                return name
    return report.organisation


def pair(plan_report: Report, completion_report: Report, config: Config) -> list[Row]:
    """The rows of one pair; where it cannot be judged, one row that says why."""
    try:
        return rows.of_pair(reconcile(plan_report, completion_report, config))
    except NothingToCheck as error:
        return [rows.missing(plan_report, completion_report.period, error)]
    except Exception as error:
        organisation, period = plan_report.organisation, completion_report.period
        return [rows.failed(organisation, period, completion_report.file.name, error)]


def _organisation(reports: Sequence[Report], config: Config) -> list[Row]:
    found: list[Row] = []
    by_period: dict[Period, Report] = {}
    for report in sorted(reports, key=lambda report: (report.period, report.file.name, report.file.sha256)):
        if (first := by_period.setdefault(report.period, report)) is not report:
            twice = InputError("batch.two_reports", first=first.file.name)
            found.append(rows.failed(report.organisation, report.period, report.file.name, twice))
    for period, report in by_period.items():
        if next_report := by_period.get(following(period)):
            found += pair(report, next_report, config)
        else:
            found.append(rows.missing(report, following(period)))
    return found


def _tables(table: bytes) -> list[tuple[tuple[str, Period], list[dict[str, Any]]]]:
    """The rows of one organisation by report."""
    items = [msgspec.json.decode(line) for line in table.splitlines()]

    def key(item: dict[str, Any]) -> tuple[str, str]:
        return item["organisation"], item["report"]

    return [(name, list(own)) for name, own in groupby(sorted(items, key=key), key)]


def _encoded(found: Sequence[Row]) -> Found:
    kinds = [row.record for row in found]
    pairs = {(row.organisation, row.period) for row in found if row.record in ("plan", "unplanned")}
    counts = Counts(len(pairs), len(found), kinds.count("error"), kinds.count("missing"))
    return Found(msgspec.json.Encoder().encode_lines(found), counts)

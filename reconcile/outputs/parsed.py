"""What was read from reports, in every format of `reconcile parse`: the contract's ``reconcile.parse/1`` and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from reconcile.errors import ReconcileError
from reconcile.messages import Lang, text
from reconcile.model.documents import Anchor
from reconcile.model.reports import Item, Kind, Report
from reconcile.outputs import wording
from reconcile.outputs.plain_table import Cell, Column, Table

SCHEMA = "reconcile.parse/1"
FORMATS = ("table", "json", "jsonl", "csv", "md")


def render(reports: Sequence[Report], format_: str, lang: Lang) -> str:
    """Some reports in one of `FORMATS`; a name that is no format is a usage error."""
    match format_:
        case "json":
            records = [record(report, lang) for report in reports]
            whole: object = records[0] if len(records) == 1 else records
            return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"
        case "jsonl":
            return "".join(msgspec.json.encode(record(report, lang)).decode() + "\n" for report in reports)
        case "csv":
            from reconcile.outputs import csv_

            return csv_.table(items(reports, lang))
        case "md":
            from reconcile.outputs import md

            return (
                "\n\n".join(
                    f"{'#' * (1 + bool(drawn.name))} {drawn.title}\n\n{md.table(drawn) if drawn.cells else ''}".rstrip()
                    for report in reports
                    for drawn in (
                        heading(report, lang),
                        offices(report, lang),
                        items([report], lang),
                        warnings(report, lang),
                    )
                    if drawn.cells or not drawn.name
                )
                + "\n"
            )
        case "table":
            return "\n".join(_terminal(report, lang) for report in reports)
    raise ReconcileError("outputs.unknown_format", format=format_, known=" · ".join(FORMATS))


def language_of(reports: Sequence[Report]) -> Lang | None:
    """Chinese where the reports are; None says that they tell nothing."""
    return (
        "zh" if any("一" <= char <= "鿿" for report in reports for item in report.items for char in item.text) else None
    )


def record(report: Report, lang: Lang) -> dict[str, Any]:
    """The contract's JSON of one report."""
    return {
        "schema": SCHEMA,
        "file": msgspec.to_builtins(report.file),
        "organisation": report.organisation,
        "title": report.title,
        "genre": report.genre.value,
        "period": report.period,
        "cutoff": report.cutoff,
        "items": [_item(item) for item in report.items],
        "warnings": [
            {"code": one.code, "message": wording.finding(one, lang), "facts": one.facts, "anchor": _anchor(one.anchor)}
            for one in report.warnings
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    """An item; persons are read and kept, and left out of every output."""
    found: dict[str, Any] = msgspec.to_builtins(item)
    del found["persons"]
    return {**found, "anchor": _anchor(item.anchor)}


def _anchor(anchor: Anchor | None) -> dict[str, Any]:
    if anchor is None:
        return {}
    found: dict[str, Any] = msgspec.to_builtins(anchor)
    return {key: value for key, value in found.items() if key != "cell" or value is not None}


# --- tables ------------------------------------------------------------------------------------------------------


def heading(report: Report, lang: Lang) -> Table:
    """The title of one report with nothing below it."""
    return Table("", headline(report, lang), (), ())


def headline(report: Report, lang: Lang) -> str:
    """Whose report it is, for which period, and what it holds."""
    return text(
        "parsed.headline",
        lang,
        organisation=report.organisation or report.file.name,
        genre=text(f"parsed.genre_{report.genre.value}", lang),
        period=wording.period(report.period, lang),
        completions=len(report.of(Kind.COMPLETION)),
        plans=len(report.of(Kind.PLAN)),
        warnings=len(report.warnings),
    )


def offices(report: Report, lang: Lang) -> Table:
    """How much each office reports and plans, in the order of the report."""
    counts: dict[str, Counter[Kind]] = {}
    for item in report.items:
        counts.setdefault(item.office, Counter())[item.kind] += 1
    return _table(
        "offices",
        (("office", 12), ("completions", 5), ("plans", 5)),
        [(office or _nobody(lang), count[Kind.COMPLETION], count[Kind.PLAN]) for office, count in counts.items()],
        lang,
    )


def items(reports: Sequence[Report], lang: Lang) -> Table:
    """Every item; the file's name stands in its source."""
    return _table(
        "items",
        (
            ("kind", 3),
            ("period", 5),
            ("office", 8),
            ("number", 3),
            ("text", 40),
            ("tasks", 3),
            ("due", 6),
            ("source", 12),
        ),
        [
            (
                text(f"parsed.kind_{item.kind.value}", lang),
                wording.period(item.period, lang),
                item.office or _nobody(lang),
                item.number if item.number is not None else "",
                item.text,
                len(item.tasks),
                wording.day(item.due, lang),
                wording.source(item.anchor, lang),
            )
            for report in reports
            for item in report.items
        ],
        lang,
    )


def warnings(report: Report, lang: Lang) -> Table:
    """What looks wrong in the source, with where it stands."""
    return _table(
        "warnings",
        (("warning", 40), ("source", 12)),
        [
            (wording.finding(one, lang), wording.source(one.anchor, lang) if one.anchor else "")
            for one in report.warnings
        ],
        lang,
    )


def _table(name: str, columns: Sequence[tuple[str, int]], cells: Sequence[tuple[Cell, ...]], lang: Lang) -> Table:
    return Table(
        name=name,
        title=text(f"parsed.table_{name}", lang),
        columns=tuple(Column(key, text(f"parsed.column_{key}", lang), width) for key, width in columns),
        cells=tuple(cells),
    )


def _nobody(lang: Lang) -> str:
    return text("parsed.no_office", lang)


def _terminal(report: Report, lang: Lang) -> str:
    """One report for a terminal: head, counts per office, items, warnings."""
    below = (offices(report, lang), items([report], lang), warnings(report, lang))
    parts = [headline(report, lang), *(f"{drawn.title}\n{_drawn(drawn)}" for drawn in below if drawn.cells)]
    return "\n\n".join(parts) + "\n"


def _drawn(drawn: Table) -> str:
    from tabulate import SEPARATING_LINE, tabulate

    from reconcile.outputs.wrapping import wrap

    rows = [[wrap(str(cell), 2 * c.width) for cell, c in zip(row, drawn.columns, strict=True)] for row in drawn.cells]
    return tabulate(
        [[c.title for c in drawn.columns], SEPARATING_LINE, *rows], tablefmt="simple", disable_numparse=True
    )

"""The table on a terminal: planned items by office, those that need attention first, then the office table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from shutil import get_terminal_size

from tabulate import SEPARATING_LINE, tabulate

from reconcile.messages import Lang
from reconcile.outputs import heading, tables, wording
from reconcile.outputs.plain_table import Table
from reconcile.outputs.rows import FLAGGED, ItemRow, View
from reconcile.outputs.wrapping import width as columns_of
from reconcile.outputs.wrapping import wrap

GAP = 2
OFFICE, NUMBER, STATUS = 12, 4, 13
NARROWEST = 60
SPARED = ("rank_of_office", "on_time_rate", "slipped_twice", "judged", "unplanned", "missing", "plans")
"""Columns of the office table that a narrow terminal does without, first to go first."""
CALM_LINES = 2
"""An item that needs no attention is cut to so many lines; the other formats hold it whole."""


def render(view: View, lang: Lang, width: int | None = None) -> str:
    """All pairs, one after the other, fitted to `width` columns (None: the terminal's, 120 where there is none)."""
    columns = max(NARROWEST, width or get_terminal_size((120, 24)).columns)
    parts = [wrap(heading.title(view, lang), columns)]
    for pair in view.pairs:
        found = [row for row in view.items if row.pair is pair]
        parts += [_items(found, columns, lang), wrap(heading.summary(pair, lang), columns)]
    parts.append(_offices(view, columns, lang))
    parts += [wrap(line, columns) for line in heading.lines(view, lang)[len(view.pairs) :]]
    return "\n\n".join(parts) + "\n"


def _items(found: list[ItemRow], columns: int, lang: Lang) -> str:
    free = columns - OFFICE - NUMBER - STATUS - 4 * GAP
    plan, reported = free - free * 9 // 20, free * 9 // 20
    lines: list[Sequence[object] | str] = []
    for office, rows in _by_office(found):
        if lines:
            lines.append(SEPARATING_LINE)
        for place, row in enumerate(rows):
            shown = CALM_LINES if not row.flagged else None
            lines.append(
                [
                    wrap(office or wording.label("no_office", lang), OFFICE) if place == 0 else "",
                    row.verdict.item.number,
                    wrap(_plan(row, lang), plan, shown),
                    wrap(_status(row, lang), STATUS),
                    wrap(_reported(row, lang), reported, shown),
                ]
            )
    headers = [wording.label(f"column_{key}", lang) for key in ("office", "rank", "plan", "status", "reported")]
    fitted = [wrap(name, size) for name, size in zip(headers, (OFFICE, NUMBER, plan, STATUS, reported), strict=True)]
    return _drawn(fitted, lines)


def _by_office(found: Iterable[ItemRow]) -> Iterable[tuple[str, list[ItemRow]]]:
    """The offices in the order of the report, each with its flagged items first."""
    first: dict[str, int] = {}
    for row in found:
        first.setdefault(row.verdict.item.office, len(first))
    ordered = sorted(found, key=lambda row: (first[row.verdict.item.office], not row.flagged))
    for office, rows in groupby(ordered, key=lambda row: row.verdict.item.office):
        yield office, list(rows)


def _plan(row: ItemRow, lang: Lang) -> str:
    """The item, and below it which of its tasks are not done."""
    if len(row.tasks) == 1:
        return row.verdict.item.text
    open_tasks = [
        wording.label("open_task", lang, status=wording.status(task.verdict.status, lang), text=task.text)
        for task in row.tasks
        if task.verdict.status in FLAGGED
    ]
    return "\n".join([row.verdict.item.text, *open_tasks])


def _status(row: ItemRow, lang: Lang) -> str:
    return f"{wording.light(row.verdict.light, lang)} {wording.status(row.verdict.status, lang)}".strip()


def _reported(row: ItemRow, lang: Lang) -> str:
    verdict = row.verdict
    lines = [wording.quotes(row.linked, lang, office=verdict.item.office) or wording.label("not_reported", lang)]
    if not row.flagged:
        return lines[0]
    notes = {
        "note_reason": verdict.reason,
        "note_next": wording.quotes(row.carried, lang, office=verdict.item.office),
        "note_slips": verdict.slip_count,
        "note_hint": wording.notes(verdict.findings, verdict.code, lang),
    }
    lines += [wording.label(name, lang, value=value) for name, value in notes.items() if value]
    return "\n".join(lines)


def _offices(view: View, columns: int, lang: Lang) -> str:
    """The office table; on a narrow terminal the columns of least weight give way."""
    drawn = tables.offices(view, lang)
    shown = {column.key: _fitted(drawn, column.key) for column in drawn.columns}
    sizes = {key: max(columns_of(line) for cell in cells for line in cell.split("\n")) for key, cells in shown.items()}
    for spared in SPARED:
        if sum(sizes[key] for key in shown) + GAP * (len(shown) - 1) <= columns:
            break
        shown.pop(spared, None)
    headers, *lines = zip(*shown.values(), strict=True)
    return f"{drawn.title}\n{_drawn(headers, lines)}"


def _fitted(drawn: Table, key: str) -> list[str]:
    """The cells of a column under its title, as wide as the longest of them; names of offices are broken."""
    title, cells = drawn.columns[drawn.index(key)].title, [str(cell) for cell in drawn.column(key)]
    size = 20 if key == "office" else max(_narrowest(title), *map(columns_of, cells))
    return [wrap(cell, size) for cell in (title, *cells)]


def _narrowest(title: str) -> int:
    """The columns a title needs: those of its longest word, or of three Chinese characters."""
    return max(columns_of(word) for word in title.split()) if title[0].isascii() else 6


def _drawn(headers: Sequence[str], lines: Sequence[Sequence[object] | str]) -> str:
    """Drawn between rules; the headers go in as a row, because as headers they would be padded."""
    return tabulate([headers, SEPARATING_LINE, *lines], tablefmt="simple", disable_numparse=True)

"""The heat map of offices against statuses: counts of tasks, shaded by how many there are."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from reconcile.messages import Lang
from reconcile.model.verdicts import Status
from reconcile.outputs import wording
from reconcile.outputs.rows import FLAGGED, View

SHADES = 4


class Heat(Struct, frozen=True):
    """A row an office: each cell with its count and its shade, 0 (none) to `SHADES`; `good` marks done columns."""

    statuses: tuple[str, ...]
    flagged: tuple[bool, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]
    totals: tuple[int, ...]


def table(view: View, lang: Lang) -> Heat:
    """Tasks of all pairs, by office and status."""
    counted = Counter((row.item.verdict.item.office, row.task.verdict.status) for row in view.tasks)
    statuses = [status for status in Status if any(found is status for _, found in counted)]
    offices = dict.fromkeys(row.verdict.item.office for row in view.items)
    most = max(counted.values(), default=1)
    rows = []
    for office in offices:
        numbers = [counted[office, status] for status in statuses]
        shades = tuple((number, -(-number * SHADES // most)) for number in numbers)
        rows.append((office or wording.label("no_office", lang), shades, sum(numbers)))
    return Heat(
        statuses=tuple(wording.status(status, lang) for status in statuses),
        flagged=tuple(status in FLAGGED for status in statuses),
        rows=tuple(rows),
        totals=tuple(sum(counted[office, status] for office in offices) for status in statuses),
    )

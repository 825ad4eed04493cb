"""Comma-separated tables for spreadsheets: a byte order mark, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

from reconcile.messages import Lang
from reconcile.outputs import tables
from reconcile.outputs.plain_table import Cell, Table
from reconcile.outputs.rows import View

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning with one of these would be taken for a formula."""


def render(view: View, lang: Lang) -> str:
    """All tasks, those of the slippage table first."""
    return table(tables.tasks(view, lang))


def table(drawn: Table) -> str:
    """One table as CSV; the text begins with the byte order mark, so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.title for column in drawn.columns])
    writer.writerows([harmless(cell) for cell in row] for row in drawn.cells)
    return "\ufeff" + out.getvalue()


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would run, made plain with an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(RUNS):
        return "'" + cell
    return cell

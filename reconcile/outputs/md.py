"""Every table as Markdown, below the title and the counts."""

from __future__ import annotations

from reconcile.messages import Lang
from reconcile.outputs import heading, tables, wording
from reconcile.outputs.plain_table import Cell, Table
from reconcile.outputs.rows import View


def render(view: View, lang: Lang) -> str:
    """The whole run as one Markdown page."""
    parts = [f"# {_escaped(heading.title(view, lang))}", *(_escaped(line) for line in heading.lines(view, lang))]
    for drawn in tables.all_tables(view, lang):
        parts += [f"## {drawn.title}", table(drawn) if drawn.cells else wording.label("nothing", lang)]
    return "\n\n".join(parts) + "\n"


def table(drawn: Table) -> str:
    """One table as a pipe table."""
    head = [[column.title for column in drawn.columns], ["---"] * len(drawn.columns)]
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in (*head, *drawn.cells))


def _cell(value: Cell) -> str:
    return str(value) if value == "---" else _escaped(str(value)).replace("\n", "<br>")


def _escaped(text: str) -> str:
    """Text that Markdown takes as it is."""
    for mark in ("\\", "|", "*", "_", "`", "<", "[", "#"):
        text = text.replace(mark, "\\" + mark)
    return text

"""Document → Report: sections, periods, offices and items, read by structure and not by one pattern a file."""

from __future__ import annotations

from itertools import groupby

from reconcile.config import Config
from reconcile.layout import outline, tables, title
from reconcile.layout.faults import faults
from reconcile.layout.items import items_of
from reconcile.layout.lines import Line, lines_of
from reconcile.layout.reader import Reader
from reconcile.model import Document, Report


def read_report(document: Document, config: Config) -> Report:
    """Read one report. What looks wrong in the source becomes a warning of the report, never a silent guess."""
    lines, found = _lines_and_tables(document)
    head = title.read_head(lines)
    roles = outline.roles(lines, head.organisation, head.lines)
    reading = Reader(head).read(lines, roles, found)
    items = items_of(reading.drafts, document.file.name, head.organisation)
    found_faults = faults(reading, items, head, document.file.name, config.lang or "zh")
    return Report(
        file=document.file,
        organisation=head.organisation,
        title=head.title,
        genre=head.genre,
        period=head.period,
        items=items,
        warnings=(*document.warnings, *found_faults),
    )


def _lines_and_tables(document: Document) -> tuple[list[Line], dict[int, list[tables.Table]]]:
    """The lines outside tables, and the tables by the index of the line after them.

    A table in which nothing is an item stands for layout only: its rows are read as lines.
    """
    lines: list[Line] = []
    found: dict[int, list[tables.Table]] = {}
    for number, group in groupby(document.blocks, key=lambda block: block.table if block.cells else None):
        blocks = list(group)
        table = tables.table_of(blocks) if number is not None else None
        if table is None:
            lines.extend(lines_of(blocks))
        else:
            found.setdefault(len(lines), []).append(table)
    return lines, found

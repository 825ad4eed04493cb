"""Tables stacked in one: a row across it opens a section (二、下月工作计划), with its own headings or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile.layout import marks, tables
from reconcile.layout.cells import passage_of
from reconcile.layout.lines import line_of
from reconcile.layout.tables import Table
from reconcile.model.documents import Block


def tables_of(rows: Sequence[Block]) -> Iterator[tuple[Sequence[Block], Table | None]]:
    """The tables of some rows, each after the rows that stand over it; None where there are but such rows."""
    above: Table | None = None
    for part in _parts(rows):
        table = tables.table_of(part)
        if above is not None and (table is None or not table.is_headed):
            table = Table(above.columns, tuple(part[1:]), above.wraps, tuple(part[:1]))
        yield (part, None) if table is None else (table.above, table)
        above = table or above


def _parts(rows: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The rows from each that opens a section up to the next."""
    begin = 0
    for index, row in enumerate(rows):
        if index > begin and _opens_section(row):
            yield rows[begin:index]
            begin = index
    yield rows[begin:]


def _opens_section(row: Block) -> bool:
    """Whether a row says nothing but what the rows below it hold: across the table, or with a mark of its own."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len(filled) != 1:
        return False
    line = line_of(passage_of(filled[0], row))
    stands_out = filled[0].columns > 1 or line.bracketed or (line.mark is not None and line.mark.style in marks.OUTER)
    return stands_out and line.heading is not None and not line.heading.prefix and not line.heading.is_both

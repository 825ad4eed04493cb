"""Tables stacked in one: a row across it opens a section (二、下月工作计划), with its own headings or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from reconcile.layout import columns, forms, marks, tables
from reconcile.layout.cells import passage_of
from reconcile.layout.columns import Column, Role
from reconcile.layout.lines import Line, line_of, lines_of
from reconcile.layout.tables import Table
from reconcile.model.documents import Block

_SENTENCE = 15
"""Characters of a text that is no field of a form."""


def tables_of(rows: Sequence[Block]) -> Iterator[tuple[Sequence[Block], Table | None]]:
    """The tables of some rows, each after the rows that stand over it; None where there are but such rows."""
    if form := forms.form_of(rows):
        yield form.above, form
        return
    above: Table | None = None
    for part in _parts(rows):
        table = tables.table_of(part)
        if above is not None and (table is None or not table.is_headed):
            table = Table(above.columns, tuple(part[1:]), above.wraps, tuple(part[:1]))
        if table is None:
            yield part, None
        else:
            first, *others = _side_by_side(table)
            yield table.above, first
            yield from (((), other) for other in others)
        above = table or above


def _side_by_side(table: Table) -> Iterator[Table]:
    """The tables that stand side by side in one: their headings begin anew (序号 内容 科室 | 序号 内容 科室)."""
    places = sorted(table.columns)
    first = table.columns[places[0]]
    starts = [place for place in places if table.columns[place].role is first.role and first.heading]
    bounds = [*starts, places[-1] + 1]
    parts = [
        {place: table.columns[place] for place in places if begin <= place < end} for begin, end in pairwise(bounds)
    ]
    whole = [part for part in parts if _is_whole(part)]
    if len(starts) < 2 or first.role not in (Role.NUMBER, Role.OFFICE) or len(whole) < len(parts):
        yield table
        return
    for part in parts:
        rows = (_within(row, part) for row in table.rows)
        yield Table(part, tuple(row for row in rows if row.cells), table.wraps)


def _is_whole(part: dict[int, Column]) -> bool:
    """Whether some columns make a table: items, and who answers for them."""
    roles = {column.role for column in part.values()}
    return Role.ITEMS in roles and Role.OFFICE in roles


def _within(row: Block, part: dict[int, Column]) -> Block:
    """What a row says in some of its columns."""
    return replace(row, cells=tuple(cell for cell in row.cells if min(part) <= cell.column <= max(part)))


def _parts(rows: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The rows from each that opens a section up to the next."""
    begin, headers = 0, list[Block]()
    are_headers = [*map(_is_header, rows), False]
    for index, row in enumerate(rows):
        is_header, over_header = are_headers[index : index + 2]
        anew = is_header and bool(headers) and not _goes_on(headers, rows[index - 1], row)
        if index > begin and (anew or _opens_section(row, over_header=over_header)):
            yield rows[begin:index]
            begin, headers = index, []
        if is_header:
            headers.append(row)
    yield rows[begin:]


def _goes_on(headers: Sequence[Block], above: Block, header: Block) -> bool:
    """Whether a row of headings is one of those before it again, or the second of two rows of headings."""
    return headers[-1] is above or any(one.text == header.text for one in headers)


def _is_header(row: Block) -> bool:
    """Whether a row is one of headings: work may be named as what was done is, but not as an office or a number is."""
    found = columns.header_of(row.cells) if len(row.cells) > 1 else None
    return found is not None and any(column.role is not Role.ITEMS for column in found.values())


def _opens_section(row: Block, *, over_header: bool) -> bool:
    """Whether a row says nothing but what the rows below it hold: across the table, over headings, or with a mark."""
    filled = columns.filled(row.cells)
    if len(filled) != 1:
        return False
    line = line_of(passage_of(filled[0], row))
    stands_out = (
        over_header
        or filled[0].columns > 1
        or line.bracketed
        or (line.mark is not None and line.mark.style in marks.OUTER)
    )
    heading = line.heading
    if not stands_out or heading is None or heading.is_both:
        return False
    is_title = filled[0].columns > 1 and heading.parts[-1].kind is not None and heading.parts[-1].when is not None
    return not heading.prefix or is_title


def lines_of_layout(rows: Sequence[Block]) -> list[Line]:
    """The lines of a table that is none: cells that hold text of the report. Forms and score sheets hold none."""
    texts = [cell.text for row in rows for cell in row.cells]
    holds_text = all(len(columns.filled(row.cells)) <= 1 for row in rows) or any(
        len(text) >= _SENTENCE and any(mark in text for mark in "。；;，,：:") for text in texts
    )
    return lines_of_cells(rows) if holds_text else []


def lines_of_cells(rows: Sequence[Block]) -> list[Line]:
    """Every cell of some rows that says something as a line of its own."""
    blocks = (
        Block(cell.text, cell.start, cell.end, row.paragraph, row.page)
        for row in rows
        for cell in columns.filled(row.cells)
    )
    return lines_of(blocks, paragraphs=True)

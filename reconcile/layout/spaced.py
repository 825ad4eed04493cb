"""Tables laid out by runs of blanks or tabs: 序号  工作内容  完成情况  责任科室, with rows below that stand likewise.

Cells belong to the headings in order where there are as many, else to those they stand under. What stands under a
heading without a number of its own goes on from the row above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from reconcile.layout import columns, headings, marks
from reconcile.layout.cells import WrappedCell
from reconcile.layout.columns import Column, Role
from reconcile.layout.flattened import Region
from reconcile.layout.lines import closing, width
from reconcile.layout.tables import Table
from reconcile.layout.vocabulary import fold, words
from reconcile.model.documents import Block, Cell, Document

_GAP = re.compile(r"[ \u3000\xa0]{2,}|[ \u3000\xa0]*\t[ \u3000\xa0\t]*")
_BLANK = re.compile(r"[ \u3000\xa0\t]+")
_FEWEST = 3
"""Headings a row has that single blanks part."""
_NARROW = 16
"""Columns of the page a cell in the last column takes at least where it is broken off."""
_SLACK = 3
"""Columns by which a cell may stand beside where its heading, or the cell above it, begins."""


class _Grid(Struct):
    """The headings of a table, the places on the page where the cells of each begin, its rows so far and how wide the
    cells of each column are at most."""

    header: dict[int, Column]
    places: list[set[int]]
    rows: list[Block]
    widest: dict[int, int]

    @property
    def number(self) -> int | None:
        """The column that numbers the rows."""
        return next((place for place, column in self.header.items() if column.role is Role.NUMBER), None)


def tables(document: Document) -> list[tuple[Region, Table]]:
    """The tables of a document that are laid out so, each with the blocks that it takes up."""
    blocks = document.blocks
    found: list[tuple[Region, Table]] = []
    index = 0
    while index < len(blocks):
        grid = _header(blocks[index])
        end = index + 1
        while grid is not None and end < len(blocks) and _add(grid, blocks[end]):
            end += 1
        if grid is not None and grid.rows:
            found.append((Region(index, end), Table(grid.header, tuple(grid.rows), wraps=True)))
        index = end
    return found


def _header(block: Block) -> _Grid | None:
    """The table a row of headings opens: all of them are known, or most of them where wide gaps part them."""
    if block.cells or "\n" in block.text or not _BLANK.search(block.text.strip()):
        return None
    for gap in (_GAP, _BLANK):
        cells = _split(block, gap)
        known = sum(columns.column_of(cell.text) is not None for cell in cells)
        is_sure = known == len(cells) and len(cells) >= (2 if gap is _GAP else _FEWEST)
        if not is_sure and (gap is _BLANK or len(cells) < _FEWEST):
            continue
        if header := columns.header_of(cells):
            return _Grid(header, [{_place(block, cell)} for cell in cells], [], {})
    return None


def _add(grid: _Grid, block: Block) -> bool:
    """Whether a block goes on with the table, as a row or as the rest of one."""
    if block.cells or "\n" in block.text or _ends(block):
        return False
    cells = _split(block, _GAP)
    if len(cells) == 1 and _is_group(grid, block, cells[0]):
        grid.rows.append(_row(block, cells))
        return True
    placed = _placed(grid, block, cells)
    if placed is None or (len(placed) == 1 and 0 in {cell.column for cell in placed}):
        return False
    if grid.rows and _goes_on(grid, placed):
        grid.rows[-1] = _continued(grid.rows[-1], placed)
        return True
    if not _is_numbered(grid, placed) or (not grid.rows and len(placed) < 2):
        return False
    grid.rows.append(_row(block, placed))
    for cell in placed:
        grid.widest[cell.column] = max(grid.widest.get(cell.column, 0), width(cell.text))
    return True


def _ends(block: Block) -> bool:
    """Whether a block closes the report or opens a section, however blanks part it: 二、 4月工作计划."""
    text = fold(block.text.strip())
    mark = marks.mark_of(text)
    if mark is None or mark.style not in marks.OUTER:
        return bool(closing().match(text))
    return headings.read_heading(text[mark.length :].strip()) is not None


def _placed(grid: _Grid, block: Block, cells: Sequence[Cell]) -> list[Cell] | None:
    """The cells of a row under their headings, or None where they stand under none."""
    size = len(grid.places)
    in_order = next((row for row in (cells, _split(block, _BLANK)) if len(row) == size), None)
    if in_order is not None and (grid.number == 0 or not _is_mark(in_order[0])):
        for place, cell in zip(grid.places, in_order, strict=True):
            place.add(_place(block, cell))
        return list(in_order)
    placed: list[Cell] = []
    for cell in cells:
        left = placed[-1].column if placed else -1
        where = _place(block, cell)
        fits = [
            column for column in range(left + 1, size) if any(abs(where - p) <= _SLACK for p in grid.places[column])
        ]
        if fits:
            placed.append(Cell(cell.text, cell.start, cell.end, fits[0]))
        elif placed:
            last = placed.pop()
            text = block.text[last.start - block.start : cell.end - block.start]
            placed.append(Cell(text, last.start, cell.end, last.column))
        else:
            return None
    return placed


def _is_group(grid: _Grid, block: Block, cell: Cell) -> bool:
    """Whether a cell alone at the left names the office of the rows below it."""
    starts = _place(block, cell) <= min(grid.places[0]) + _SLACK
    return (
        starts
        and Role.OFFICE not in {column.role for column in grid.header.values()}
        and headings.is_office(fold(cell.text))
    )


def _goes_on(grid: _Grid, placed: Sequence[Cell]) -> bool:
    """Whether cells are the rest of those above: their row has no number, or the cells above fill their columns.

    Else the first cell alone is left out, as where an office is written once for several rows.
    """
    if grid.number is not None:
        return all(cell.column != grid.number for cell in placed)
    above = {cell.column: width(cell.text) for cell in grid.rows[-1].cells}
    return len(grid.rows) > 1 and all(
        cell.column > 0 and above.get(cell.column, 0) >= _room(grid, cell.column) - _SLACK for cell in placed
    )


def _room(grid: _Grid, column: int) -> int:
    """How wide a cell of a column may be: up to the next column, in the last as wide as its widest cell."""
    if column + 1 < len(grid.places):
        return min(grid.places[column + 1]) - min(grid.places[column])
    return max(grid.widest.get(column, 0), _NARROW)


def _is_mark(cell: Cell) -> bool:
    """Whether a cell is the mark of the text behind it (1. 印发文件), and no cell of its own."""
    text = fold(cell.text)
    mark = marks.mark_of(text + " x")
    return mark is not None and mark.length == len(text)


def _is_numbered(grid: _Grid, placed: Sequence[Cell]) -> bool:
    """Whether the cell that numbers the row, where there is one, holds a number."""
    texts = [fold(cell.text) for cell in placed if cell.column == grid.number]
    return all(
        text.rstrip(".、").isdecimal() or marks.mark_of(text + "、x") is not None or text in words("column", "sum")
        for text in texts
    )


def _continued(row: Block, more: Sequence[Cell]) -> Block:
    cells = {cell.column: cell for cell in row.cells}
    for cell in more:
        above = cells.get(cell.column)
        cells[cell.column] = cell if above is None else WrappedCell.of(above, cell)
    ordered = tuple(cells[column] for column in sorted(cells))
    return Block(row.text, row.start, more[-1].end, row.paragraph, row.page, cells=ordered)


def _row(block: Block, cells: Sequence[Cell]) -> Block:
    return Block(block.text, block.start, block.end, block.paragraph, block.page, cells=tuple(cells))


def _split(block: Block, gap: re.Pattern[str]) -> list[Cell]:
    bounds = [0, *(edge for match in gap.finditer(block.text) for edge in match.span()), len(block.text)]
    spans = [(left, right) for left, right in zip(bounds[::2], bounds[1::2], strict=True) if left < right]
    return [
        Cell(block.text[left:right], block.start + left, block.start + right, column)
        for column, (left, right) in enumerate(spans)
    ]


def _place(block: Block, cell: Cell) -> int:
    """The column of the page at which a cell begins."""
    return width(block.text[: cell.start - block.start])

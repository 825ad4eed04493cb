"""A Word table saved as plain text: every cell on a line of its own that begins with a tab, rows between blank lines.

Cells may hold several lines; merged cells come out empty; a row may be glued to the end of the one before it, its
first cell behind a space and a tab; pages repeat the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reconcile.layout import columns
from reconcile.layout.columns import Column
from reconcile.layout.tables import Table
from reconcile.model.documents import Block, Cell, Document

_LEADING_TAB = re.compile(r"([ \u3000]*)\t")
_FEWEST_CELLS = 8
_LONGEST_REST = 3
"""Lines that a cell may go on for after an empty line."""


class _Group(Struct):
    """Cells between two breaks. `glued` says that it follows the cells before it without a blank line."""

    cells: list[Cell]
    first: Block
    glued: bool


class Region(Struct, frozen=True):
    """The blocks `start` up to `end` of a document are the cells of a flattened table."""

    start: int
    end: int


def regions(document: Document) -> list[Region]:
    """The runs of blocks that are flattened tables: most lines begin with a tab and hold one cell."""
    blocks = document.blocks
    found: list[Region] = []
    index = 0
    while index < len(blocks):
        end = index
        if _starts_cell(blocks[index]):
            while end < len(blocks) and _belongs(document, end):
                end += 1
        if sum(_starts_cell(block) for block in blocks[index:end]) >= _FEWEST_CELLS:
            found.append(Region(index, end))
        index = max(end, index + 1)
    return found


def _belongs(document: Document, index: int) -> bool:
    """Whether a block goes on with the table before it.

    A line without a tab after an empty one does so where the row goes on below it, and does not where headings follow:
    then it is the title of the next table.
    """
    block = document.blocks[index]
    if _starts_cell(block) or not _blank_before(document, index):
        return not block.cells
    after = document.blocks[index + 1 : index + 1 + _LONGEST_REST]
    cell = next((block.text.strip() for block in after if _starts_cell(block)), None)
    return cell is not None and columns.column_of(cell) is None


def _starts_cell(block: Block) -> bool:
    return bool(not block.cells and _LEADING_TAB.match(block.text))


def _blank_before(document: Document, index: int) -> bool:
    """Whether an empty line, one without even a tab, stands before a block."""
    if index == 0:
        return True
    between = document.text[document.blocks[index - 1].end : document.blocks[index].start]
    return any(not line.strip("\r ") for line in between.split("\n")[1:-1])


def tables(document: Document, region: Region) -> list[Table]:
    """The tables of a region, each under its headings; cells before the first headings hold no items."""
    groups = list(_groups(document, region))
    found: list[Table] = []
    header: dict[int, Column] = {}
    rows: list[Block] = []
    width = index = 0
    while index < len(groups):
        group = groups[index]
        index += 1
        if (named := columns.header_of(group.cells)) is not None:
            lower = groups[index].cells if index < len(groups) else []
            both = _under(named, group.cells, lower)
            index += both is not None
            if rows and (both or named) != header:
                found.append(Table(header, tuple(rows), wraps=True))
                rows = []
            header, width = both or named, len(lower) if both else len(group.cells)
        elif header:
            cells = list(group.cells)
            while len(cells) < width and index < len(groups) and _continues(groups[index], width):
                cells += groups[index].cells
                index += 1
            rows.append(_row(group.first, cells[:width]))
    return [*found, Table(header, tuple(rows), wraps=True)] if rows else found


def _continues(group: _Group, width: int) -> bool:
    """Whether cells belong to the row before them: a blank line stood inside a cell of it."""
    return not group.glued and len(group.cells) < width and columns.header_of(group.cells) is None


def _row(first: Block, cells: Sequence[Cell]) -> Block:
    placed = tuple(
        Cell(cell.text, cell.start, cell.end, column, address=f"{first.paragraph}.{column + 1}")
        for column, cell in enumerate(cells)
    )
    text = "\t".join(cell.text for cell in placed)
    return Block(text, cells[0].start, cells[-1].end, first.paragraph, first.page, cells=placed)


def _under(header: dict[int, Column], upper: Sequence[Cell], lower: Sequence[Cell]) -> dict[int, Column] | None:
    """Two rows of headings as one: the lower row's names stand under the upper cell that is merged over them."""
    named = {place: column for place, cell in enumerate(lower) if (column := columns.column_of(cell.text))}
    filled = [place for place, cell in enumerate(lower) if cell.text.strip()]
    spread = len(lower) - len(upper) + 1
    if (
        not filled
        or len(named) != len(filled)
        or spread != len(filled)
        or filled != list(range(filled[0], filled[-1] + 1))
    ):
        return None
    place = filled[0]
    before = {index: column for index, column in header.items() if index < place}
    after = {index + spread - 1: column for index, column in header.items() if index > place}
    return before | named | after


def _groups(document: Document, region: Region) -> Iterator[_Group]:
    """The cells of a region in groups: cut at blank lines and where a row is glued to the one before it.

    A line without a tab continues the cell before it. Empty cells are lines of a tab alone: they are no blocks, so
    they are found in the text.
    """
    blocks = {block.start: block for block in document.blocks[region.start : region.end]}
    first = document.blocks[region.start]
    line_end = document.text.find("\n", document.blocks[region.end - 1].end)
    group: _Group | None = None
    bounds: tuple[int, int] | None = None
    after_blank = False
    for start, end in _lines(document.text, first.start, len(document.text) if line_end < 0 else line_end):
        first = blocks.get(start, first)
        line = document.text[start:end]
        tab = _LEADING_TAB.match(line)
        if tab is None:
            if not line.strip():
                after_blank = True
            elif bounds:
                bounds = (bounds[0], end)
            continue
        if group is not None and bounds:
            group.cells.append(_cell(document.text, *bounds, len(group.cells)))
        glued = bool(tab.group(1)) and not after_blank
        if group is None or after_blank or glued:
            if group is not None:
                yield group
            group = _Group([], first, glued)
        bounds, after_blank = (start + tab.end(), end), False
    if group is not None and bounds:
        group.cells.append(_cell(document.text, *bounds, len(group.cells)))
        yield group


def _cell(text: str, start: int, end: int, column: int) -> Cell:
    raw = text[start:end]
    stripped = raw.strip()
    offset = start + len(raw) - len(raw.lstrip()) if stripped else start
    return Cell(stripped, offset, offset + len(stripped), column)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bounds of each line between two offsets."""
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1

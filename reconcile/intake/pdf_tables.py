"""Tables of a PDF from the lines drawn around their cells.

Two crossing families of ruling lines make a grid; where a line between two squares of the grid is missing, the squares
are one merged cell.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reconcile.intake.letters import Letter, lines_of
from reconcile.intake.lines import Line, Table, TableCell, join

if TYPE_CHECKING:
    from pypdfium2 import PdfPage


class Ruling(NamedTuple):
    """A drawn line: at `place` across, reaching from `start` to `end` along."""

    place: float
    start: float
    end: float


_NEAR = 3.0
"""Points within which two drawn lines are one."""

_SHORT = 6.0
_PADDING = 8.0
"""Points that the words of a cell may keep from its border."""

_MOST_PATHS = 20_000


# --- ruling lines ------------------------------------------------------------------------------------------------


def rulings(page: PdfPage) -> tuple[list[Ruling], list[Ruling]]:
    """The horizontal and the vertical lines drawn on a page."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    across: list[Ruling] = []
    down: list[Ruling] = []
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count > _MOST_PATHS:
            break
        for (x1, y1), (x2, y2) in _strokes(item.raw):
            if abs(y1 - y2) < 1 and abs(x1 - x2) > _SHORT:
                across.append(Ruling(height - (y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) < 1 and abs(y1 - y2) > _SHORT:
                down.append(Ruling((x1 + x2) / 2, height - max(y1, y2), height - min(y1, y2)))
    return _merged(across), _merged(down)


def _strokes(path: object) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, in page coordinates; the outline of a thin bar counts as its line."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    strokes = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 2_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            strokes.append((last, point))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            strokes.append((last, start))
    return strokes


def _merged(found: list[Ruling]) -> list[Ruling]:
    """Lines at one place that touch or overlap as one: borders are often drawn cell by cell."""
    merged: list[Ruling] = []
    places: list[float] = []
    for ruling in sorted(found):
        if not places or ruling.place - places[-1] > _NEAR:
            places.append(ruling.place)
    by_place: dict[float, list[Ruling]] = {place: [] for place in places}
    for ruling in found:
        by_place[min(places, key=lambda place: abs(place - ruling.place))].append(ruling)
    for place, group in by_place.items():
        for ruling in sorted(group, key=lambda one: one.start):
            if merged and merged[-1].place == place and ruling.start - merged[-1].end <= _NEAR:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, ruling.end))
            else:
                merged.append(Ruling(place, ruling.start, ruling.end))
    return merged


# --- grids -------------------------------------------------------------------------------------------------------


def find_tables(letters: Sequence[Letter], across: list[Ruling], down: list[Ruling], page: int) -> list[Table]:
    """The tables of a page from top to bottom; a frame of one cell or one column is no table."""
    tables = []
    for rows, columns in _grids(across, down):
        ys = sorted({ruling.place for ruling in rows})
        xs = sorted({ruling.place for ruling in columns})
        if len(ys) >= 2 and len(xs) >= 3:
            tables.append(_table(letters, rows, columns, xs, ys, page))
    return sorted(tables, key=lambda table: table.top)


def _grids(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that cross each other, directly or through others, belong to one grid."""
    grids: list[tuple[list[Ruling], list[Ruling]]] = []
    left_across, left_down = list(across), list(down)
    while left_across:
        rows, columns = [left_across.pop()], []
        grown = True
        while grown:
            joined = [one for one in left_down if any(_cross(row, one) for row in rows)]
            left_down = [one for one in left_down if one not in joined]
            columns += joined
            more = [one for one in left_across if any(_cross(one, column) for column in joined)]
            left_across = [one for one in left_across if one not in more]
            rows += more
            grown = bool(joined or more)
        grids.append((rows, columns))
    return grids


def _cross(row: Ruling, column: Ruling) -> bool:
    return (
        row.start - _NEAR <= column.place <= row.end + _NEAR and column.start - _NEAR <= row.place <= column.end + _NEAR
    )


def _table(
    letters: Sequence[Letter], rows: list[Ruling], columns: list[Ruling], xs: list[float], ys: list[float], page: int
) -> Table:
    cells: list[list[TableCell]] = [[] for _ in ys[1:]]
    taken: set[tuple[int, int]] = set()
    within = [one for one in letters if xs[0] <= _middle(one)[0] <= xs[-1] and ys[0] <= _middle(one)[1] <= ys[-1]]
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(xs) - 1 and not _parted(columns, xs[right], ys[row], ys[row + 1]):
                right += 1
            below = row + 1
            while below < len(ys) - 1 and not _parted(rows, ys[below], xs[column], xs[column + 1]):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            lines = _lines_within(within, xs[column], xs[right], ys[row], ys[below], page)
            full = bool(lines) and lines[-1].right > xs[right] - _PADDING - 2 * lines[-1].size
            cells[row].append(TableCell("\n".join(join(lines)), column, below - row, right - column, full))
    return Table(page, ys[0], ys[-1], tuple(xs), tuple(tuple(row) for row in cells))


def _parted(rulings: list[Ruling], place: float, start: float, end: float) -> bool:
    """Whether a line is drawn at a place, along most of the way from start to end."""
    covered = sum(
        max(0.0, min(ruling.end, end) - max(ruling.start, start)) for ruling in rulings if ruling.place == place
    )
    return covered > 0.5 * (end - start)


def _lines_within(letters: list[Letter], left: float, right: float, top: float, bottom: float, page: int) -> list[Line]:
    own = [one for one in letters if left <= _middle(one)[0] < right and top <= _middle(one)[1] < bottom]
    return lines_of(own, page)


def _middle(letter: Letter) -> tuple[float, float]:
    return (letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2


def inside(letter: Letter, table: Table) -> bool:
    """Whether a letter stands within a table."""
    x, y = _middle(letter)
    return table.edges[0] <= x <= table.edges[-1] and table.top <= y <= table.bottom

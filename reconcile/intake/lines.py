"""From printed lines back to paragraphs, for formats that only know where words stand on a page: PDF, OFD, scans.

Lines come in reading order (`reading_order`); those that were broken by the width of the page are joined again, and
tables cut by its end are mended. Lengths are in the page's own unit, `top` grows downwards.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeGuard

from reconcile.intake.assemble import Assembler, RowCell


class Line(NamedTuple):
    """A piece of text on one line, without a gap wide enough to part columns; `size` is the height of its letters."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    column: int = 0


class TableCell(NamedTuple):
    """A cell with its extent; `full` says that its last line reaches the right edge, so that it may go on overleaf."""

    text: str
    column: int
    rows: int
    columns: int
    full: bool = False


class Table(NamedTuple):
    """A table found on a page, between `top` and `bottom`; `edges` are where its columns part."""

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[TableCell, ...], ...]


_SLACK = 1.2
"""How many letters a line may fall short of the margin and still be full: punctuation may not open a line."""

_HANGING = "，。；、：！？,.;:"

_RAGGED = 1.5
"""How many letters more a line may fall short in a narrow cell."""

_INDENT = 1.2
_GAP = 0.9
"""A gap between two lines wider than the usual one by so many letters parts paragraphs."""

_ENDS = re.compile(r"[。！？；;!?：:]['\"”’）)」』】]*$|[.]$")
_MARK = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十百\d]{1,4}\s*[）)]|[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,3}\s*(?:[、．）)]|\.(?!\d))"
    r"|[①-⑳⑴-⒛㈠-㈩]|第[一二三四五六七八九十\d]{1,3}[章节条]|[【●•◆■□])"
)


def write(parts: Iterable[Line | Table], out: Assembler, width: float) -> None:
    """Join the lines of a document, in reading order, into paragraphs, and add its tables where they stand.

    `width` is that of a page, whose margins are taken to be alike where there are few lines.
    """
    parts = _whole_tables(list(parts))
    lines = [part for part in parts if isinstance(part, Line)]
    margins = _margins(lines, width - min((line.left for line in lines), default=0.0))
    held: list[Line] = []
    for part in parts:
        if held and not (isinstance(part, Line) and _continues(held, part, margins)):
            out.paragraph(joined(held), page=held[0].page)
            held = []
        if isinstance(part, Line):
            held.append(part)
        else:
            _write_table(part, out)
    if held:
        out.paragraph(joined(held), page=held[0].page)


def _write_table(table: Table, out: Assembler) -> None:
    index = out.table()
    for place, row in enumerate(table.rows, 1):
        cells = (RowCell(c.text, c.column, c.rows, c.columns, f"{index}.{place}.{c.column + 1}") for c in row)
        out.row(cells, index, page=table.page)


def _whole_tables(parts: list[Line | Table]) -> list[Line | Table]:
    """Tables that go on at the head of the next page are put together again."""
    whole: list[Line | Table] = []
    ends = 0
    for part in parts:
        before = whole[-1] if whole else None
        if isinstance(before, Table) and _goes_on(part, before, ends):
            whole[-1] = before._replace(rows=_continued(before.rows, part.rows))
        else:
            whole.append(part)
        ends = part.page
    return whole


def _continued(
    rows: tuple[tuple[TableCell, ...], ...], more: tuple[tuple[TableCell, ...], ...]
) -> tuple[tuple[TableCell, ...], ...]:
    """The rows of a table with those from the next page: its header is given once, a row cut by the page is mended."""
    if rows and more and [cell.text for cell in rows[0]] == [cell.text for cell in more[0]]:
        more = more[1:]
    if not rows or not more:
        return rows + more
    rest = {cell.column: cell.text for cell in more[0] if cell.text}
    open_cells = {cell.column for cell in rows[-1] if cell.full}
    if not rest or not rest.keys() <= open_cells or len(rest) == len(more[0]):
        return rows + more
    mended = tuple(cell._replace(text=cell.text + rest.get(cell.column, "")) for cell in rows[-1])
    return (*rows[:-1], mended, *more[1:])


def _goes_on(part: Line | Table, table: Table, ends: int) -> TypeGuard[Table]:
    """Whether a part is the rest of a table that ended with the page before it: the same columns."""
    return (
        isinstance(part, Table)
        and ends == part.page - 1
        and len(part.edges) == len(table.edges)
        and all(abs(one - other) < 6 for one, other in zip(part.edges, table.edges, strict=True))
    )


def join(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of lines that stand in a space of their own, a cell of a table."""
    margins = {
        column: margin._replace(right=margin.right - _RAGGED * lines[0].size)
        for column, margin in _margins(lines, 0.0).items()
    }
    held: list[Line] = []
    for line in lines:
        if held and not _continues(held, line, margins):
            yield joined(held)
            held = []
        held.append(line)
    if held:
        yield joined(held)


class _Margins(NamedTuple):
    left: float
    right: float
    gap: float


def _margins(lines: Sequence[Line], right: float) -> dict[int, _Margins]:
    """For each column: where lines usually begin, where full lines end, and the usual gap between lines.

    `right` is where the space for text ends, for those too few to tell.
    """
    by_column: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_column[line.column].append(line)
    margins = {}
    for column, own in by_column.items():
        size = median(line.size for line in own)
        gaps = [b.top - a.bottom for a, b in pairwise(own) if a.page == b.page and b.top > a.top]
        end = _common_right(own, size, right if column == 0 else 0.0)
        margins[column] = _Margins(_common_left(own, size), end, median(gaps) if gaps else 0.0)
    return margins


def _common_left(lines: Sequence[Line], size: float) -> float:
    places = Counter(round(line.left / size) for line in lines)
    usual = [place for place, count in places.items() if count >= max(2, 0.1 * len(lines))]
    return min(usual or places) * size


def _common_right(lines: Sequence[Line], size: float, right: float) -> float:
    """The furthest place where at least three lines end, else the widest line or the margin as it is drawn.

    Punctuation at the end of a line may hang over the margin, and is not counted.
    """
    ends = sorted((line.right - size * (line.text[-1:] in _HANGING) for line in lines), reverse=True)
    common = (end for place, end in enumerate(ends[:-2]) if end - ends[place + 2] < size)
    return next(common, max(ends[0], right))


def _continues(held: Sequence[Line], line: Line, margins: dict[int, _Margins]) -> bool:
    """Whether a line goes on the paragraph of the lines before it."""
    before = held[-1]
    size = max(before.size, line.size)
    if abs(before.size - line.size) > 0.25 * size:
        return False
    margin = margins[before.column]
    if before.right + _first_word(line.text, size) + _SLACK * size < margin.right:
        return False
    same_place = before.page == line.page and before.column == line.column
    if same_place and line.top - before.bottom > margin.gap + _GAP * size:
        return False
    if _MARK.match(line.text):
        return False
    # A paragraph opens with an indent, and goes on without it; or the other way round, hanging.
    indented = line.left - margins[line.column].left > _INDENT * size
    opens_alike = len(held) == 1 and abs(line.left - before.left) < size
    return not (indented and (opens_alike or _ENDS.search(before.text)))


_UNBREAKABLE = re.compile(
    r"[“‘（《「【(]*[\u2e80-\u9fff]?[”’）》」】，。；、：！？％]*[“‘]?[!-~]*[”’）》」】，。；、：！？％]*"
)


def _first_word(text: str, size: float) -> float:
    """The width of what could not be parted from the first letter: a Latin word or a number, quotes, punctuation."""
    word = _UNBREAKABLE.match(text)
    assert word is not None, "every part of the pattern may be missing"
    return size * max(1.0, sum(0.5 if letter.isascii() else 1.0 for letter in word[0]))


def joined(lines: Sequence[Line]) -> str:
    """Lines as one text: a blank only between Latin words."""
    text = ""
    for line in lines:
        blank = (
            text and text[-1].isascii() and text[-1].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha()
        )
        text += (" " if blank else "") + line.text.strip()
    return text

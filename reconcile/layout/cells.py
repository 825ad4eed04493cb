"""Cells of a table → their items: the lists within a cell, and what one column says of the work another names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reconcile.layout import headings, marks, running
from reconcile.layout.columns import kind_said
from reconcile.layout.headings import Part
from reconcile.layout.lines import line_of
from reconcile.layout.passage import Passage, Piece, chained, joined, under
from reconcile.layout.running import Entry
from reconcile.layout.vocabulary import fold
from reconcile.model.documents import Block, Cell

_SECOND = r"(?:^|[。；;\s>])2[.、．]"  # slow to compile, and seldom needed
_SPREAD = r"(?<=[一-龥])[ \u3000]{2,}(?=[一-龥])"  # slow to compile, and needed for tables alone
_SECTION = r"(?:^|(?<=[\n。;]))[^\S\n]*(?P<name>[^\n。;:,]{2,20}?)(?::[^\S\n]*|[^\S\n]*(?=\n))"
"""A heading within a cell, on a line of its own or before a colon; slow to compile, and needed for tables alone."""
_REST = r"\d+(?![\d.]*\s*(?:[年月日.、)]|[-/]\d))|[,。;、)%]"
"""What no line of a list opens with, but the rest of one does: 420人次; slow to compile too."""
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


class WrappedCell(Cell, frozen=True):
    """A cell whose text goes on in further lines, among the cells beside it: its `pieces`, each with its offset."""

    pieces: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, cell: Cell, more: Cell) -> WrappedCell:
        """A cell and what stands below it in the same column."""
        pieces = cell.pieces if isinstance(cell, WrappedCell) else ((cell.text, cell.start),)
        return cls(cell.text + more.text, cell.start, more.end, cell.column, pieces=(*pieces, (more.text, more.start)))


class RepeatedCell(Cell, frozen=True, kw_only=True):
    """A cell that says the same as one above it (同上), whose words it has: `said` in the row `of`."""

    said: Cell
    of: Block


def passage_of(cell: Cell, row: Block) -> Passage:
    """The text of a cell with its place in the table."""
    if isinstance(cell, RepeatedCell):
        return passage_of(cell.said, cell.of)
    address = cell.address or (f"{row.table}.{row.paragraph}.{cell.column + 1}" if row.table else None)
    if isinstance(cell, WrappedCell):
        return Passage.of(*(Piece(text, start, row.paragraph, row.page, address) for text, start in cell.pieces))
    return Passage.of(Piece(cell.text, cell.start, row.paragraph, row.page, address)).strip()


def one_line(text: str) -> str:
    """The text of a cell without its line breaks, and without the spaces that spread two characters over a column."""
    return re.sub(_SPREAD, "", _BREAK.sub("", text)).strip()


def split_cell(passage: Passage, *, wraps: bool) -> list[Entry]:
    """The items of one cell: a line with a mark opens one; without marks each line is one, unless lines only wrap."""
    text = passage.text
    groups: list[tuple[marks.Mark | None, list[Passage]]] = []
    reached = 0
    lines = _lines(passage)
    for place, part in enumerate(lines):
        if place + 1 < len(lines) and _is_topic(part, lines[place + 1]):
            reached = 0
            continue
        mark = line_of(part).mark
        if mark is not None and not _counts(mark, reached, text):
            mark = None
        if groups and mark is None and (reached or wraps or re.match(_REST, fold(part.text))):
            groups[-1][1].append(part)
        else:
            groups.append((mark, [part]))
        reached = (mark.number if mark else None) or reached
    return [entry for mark, group in groups for entry in running.split(joined(group), mark)]


def entries_in(passage: Passage, part: Part | None, *, wraps: bool) -> Iterator[tuple[Part | None, Entry]]:
    """The items of one cell, each with what the heading over it within the cell says; `part` where none does."""
    bounds = _sections(passage)
    for (_, begin, own), (end, _, _) in zip(bounds, [*bounds[1:], (len(passage.text), 0, None)], strict=True):
        text = passage.cut(begin, end).strip()
        if text.text:
            yield from ((own or part, entry) for entry in split_cell(text, wraps=wraps))


def has_sections(passage: Passage) -> bool:
    """Whether a cell opens with a heading of its own: 本月完成：1.…; 下月计划：1.…."""
    return len(_sections(passage)) > 1


def _sections(passage: Passage) -> list[tuple[int, int, Part | None]]:
    """The headings within a cell: where each begins and ends, and what it says."""
    text = fold(passage.text)
    if ":" not in text and "\n" not in text:
        return [(0, 0, None)]
    found: list[tuple[int, int, Part | None]] = [
        (match.start("name"), match.end(), part)
        for match in re.finditer(_SECTION, text)
        if (part := kind_said(match["name"]))
    ]
    is_first = bool(found) and not text[: found[0][0]].strip()
    return [(0, 0, None), *found] if is_first else [(0, 0, None)]


def after_work(names: Sequence[Entry], said: Sequence[Entry], above: str = "") -> list[Entry]:
    """What is said of some work, each after the name of that work: one for all, or as many as there are.

    `above` is the name where the cell is merged with the one above it.
    """
    if not said:
        return list(names)
    if not names:
        return [_renamed(one, under(above, one.passage)) for one in said] if above else list(said)
    if len(names) > 1 and len(said) == 1:
        names = [Entry(chained([name.passage for name in names], "、"), said[0].number, None)]
    if len(names) not in (1, len(said)):
        return list(said)
    numbered = len(names) == len(said)
    return [
        _renamed(one, _joined(name.passage, one.passage), name.number if numbered else None)
        for name, one in zip(names if numbered else [names[0]] * len(said), said, strict=True)
    ]


def _joined(name: Passage, said: Passage) -> Passage:
    """Both as one text, unless what is said names the work itself."""
    return said if "".join(name.text.split()) in "".join(said.text.split()) else chained([name, said], "：")


def _renamed(entry: Entry, passage: Passage, number: int | None = None) -> Entry:
    return Entry(passage, entry.number if entry.number is not None else number, entry.style)


def _is_topic(part: Passage, below: Passage) -> bool:
    """Whether a marked line of a cell is but the heading of the list that begins below it: 一、护理质量."""
    line, after = line_of(part), line_of(below)
    if line.mark is None or after.mark is None or after.mark.number != 1 or line.mark.style not in marks.OUTER:
        return False
    return after.mark.style != line.mark.style and headings.is_heading_like(line.body)


def _lines(passage: Passage) -> list[Passage]:
    text = passage.text
    bounds = [0, *(edge for match in _BREAK.finditer(text) for edge in match.span()), len(text)]
    parts = [passage.cut(left, right).strip() for left, right in zip(bounds[::2], bounds[1::2], strict=True)]
    return [part for part in parts if part.text]


def _counts(mark: marks.Mark, reached: int, text: str) -> bool:
    """Whether a mark counts on in its cell; “1.5万人” alone is a figure, before a second item it is the first."""
    if mark.number is None:
        return True
    if mark.number == reached + 1:
        return not mark.doubtful or reached > 0 or bool(re.search(_SECOND, text))
    return mark.number > reached and not mark.doubtful

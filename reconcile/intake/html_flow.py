"""Walking a page in reading order: what is a paragraph, what is a row of a table, what number a list item carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reconcile.intake.assemble import Assembler, RowCell
from reconcile.intake.limits import check_rows
from reconcile.intake.numerals import numeral

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {
    *(
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol", "p", "pre", "section", "ul"),
    *("tbody", "td", "tfoot", "th", "thead", "tr"),
}
_TABLE_PARTS = ("thead", "tbody", "tfoot")
_LIST_STYLES = {
    "1": ("decimal", "."),
    "a": ("lowerLetter", "."),
    "A": ("upperLetter", "."),
    "i": ("lowerRoman", "."),
    "I": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "lower-alpha": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "none": ("none", ""),
}
"""How a list numbers its items: `type` or `list-style-type` → numeral style and what follows it."""

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026\u2014]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]+[ \t]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\v"
"""A line break that is meant, while line ends of the source are still about."""

_LONG_CELL = 400
_SPAN = 1000
"""More than a table of a report has columns or rows: spans beyond are made to hurt."""


def say(element: HtmlElement) -> str:
    """All text of an element, blanks collapsed."""
    return _BLANKS.sub(" ", "".join(element.itertext()))


def _collapse(text: str) -> str:
    """Blanks as a browser shows them; a line broken in the source between two Chinese characters is no blank."""
    return _BLANKS.sub(" ", _BREAK_IN_CHINESE.sub("", text))


class Flow:
    """Reads elements into an assembler; `furniture` are openings of lines that are no part of an article."""

    def __init__(self, out: Assembler, furniture: tuple[str, ...] = ()) -> None:
        self.out = out
        self.furniture = furniture
        self._line: list[str] = []

    def read(self, element: HtmlElement) -> None:
        """Read an element and all inside it."""
        self._walk(element, preserve=element.tag == "pre")
        self._end()

    def _end(self, heading: int | None = None) -> None:
        text, self._line = _collapse("".join(self._line)), []
        for line in text.split(_BREAK):
            if not line.strip().startswith(self.furniture or ("\0",)):
                self.out.paragraph(line, heading=heading)

    def _walk(self, element: HtmlElement, *, preserve: bool = False) -> None:
        """The text of an element, its children and what follows each, in order."""
        self._text(element.text, preserve=preserve)
        marks = _marks(element) if element.tag in ("ol", "ul") else iter(())
        for inner in element:
            if isinstance(inner.tag, str):
                self._element(inner, next(marks, "") if inner.tag == "li" else "", preserve=preserve)
            self._text(inner.tail, preserve=preserve)

    def _text(self, text: str | None, *, preserve: bool) -> None:
        if text:
            self._line.append(text.replace("\n", _BREAK) if preserve else text)

    def _element(self, element: HtmlElement, mark: str, *, preserve: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._line.append(_BREAK)
        elif tag == "table":
            self._end()
            self._table(element)
        elif tag in _BLOCKS:
            self._end()
            if mark:
                self._line.append(mark)
            self._walk(element, preserve=preserve or tag == "pre")
            self._end(heading=int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else None)
        else:
            self._walk(element, preserve=preserve)

    def _table(self, table: HtmlElement) -> None:
        check_rows(sum(1 for _ in _rows(table)), self.out.file.name)
        rows = [list(row) for row in _grid(table)]
        if _lays_out(table, rows):
            for cells in rows:
                for element, *_ in cells:
                    self._walk(element)
                    self._end()
            return
        index = self.out.table()
        for place, cells in enumerate(rows, 1):
            self.out.row(
                (
                    RowCell(_cell_text(element), column, down, across, f"{index}.{place}.{column + 1}")
                    for element, column, down, across in cells
                ),
                index,
            )


def _marks(listing: HtmlElement) -> Iterator[str]:
    """The marks of a list's items: Word counts for itself, and so does a browser."""
    style = re.search(r"list-style(?:-type)?\s*:[^;]*?([\w-]+)", listing.get("style", ""))
    numerals, after = _LIST_STYLES.get(style[1] if style else listing.get("type", "1"), _LIST_STYLES["1"])
    count = _integer(listing.get("start"), 1)
    for item in listing.iterchildren("li"):
        count = _integer(item.get("value"), count)
        yield f"{numeral(count, numerals)}{after}" if listing.tag == "ol" and numerals != "none" else ""
        count += 1


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in _TABLE_PARTS:
            yield from element.iterchildren("tr")


def _grid(table: HtmlElement) -> Iterator[Iterator[tuple[HtmlElement, int, int, int]]]:
    """The cells of each row with column, rows and columns covered; cells from above shift those below to the right."""
    taken: dict[int, int] = {}
    for row in _rows(table):
        cells = []
        column = 0
        for element in row.iterchildren("td", "th"):
            while taken.get(column, 0) > 0:
                column += 1
            down = min(max(_integer(element.get("rowspan"), 1), 1), _SPAN)
            across = min(max(_integer(element.get("colspan"), 1), 1), _SPAN)
            cells.append((element, column, down, across))
            for covered in range(column, column + across):
                taken[covered] = down
            column += across
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        yield iter(cells)


def _lays_out(table: HtmlElement, rows: list[list[tuple[HtmlElement, int, int, int]]]) -> bool:
    """Whether a table only arranges a page: one cell a row, tables inside it, or a cell with an article in it."""
    cells = [element for row in rows for element, *_ in row]
    if table.get("role") == "presentation" or all(sum(bool(say(one[0]).strip()) for one in row) <= 1 for row in rows):
        return True
    if any(next(element.iterdescendants("table"), None) is not None for element in cells):
        return True
    longest = max(cells, key=lambda element: len(say(element)))
    paragraphs = sum(1 for _ in longest.iterdescendants("p", "div", "br", "li"))
    words = len(say(longest))
    return words > _LONG_CELL and paragraphs >= 6 and words > 0.7 * len(say(table))


def _cell_text(cell: HtmlElement) -> str:
    """The text of a cell, one line a paragraph."""
    lines = (line.strip() for line in _collapse("".join(_pieces(cell))).split(_BREAK))
    return "\n".join(line for line in lines if line)


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    marks = _marks(element) if element.tag in ("ol", "ul") else iter(())
    for inner in element:
        if isinstance(inner.tag, str):
            edge = _BREAK if inner.tag in _BLOCKS else ""
            yield _BREAK if inner.tag == "br" else edge
            yield next(marks, "") if inner.tag == "li" else ""
            yield from _pieces(inner)
            yield edge
        yield inner.tail or ""

"""Word files (`.docx`, `.docm`, `.dotx`), read from their XML as Word would show them.

Read: the body with automatic numbers, headings, tables, text boxes and content controls; tracked insertions as if
accepted. Left out: tracked deletions, headers, footers, notes, comments, hidden text, field codes, pictures. Nothing is
executed: macros, links and embedded objects are not looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler, RowCell
from reconcile.intake.docx_numbering import Numbering
from reconcile.intake.docx_styles import NO_STYLE, Style, read_styles
from reconcile.intake.limits import Package, check_rows
from reconcile.intake.xml import attribute, child, local, number, parse_xml, value
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo"}
_WRAPPERS |= {"oMath", "oMathPara", "f", "num", "den", "sSup", "sSub", "e", "sup", "sub", "ruby", "rubyBase"}
"""Elements that only hold others; whatever stands inside them is read."""

_GONE = {"del", "moveFrom"}
_BREAKS = {"br", "cr"}
_DEPTH = 25
"""How deep tables and text boxes may nest; deeper nesting is made to hurt."""


def read(data: bytes, file: SourceFile) -> Document:
    """Read a Word file; `InputError` where it is damaged, encrypted or out of bounds."""
    package = Package(data, file.name)
    parts = _parts(package)
    root = parse_xml(package.read(parts["document"]), file.name)
    body = child(root, "body")
    if body is None:
        raise InputError("intake.damaged", file=file.name)
    reader = _Reader(Assembler(file), _part(package, parts.get("styles")), _part(package, parts.get("numbering")))
    reader.flow(body)
    return reader.finish()


def _parts(package: Package) -> dict[str, str]:
    """Where the document, its styles and its numbering are, by the package's relationships."""
    main = next((path for kind, path in _related(package, "_rels/.rels", "") if kind == "officeDocument"), "")
    main = main if main in package else "word/document.xml"
    folder, name = posixpath.split(main)
    return {"document": main} | dict(_related(package, f"{folder}/_rels/{name}.rels", folder))


def _related(package: Package, part: str, folder: str) -> Iterator[tuple[str, str]]:
    if part not in package:
        return
    for relation in parse_xml(package.read(part), package.name):
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External":
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield (attribute(relation, "Type") or "").rpartition("/")[2], path


def _part(package: Package, part: str | None) -> _Element | None:
    return parse_xml(package.read(part), package.name) if part is not None and part in package else None


class _Cell(NamedTuple):
    element: _Element
    column: int
    columns: int
    continues: bool
    """Whether it goes on a cell merged from the row above."""


class _Reader:
    """Walks the body in reading order and hands what it finds to the assembler."""

    def __init__(self, out: Assembler, styles: _Element | None, numbering: _Element | None) -> None:
        self.out = out
        self.styles = read_styles(styles)
        self.numbering = Numbering(numbering)
        self.page: int | None = None
        self.inserted = self.deleted = 0
        self._field: list[bool] = []
        self._held = ""
        self._depth = 0

    def finish(self) -> Document:
        if self._held:
            self.out.paragraph(self._held, page=self.page)
        if self.inserted or self.deleted:
            self.out.warn("tracked_changes", inserted=self.inserted, deleted=self.deleted)
        return self.out.document()

    # paragraphs and tables, wherever they stand

    def flow(self, parent: _Element) -> None:
        """Read the paragraphs and tables of a body, a cell or a text box into blocks."""
        for element in _flow(parent):
            if local(element) == "p":
                text, heading, boxes = self._paragraph(element)
                self.out.paragraph(text, page=self.page, heading=heading)
                self._inside(boxes)
            else:
                self._table(element)

    def _inside(self, boxes: list[_Element]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise InputError("intake.damaged", file=self.out.file.name)
        for box in boxes:
            self.flow(box)
        self._depth -= 1

    def _paragraph(self, element: _Element) -> tuple[str, int | None, list[_Element]]:
        """The text of a paragraph with its mark, its heading level, and the text boxes anchored in it."""
        properties = child(element, "pPr")
        style = self.styles.get(value(properties, "pStyle") or "", NO_STYLE)
        boxes: list[_Element] = []
        body = "".join(self._inline(element, boxes))
        if (marks := child(properties, "rPr")) is not None and child(marks, "del") is not None:
            # The end of this paragraph was deleted: it runs on into the next.
            self._held += body
            return "", None, boxes
        body, self._held = self._held + body, ""
        mark = self._mark(properties, style) if body.strip() else ""
        level = number(value(properties, "outlineLvl"))
        level = style.level if level is None else level
        return mark + body.lstrip() if mark else body, None if level is None or level > 8 else level + 1, boxes

    def _mark(self, properties: _Element | None, style: Style) -> str:
        listing = child(properties, "numPr")
        list_id = value(listing, "numId") or style.list_id
        level = number(value(listing, "ilvl"))
        if list_id is None or list_id == "0":
            return ""
        return self.numbering.mark(list_id, (style.list_level or 0) if level is None else level)

    # what stands inside a paragraph

    def _inline(self, parent: _Element, boxes: list[_Element]) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "r":
                yield from self._run(element, boxes)
            elif name in _WRAPPERS:
                self.inserted += name in ("ins", "moveTo")
                yield from self._inline(element, boxes)
            elif name in _GONE:
                self.deleted += 1

    def _run(self, run: _Element, boxes: list[_Element]) -> Iterator[str]:
        properties = child(run, "rPr")
        hidden = child(properties, "vanish") is not None and value(properties, "vanish") not in ("0", "false")
        for element in run:
            name = local(element)
            if name == "fldChar":
                self._turn_field(attribute(element, "fldCharType"))
            elif name == "lastRenderedPageBreak":
                self.page = (self.page or 1) + 1
            elif name in ("AlternateContent", "pict", "drawing", "object"):
                boxes += _text_boxes(element)
            elif hidden or any(self._field):
                continue
            elif name == "ruby":
                yield from self._inline(element, boxes)
            else:
                yield _character(element, name)

    def _turn_field(self, kind: str | None) -> None:
        """A field is its code, which is not shown, then its result, which is."""
        if kind == "begin":
            self._field.append(True)
        elif self._field:
            if kind == "separate":
                self._field[-1] = False
            elif kind == "end":
                self._field.pop()

    # tables

    def _table(self, table: _Element) -> None:
        """One block a row; a table of single cells is a frame around paragraphs and is read as such."""
        check_rows(len(table), self.out.file.name)
        rows = [self._cells(row) for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            self._inside([cell.element for cells in rows for cell in cells])
            return
        index = self.out.table()
        for place, cells in enumerate(rows):
            nested: list[_Element] = []
            row = [
                RowCell(
                    self._cell_text(cell.element, nested),
                    cell.column,
                    _extent(rows, place, cell),
                    cell.columns,
                    f"{index}.{place + 1}.{cell.column + 1}",
                )
                for cell in cells
                if not cell.continues
            ]
            self.out.row(row, index, page=self.page)
            for inner in nested:
                if local(inner) == "tbl":
                    self._table(inner)
                else:
                    self._inside([inner])

    def _cells(self, row: _Element) -> list[_Cell]:
        properties = child(row, "trPr")
        column = number(value(properties, "gridBefore")) or 0
        cells = []
        for element in _unwrapped(row, "tc"):
            own = child(element, "tcPr")
            columns = max(number(value(own, "gridSpan")) or 1, 1)
            merge = child(own, "vMerge")
            cells.append(_Cell(element, column, columns, merge is not None and attribute(merge, "val") != "restart"))
            column += columns
        return cells

    def _cell_text(self, cell: _Element, nested: list[_Element]) -> str:
        """The paragraphs of a cell, one a line; tables and text boxes inside it are put aside."""
        lines = []
        for element in _flow(cell):
            if local(element) == "tbl":
                nested.append(element)
            else:
                lines.append(self._paragraph(element)[0])
        return "\n".join(line for line in lines if line.strip())


def _extent(rows: list[list[_Cell]], place: int, cell: _Cell) -> int:
    """How many rows a cell covers: those below that continue it at the same column."""
    end = place + 1
    while end < len(rows) and any(below.continues and below.column == cell.column for below in rows[end]):
        end += 1
    return end - place


def _flow(parent: _Element) -> Iterator[_Element]:
    for element in parent:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            yield from _flow(element)
        elif name == "AlternateContent" and (chosen := _chosen(element)) is not None:
            yield from _flow(chosen)


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows of a table but for those whose deletion is tracked."""
    return (row for row in _unwrapped(table, "tr") if child(child(row, "trPr"), "del") is None)


def _unwrapped(parent: _Element, name: str) -> Iterator[_Element]:
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _unwrapped(element, name)


def _chosen(alternatives: _Element) -> _Element | None:
    """Word writes new shapes twice, for itself and for older programs: the first is read."""
    choice = child(alternatives, "Choice")
    return choice if choice is not None and len(choice) else child(alternatives, "Fallback")


def _text_boxes(element: _Element) -> list[_Element]:
    if local(element) == "AlternateContent":
        chosen = _chosen(element)
        return [] if chosen is None else [box for one in chosen for box in _text_boxes(one)]
    if local(element) == "txbxContent":
        return [element]
    return [box for one in element for box in _text_boxes(one)]


def _character(element: _Element, name: str) -> str:
    """What one element of a run prints."""
    if name == "t":
        return element.text or ""
    if name == "tab":
        return "\t"
    if name in _BREAKS:
        return "\n" if attribute(element, "type") != "column" else ""
    return "-" if name == "noBreakHyphen" else ""

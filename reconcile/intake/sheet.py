"""Spreadsheets (台账): `.xlsx`, `.xls`, `.ods`, and `.et`, which is `.xls` by another name.

Every row becomes a block of cells with its address ("Sheet1!C5"); a merged range is one cell with its extent. Formulas
give the value stored in the file and are never computed; hidden sheets are left out. What a column means is found from
its header by the layout. Lost: number formats, so 73% stored as 0.73 reads 0.73.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler, RowCell
from reconcile.intake.limits import MAX_CELLS, Package, check_rows
from reconcile.intake.xml import attribute, number, parse_xml
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
"""Names that a program gave and nobody meant."""

Extent = tuple[int, int]
"""Rows and columns that a merged cell covers."""


def read(data: bytes, file: SourceFile) -> Document:
    """Read all visible sheets; `InputError` where the workbook is damaged, encrypted or too large."""
    if file.format in ("xlsx", "xlsb", "ods"):
        _refuse_harm(data, file)
    out = Assembler(file)
    try:
        _read_book(data, _merged_in_ods(data, file) if file.format == "ods" else {}, out)
    except InputError:
        raise
    except BaseException as error:
        # The reader is written in Rust: where a damaged file surprises it, its panic is no `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise InputError(_what_is_wrong(error), file=file.name) from error
    return out.document()


Ranges = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Merged ranges: first row and column, last row and column, from 0."""


def _merged_in_ods(data: bytes, file: SourceFile) -> dict[str, Ranges]:
    """The merged ranges of each sheet of an `.ods`, which the reader does not give."""
    package = Package(data, file.name)
    found: dict[str, Ranges] = {}
    for table in parse_xml(package.read("content.xml"), file.name).iter("{*}table"):
        ranges = []
        top = 0
        for row in table.iter("{*}table-row"):
            left = 0
            for cell in row:
                down, across = (number(attribute(cell, f"number-{kind}-spanned")) or 1 for kind in ("rows", "columns"))
                if down > 1 or across > 1:
                    ranges.append(((top, left), (top + down - 1, left + across - 1)))
                left += number(attribute(cell, "number-columns-repeated")) or 1
            top += number(attribute(row, "number-rows-repeated")) or 1
        found[attribute(table, "name") or ""] = ranges
    return found


def _read_book(data: bytes, merged: dict[str, Ranges], out: Assembler) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets = [
        book.get_sheet_by_name(sheet.name)
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [sheet for sheet in sheets if sheet.height]
    for sheet in filled:
        if len(filled) > 1 and not _DEFAULT_NAME.fullmatch(sheet.name):
            out.paragraph(sheet.name, heading=1)
        _read_sheet(sheet, sheet.merged_cell_ranges or merged.get(sheet.name, ()), out)


def _refuse_harm(data: bytes, file: SourceFile) -> None:
    """The bounds of every packed file; the parts that are XML must declare no entities."""
    package = Package(data, file.name)
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "content.xml"):
        if part in package and b"<!DOCTYPE" in package.read(part)[:4096]:
            raise InputError("intake.xml_entities", file=file.name)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise InputError("intake.encrypted", file=file.name)


def _what_is_wrong(error: BaseException) -> str:
    return "intake.encrypted" if "password" in str(error).lower() else "intake.damaged"


def _read_sheet(sheet: CalamineSheet, merged: Ranges, out: Assembler) -> None:
    check_rows(sheet.height, out.file.name)
    if sheet.height * sheet.width > MAX_CELLS:
        raise InputError("intake.too_many_cells", file=out.file.name, most=MAX_CELLS)
    first_row, first_column = sheet.start or (0, 0)
    extents, covered = _extents(merged)
    table = out.table()
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), first_row):
        cells = list(_row(values, row, first_column, sheet.name, extents, covered))
        said = [cell for cell in cells if cell.text]
        # A title, a group heading or a note across the sheet: the empty cells beside it mean nothing.
        out.row(said if len(said) == 1 and said[0].columns > 1 else cells, table)


def _extents(merged: Ranges) -> tuple[dict[tuple[int, int], Extent], set[tuple[int, int]]]:
    """The extent of each merged cell by its first row and column, and the cells under the others."""
    extents: dict[tuple[int, int], Extent] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merged:
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS or len(covered) > MAX_CELLS:
            continue
        extents[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        covered.discard((top, left))
    return extents, covered


def _row(
    values: Sequence[Any],
    row: int,
    first_column: int,
    sheet: str,
    extents: dict[tuple[int, int], Extent],
    covered: set[tuple[int, int]],
) -> Iterator[RowCell]:
    for column, value in enumerate(values, first_column):
        if (row, column) not in covered:
            rows, columns = extents.get((row, column), (1, 1))
            yield RowCell(_shown(value), column, rows, columns, f"{sheet}!{_letters(column)}{row + 1}")


def _letters(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _shown(value: Any) -> str:
    """A value as a person would write it: whole numbers without a point, dates in ISO order."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)

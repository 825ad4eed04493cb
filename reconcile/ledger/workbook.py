"""A table for people who work in Excel or WPS: written with drop-downs and hidden columns, read back by column name.

Cells are text, never formulas, whatever a report says. Columns are known by name in a hidden first row, so that the
heads may be in any language and columns may be moved.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from msgspec import Struct

from reconcile.errors import InputError

_KEYS, _HEADS = 0, 1


class Column(Struct, frozen=True):
    """A column: its `key` in records, its head for people, its width in characters, and what may be chosen in it.

    A column to be filled in is `open`; one with width 0 is hidden.
    """

    key: str
    head: str = ""
    width: int = 0
    choices: tuple[str, ...] = ()
    open: bool = False


Row = Mapping[str, str]


def write(title: str, columns: Sequence[Column], rows: Sequence[Row], notes: Sequence[str] = ()) -> bytes:
    """One sheet with its columns and rows, and a second one for what people should know."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B5B5B5"}
    cell, to_fill = book.add_format(plain), book.add_format({**plain, "bg_color": "#FFF7D6"})
    head = book.add_format({**plain, "bold": True, "bg_color": "#E7ECF2"})
    sheet = book.add_worksheet(title)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or 8, None, {"hidden": not column.width})
        sheet.write_string(_KEYS, place, column.key)
        sheet.write_string(_HEADS, place, column.head, head)
        for number, row in enumerate(rows, _HEADS + 1):
            sheet.write_string(number, place, row.get(column.key, ""), to_fill if column.open else cell)
        if column.choices and rows:
            sheet.data_validation(
                _HEADS + 1, place, _HEADS + len(rows), place, {"validate": "list", "source": list(column.choices)}
            )
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    sheet.freeze_panes(_HEADS + 1, 0)
    if notes:
        about = book.add_worksheet("i")
        about.set_column(0, 0, 100)
        for number, note in enumerate(notes):
            about.write_string(number, 0, note)
    book.close()
    return buffer.getvalue()


def read(data: bytes, file: str, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of the first sheet, as `write` wrote it; `InputError` where it is no such sheet."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputError("workbook.unreadable", file=file, why=error) from error
    keys = [str(key) for key in cells[_KEYS]] if cells else []
    if missing := [key for key in needed if key not in keys]:
        raise InputError("workbook.not_ours", file=file, missing=", ".join(missing))
    return [
        {key: str(value).strip() for key, value in zip(keys, row, strict=False) if key} for row in cells[_HEADS + 1 :]
    ]

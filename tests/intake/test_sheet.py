"""Ledgers in spreadsheets: rows of cells with their addresses, merged ranges, title rows."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import intake
from reconcile.errors import InputError
from reconcile.model.documents import Document
from tests.intake.saved import converted, needs_libreoffice


def new() -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def read(book: Workbook) -> Document:
    stream = BytesIO()
    book.save(stream)
    return intake.read_bytes(stream.getvalue(), "ledger.xlsx")


def test_a_ledger_with_a_title_row_and_merged_offices() -> None:
    book, sheet = new()
    sheet.title = "台账"
    for row in (["教育局10月台账"], ["序号", "科室", "内容"], [1, "办公室", "完成甲\n并通过验收"], [2, None, "乙"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:B4")
    title, header, first, second = read(book).blocks
    assert [(cell.text, cell.columns) for cell in title.cells] == [("教育局10月台账", 3)]
    assert [cell.text for cell in header.cells] == ["序号", "科室", "内容"]
    assert [(cell.text, cell.rows, cell.address) for cell in first.cells] == [
        ("1", 1, "台账!A3"),
        ("办公室", 2, "台账!B3"),
        ("完成甲\n并通过验收", 1, "台账!C3"),
    ]
    assert [(cell.text, cell.column) for cell in second.cells] == [("2", 0), ("乙", 2)]


@needs_libreoffice
@pytest.mark.parametrize("to", ["xls", "ods"])
def test_merged_ranges_in_other_formats(to: str, tmp_path: Path) -> None:
    book, sheet = new()
    for row in (["教育局10月台账"], ["科室", "内容"], ["办公室", "甲"], [None, "乙"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A3:A4")
    stream = BytesIO()
    book.save(stream)
    document = intake.read_bytes(converted(stream.getvalue(), "xlsx", to, tmp_path), "ledger")
    rows = [[(cell.text, cell.rows, cell.columns) for cell in block.cells] for block in document.blocks]
    assert rows == [
        [("教育局10月台账", 1, 2)],
        [("科室", 1, 1), ("内容", 1, 1)],
        [("办公室", 2, 1), ("甲", 1, 1)],
        [("乙", 1, 1)],
    ]


def test_values_read_as_a_person_would_write_them() -> None:
    book, sheet = new()
    sheet.append([3.0, 0.5, dt.date(2024, 10, 5), True, "=1+1", "=cmd|' /C calc'!A0", "末"])
    row = read(book).blocks[0]
    assert [cell.text for cell in row.cells] == ["3", "0.5", "2024-10-05", "TRUE", "", "", "末"]


def test_each_visible_sheet_is_a_table_under_its_name() -> None:
    book, sheet = new()
    sheet.title = "办公室"
    sheet.append(["a", "b"])
    other = book.create_sheet("财务科")
    other.append(["c", "d"])
    secret = book.create_sheet("底稿")
    secret.append(["x", "y"])
    secret.sheet_state = "hidden"
    blocks = read(book).blocks
    assert [(block.text, block.heading, block.table) for block in blocks] == [
        ("办公室", 1, None),
        ("a\tb", None, 1),
        ("财务科", 1, None),
        ("c\td", None, 2),
    ]


def test_a_table_beyond_any_report_is_refused() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(100_000):
        sheet.append([number, "甲"])
    with pytest.raises(InputError) as caught:
        read(book)
    assert caught.value.key == "intake.too_many_lines"


def test_a_damaged_workbook_is_said_to_be() -> None:
    book, sheet = new()
    sheet.append(["a"])
    stream = BytesIO()
    book.save(stream)
    for length in (100, 1000, len(stream.getvalue()) - 30):
        with pytest.raises(InputError):
            intake.read_bytes(stream.getvalue()[:length], "ledger.xlsx")

"""The workbook, read back cell by cell and opened by LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from reconcile.messages import Lang
from reconcile.outputs import render, tables
from reconcile.outputs.rows import view
from tests.outputs.sample import PAIR, PAIRS, THREADS

VIEW = view([PAIR])


def book(lang: Lang = "zh") -> Workbook:
    content = render([PAIR], (), "xlsx", lang)
    assert isinstance(content, bytes)
    return load_workbook(io.BytesIO(content))


def test_the_sheets_are_named_for_their_readers() -> None:
    assert book().sheetnames == ["汇总", "问题清单", "科室统计", "全部事项", "计划外", "提示", "依据"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_cell_is_the_tables_cell_and_none_is_a_formula(lang: Lang) -> None:
    found = book(lang)
    for drawn in tables.all_tables(VIEW, lang):
        rows = list(found[drawn.title].iter_rows())
        assert [cell.value for cell in rows[0]] == [column.title for column in drawn.columns]
        read = [["" if cell.value is None else cell.value for cell in row] for row in rows[1:]]
        assert read == [list(row) for row in drawn.cells]
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_headers_are_frozen_filtered_and_printed_on_every_page() -> None:
    for sheet in book().worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.oddFooter is not None
        assert "依据科室自报，未经实地核查" in (sheet.oddFooter.left.text or "")


def test_lights_are_a_colour_and_a_word() -> None:
    sheet = book()["问题清单"]
    place = 1 + tables.slippage(VIEW, "zh").index("light")
    fills = {row[place - 1].value: row[place - 1].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}
    assert fills == {"红": "FFF6B8B8", "黄": "FFFCE8A6", "灰": "FFDDDDDD"}


def test_each_source_leads_to_the_row_that_quotes_it() -> None:
    found = book()
    sheet, items = found["问题清单"], found["全部事项"]
    place = 1 + tables.slippage(VIEW, "zh").index("source")
    quoted = 1 + tables.items(VIEW, "zh").index("plan")
    for number, row in enumerate(VIEW.slippage, 2):
        link = sheet.cell(number, place).hyperlink
        assert link is not None
        target = re.fullmatch(r"'全部事项'!A(\d+)", link.location or "")
        assert target is not None
        assert items.cell(int(target[1]), quoted).value == row.item.verdict.item.text


def test_the_review_column_offers_words_to_choose() -> None:
    rule = book()["问题清单"].data_validations.dataValidation[0]
    assert rule.formula1 == '"已确认,已改判,有异议"'


def test_the_same_run_gives_the_same_bytes() -> None:
    first, second = (render(PAIRS, THREADS, "xlsx", "zh") for _ in range(2))
    assert first == second


def test_libreoffice_opens_it_and_nothing_needs_repair(tmp_path: Path, to_pdf: Callable[[Path], Path]) -> None:
    path = tmp_path / "run.xlsx"
    content = render(PAIRS, THREADS, "xlsx", "zh")
    assert isinstance(content, bytes)
    path.write_bytes(content)
    assert zipfile.ZipFile(path).testzip() is None
    assert to_pdf(path).stat().st_size > 10_000

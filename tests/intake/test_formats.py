"""The same report, saved in every format an office sends, gives the same items as its text."""

import importlib.util
from pathlib import Path

import pytest

from tests.intake.saved import (
    REPORTS,
    agreement,
    as_docx,
    as_numbered_docx,
    as_ofd,
    as_page,
    as_scan,
    as_workbook,
    converted,
    needs_libreoffice,
    source,
)

PROSE, TABLE = "zhen-2022-11.txt", "chengtou-2024-06.txt"

needs_ocr = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra ocr is not installed")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_word_web_page_and_workbook(path: Path) -> None:
    text = source(path.name)
    assert agreement(text, as_docx(text), "report.docx") >= 0.99
    assert agreement(text, as_page(text), "report.html") >= 0.99
    assert agreement(text, as_workbook(text), "report.xlsx") >= 0.99


@pytest.mark.parametrize("name", [PROSE, "jiaoyu-2022-09.txt", "shuili-2023-10.txt"])
def test_word_with_automatic_numbers(name: str) -> None:
    text = source(name)
    assert agreement(text, as_numbered_docx(text), "report.docx") >= 0.99


@pytest.mark.parametrize("name", [PROSE, "yiyuan-2024-03.txt"])
def test_ofd(name: str) -> None:
    text = source(name)
    assert agreement(text, as_ofd(text), "report.ofd") >= 0.99


@needs_libreoffice
@pytest.mark.parametrize("name", [PROSE, TABLE])
@pytest.mark.parametrize("to", ["doc", "rtf", "pdf"])
def test_what_libreoffice_writes(name: str, to: str, tmp_path: Path) -> None:
    text = source(name)
    data = converted(as_docx(text), "docx", to, tmp_path)
    assert agreement(text, data, f"report.{to}") >= 0.99


@needs_libreoffice
@pytest.mark.parametrize("to", ["xls", "ods"])
def test_ledgers_libreoffice_writes(to: str, tmp_path: Path) -> None:
    text = source(TABLE)
    assert agreement(text, converted(as_workbook(text), "xlsx", to, tmp_path), f"report.{to}") >= 0.99


@needs_ocr
@needs_libreoffice
def test_a_scan_askew_with_a_seal(tmp_path: Path) -> None:
    done, planned = source(PROSE).split("二、", 1)
    text = "\n".join([*done.splitlines()[:20], "", *f"二、{planned}".splitlines()[:12]])
    scan = as_scan(converted(as_docx(text), "docx", "pdf", tmp_path), degrees=1.2)
    assert agreement(text, scan, "report.pdf") >= 0.95

"""The circular and the reminder slips: structure, page, fonts, and their pages as LibreOffice draws them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Length

from reconcile.messages import Lang
from reconcile.outputs import render, slips, tables
from reconcile.outputs.rows import view
from tests.outputs.sample import PAIR, PAIRS, PERSON, THREADS

VIEW = view([PAIR])
NOTICE = "依据科室自报，未经实地核查"


def opened(content: str | bytes) -> WordDocument:
    assert isinstance(content, bytes)
    return Document(io.BytesIO(content))


def circular(lang: Lang = "zh") -> WordDocument:
    return opened(render([PAIR], (), "docx", lang))


def words(document: WordDocument) -> str:
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines += [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return "\n".join(lines)


def test_the_circular_is_a_draft_with_its_parts_in_order() -> None:
    text = "\n".join(paragraph.text for paragraph in circular().paragraphs)
    parts = [
        "关于2023年6月工作计划落实情况的通报（代拟稿）",
        "一、总体情况",
        "二、需要关注的问题",
        "三、有关要求",
        "附件1　科室",
        "附件2　问题",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert NOTICE in text
    assert PERSON not in words(circular())


def millimetres(*lengths: Length | None) -> list[int]:
    return [round(length.mm) for length in lengths if length is not None]


def test_the_page_is_that_of_the_standard() -> None:
    first, wide = circular().sections
    assert millimetres(first.page_width, first.page_height) == [210, 297]
    assert millimetres(first.top_margin, first.left_margin) == [37, 28]
    assert millimetres(wide.page_width, wide.page_height) == [297, 210]


def test_chinese_fonts_are_named_with_others_in_their_place() -> None:
    document = circular()
    used = {
        fonts.get(qn("w:eastAsia"))
        for fonts in document.element.body.iter(qn("w:rFonts"))
        if fonts.get(qn("w:eastAsia"))
    }
    assert used == {"仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"}
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    assert all(f'w:name="{font}"><w:altName' in table.blob.decode() for font in used)
    languages = [each.get(qn("w:eastAsia")) for each in document.styles["Normal"].element.iter(qn("w:lang"))]
    assert languages == ["zh-CN"]


def test_the_tables_hold_every_row_and_repeat_their_heads() -> None:
    offices, slipped = circular().tables
    assert len(offices.rows) == 1 + len(tables.offices(VIEW, "zh").cells)
    assert len(slipped.rows) == 1 + len(VIEW.slippage)
    for table in (offices, slipped):
        assert table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
        assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in table.rows)


def test_nothing_of_the_slippage_table_is_lost_on_paper() -> None:
    drawn = tables.slippage(VIEW, "zh")
    printed = [" ".join(cell.text for cell in row.cells) for row in circular().tables[1].rows[1:]]
    for row, text in zip(drawn.cells, printed, strict=True):
        assert all(str(cell) in text for cell in row)


def test_characters_xml_cannot_hold_do_not_stop_a_report() -> None:
    odd = msgspec.structs.replace(PAIR.plans[4].item, text="完成\x0b清查\x00")
    verdict = msgspec.structs.replace(PAIR.plans[4], item=odd)
    pair = msgspec.structs.replace(PAIR, plans=(verdict,))
    assert "完成清查" in words(opened(render([pair], (), "docx", "zh")))


def test_each_office_with_open_tasks_has_a_numbered_slip() -> None:
    document = opened(slips.render(VIEW, "zh"))
    offices = slips.offices(VIEW)
    text = words(document)
    assert offices == ("办公室", "公共服务科", "市场管理科", "文物保护所", "产业发展科")
    assert all(f"编号：2023-06-{number:02d}" in text for number in range(1, len(offices) + 1))
    assert sum(len(table.rows) - 1 for table in document.tables[::2]) == len(VIEW.slippage)
    replies = [row.cells[0].text for row in document.tables[1].rows]
    assert replies == ["□ 已完成", "□ 申请延期", "□ 有异议", "科室确认"]
    assert NOTICE in text
    assert PERSON not in text


def test_the_level_of_a_slip_is_that_of_its_most_urgent_light() -> None:
    text = words(opened(slips.render(VIEW, "zh")))
    assert "编号：2023-06-01　级别：督办" in text
    assert "编号：2023-06-05　级别：核实" in text


def test_slips_come_one_a_task_where_asked_for() -> None:
    assert len(slips.each(VIEW, "zh", per="task")) == len(VIEW.slippage)
    assert list(slips.each(VIEW, "zh", per="office")) == [f"{n:02d}-{o}" for n, o in enumerate(slips.offices(VIEW), 1)]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert render([PAIR], (), "docx", "zh") == render([PAIR], (), "docx", "zh")
    assert slips.render(VIEW, "zh") == slips.render(VIEW, "zh")


def test_libreoffice_draws_the_circular_in_both_directions_of_the_page(
    tmp_path: Path, to_pdf: Callable[[Path], Path]
) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    path = tmp_path / "circular.docx"
    content = render(PAIRS, THREADS, "docx", "zh")
    assert isinstance(content, bytes)
    path.write_bytes(content)
    document = pdfium.PdfDocument(to_pdf(path))
    wide = [page.get_width() > page.get_height() for page in document]
    assert wide == sorted(wide)
    assert {True, False} == set(wide)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "公共服务科" in text
    image = document[0].render(scale=0.5).to_numpy()
    assert image.min() < 128 < image.max()

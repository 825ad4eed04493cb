"""Word files as Word shows them: numbers it counts itself, tracked changes, merged and nested tables, text boxes."""

from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from reconcile import intake
from reconcile.errors import InputError
from reconcile.model.documents import Document

W = nsdecls("w")


def read(word: WordDocument) -> Document:
    stream = BytesIO()
    word.save(stream)
    return intake.read_bytes(stream.getvalue(), "report.docx")


def texts(word: WordDocument) -> list[str]:
    return [block.text for block in read(word).blocks]


def add(word: WordDocument, inner: str) -> None:
    """A paragraph given as WordprocessingML."""
    word.element.body.insert(-1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def define_list(word: WordDocument, levels: list[tuple[str, str]], extra: str = "") -> None:
    """List 77 with the number formats and patterns of its levels, and list 78 that restarts it."""
    numbering = word.part.numbering_part.element
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{extra}</w:lvl>'
        for depth, (style, pattern) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{rows}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(parse_xml(f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/>{restart}</w:num>'))


def numbered(word: WordDocument, level: int, text: str, list_id: int = 77) -> None:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
    add(word, properties + run(text))


def test_automatic_numbers_are_counted_by_level() -> None:
    word = docx.Document()
    define_list(word, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    for level, text in [(0, "办公室"), (1, "完成情况"), (2, "甲"), (2, "乙"), (1, "计划"), (2, "丙"), (0, "财务科")]:
        numbered(word, level, text)
    assert texts(word) == ["一、办公室", "（一）完成情况", "1. 甲", "2. 乙", "（二）计划", "1. 丙", "二、财务科"]


def test_a_list_that_restarts_begins_again_at_one() -> None:
    word = docx.Document()
    define_list(word, [("decimal", "%1、")])
    for list_id, text in [(77, "甲"), (77, "乙"), (78, "丙"), (78, "丁")]:
        numbered(word, 0, text, list_id)
    assert texts(word) == ["1、甲", "2、乙", "1、丙", "2、丁"]


def test_a_number_before_a_figure_keeps_its_distance() -> None:
    word = docx.Document()
    define_list(word, [("decimal", "%1.")])
    numbered(word, 0, "5万元补助已发放")
    assert texts(word) == ["1. 5万元补助已发放"]


def test_levels_of_several_numbers_and_legal_numbers() -> None:
    word = docx.Document()
    define_list(word, [("chineseCounting", "第%1章"), ("decimal", "%1.%2")], "<w:isLgl/>")
    numbered(word, 0, "总则")
    numbered(word, 1, "范围")
    assert texts(word) == ["第1章总则", "1.1 范围"]


def test_numbers_given_by_a_style() -> None:
    word = docx.Document()
    define_list(word, [("decimalEnclosedCircle", "%1")])
    style = word.styles.add_style("编号", 1)
    style.base_style = word.styles["List Paragraph"]
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    for text in ("甲", "乙"):
        word.add_paragraph(text, style="编号")
    assert texts(word) == ["①甲", "②乙"]


def test_headings_carry_their_level_and_body_text_none() -> None:
    word = docx.Document()
    word.add_heading("教育局工作小结", 1)
    word.add_heading("办公室", 2)
    word.add_paragraph("完成开学检查。")
    assert [block.heading for block in read(word).blocks] == [1, 2, None]


def test_tracked_insertions_are_in_and_deletions_out() -> None:
    word = docx.Document()
    gone = "<w:del><w:r><w:delText>未完成</w:delText></w:r></w:del>"
    add(word, run("培训") + gone + f"<w:ins>{run('已完成')}</w:ins>" + run("。"))
    document = read(word)
    assert document.blocks[0].text == "培训已完成。"
    assert [warning.code for warning in document.warnings] == ["tracked_changes"]


def test_a_deleted_paragraph_end_joins_the_next() -> None:
    word = docx.Document()
    add(word, "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("完成校舍"))
    add(word, run("安全排查。"))
    assert texts(word) == ["完成校舍安全排查。"]


def test_a_soft_break_begins_a_new_line_and_field_codes_are_not_text() -> None:
    word = docx.Document()
    add(word, run("1.甲") + "<w:r><w:br/></w:r>" + run("2.乙"))
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    field += (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    add(word, run("第") + field + run("页"))
    assert texts(word) == ["1.甲", "2.乙", "第3页"]


def test_hidden_text_headers_and_footers_are_left_out() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "内部资料"
    word.sections[0].footer.paragraphs[0].text = "第1页"
    add(word, run("看得见") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>")
    assert texts(word) == ["看得见"]


def test_merged_cells_are_given_once_with_their_extent() -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(place)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "10月工作台账"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "办公室"
    title, first, second = read(word).blocks
    assert [(cell.text, cell.columns) for cell in title.cells] == [("10月工作台账", 3)]
    assert [(cell.text, cell.rows, cell.address) for cell in first.cells] == [
        ("办公室", 2, "1.2.1"),
        ("4", 1, "1.2.2"),
        ("5", 1, "1.2.3"),
    ]
    assert [(cell.text, cell.column) for cell in second.cells] == [("7", 1), ("8", 2)]


def test_a_nested_table_follows_the_row_that_holds_it() -> None:
    word = docx.Document()
    outer = word.add_table(1, 2)
    outer.cell(0, 0).text = "办公室"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "项目", "进度"
    rows = read(word).blocks
    assert [[cell.text for cell in row.cells] for row in rows] == [["办公室", ""], ["项目", "进度"]]
    assert [row.table for row in rows] == [1, 2]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    word = docx.Document()
    cell = word.add_table(1, 1).cell(0, 0)
    cell.text = "一、完成情况"
    cell.add_paragraph("1.完成检查。")
    assert [(block.text, block.cells) for block in read(word).blocks] == [("一、完成情况", ()), ("1.完成检查。", ())]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    word = docx.Document()
    box = f"<w:txbxContent>{'<w:p>' + run('计划要点') + '</w:p>'}</w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    both = f"<mc:AlternateContent {names}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
    both += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    add(word, run("正文") + f"<w:r>{both}</w:r>")
    assert texts(word) == ["正文", "计划要点"]


def test_blocks_and_cells_point_into_the_text() -> None:
    word = docx.Document()
    word.add_paragraph("教育局小结").runs[0].font.size = Pt(22)
    word.add_table(1, 2).cell(0, 1).text = "甲\n乙"
    document = read(word)
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        assert all(document.text[cell.start : cell.end] == cell.text for cell in block.cells)


def test_entities_are_refused() -> None:
    stream = BytesIO()
    word = docx.Document()
    word.add_paragraph("&lol;")
    word.save(stream)
    with pytest.raises(InputError) as caught:
        intake.read_bytes(_with_doctype(stream.getvalue()), "report.docx")
    assert caught.value.key == "intake.xml_entities"


def _with_doctype(data: bytes) -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:document", b'<!DOCTYPE w [<!ENTITY lol "lol">]><w:document', 1)
            target.writestr(name, part)
    return out.getvalue()

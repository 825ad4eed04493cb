"""The Word page of Chinese official documents (GB/T 9704-2012), drawn with python-docx.

A4, 37 mm above and 28 mm at the binding, 22 lines of 28 characters in 仿宋 16 pt, titles in 小标宋 22 pt, headings in
黑体. Few machines have all of these fonts, so each names others to be used in its place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

from reconcile.outputs.tables import Cell

BODY, TITLE, HEADING, TABLE_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
INSTEAD = {
    BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC,Source Han Serif SC",
    TITLE: "方正小标宋_GBK,小标宋体,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    HEADING: "SimHei,STHeiti,Noto Sans CJK SC,Source Han Sans SC",
    TABLE_FONT: "SimSun,STSong,Noto Serif CJK SC,Source Han Serif SC",
}
"""The fonts used, each with those that may stand in for it."""

SIZE, TITLE_SIZE, MIDDLE, SMALL = Pt(16), Pt(22), Pt(10.5), Pt(9)
LINE = Pt(28.95)
"""22 lines in the 225 mm of the text area."""
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
SHORT, LONG = Mm(210), Mm(297)
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same run gives the same bytes
CENTRE, RIGHT_ALIGNED, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def page(title: str, foot: str) -> WordDocument:
    """An empty document, with a line and the page number at the foot of every page."""
    document = Document()
    _fonts(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = EPOCH
    normal = document.styles["Normal"]
    normal.font.size = SIZE
    _chinese(document)
    section = document.sections[0]
    section.page_width, section.page_height = SHORT, LONG
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = CENTRE
    _styled(paragraph.add_run(f"{foot}　　— "), TABLE_FONT, MIDDLE)
    _page_number(paragraph)
    _styled(paragraph.add_run(" —"), TABLE_FONT, MIDDLE)
    return document


def landscape(document: WordDocument) -> None:
    """What follows stands on landscape pages, for wide tables."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = LONG, SHORT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = LEFT, RIGHT, Mm(22), Mm(22)


def title(document: WordDocument, text: str) -> Paragraph:
    """A title, centred."""
    paragraph = _line(document.add_paragraph())
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.line_spacing = Pt(34)
    _styled(paragraph.add_run(text), TITLE, TITLE_SIZE)
    return paragraph


def heading(document: WordDocument, text: str) -> Paragraph:
    """A heading of the first level (一、), in 黑体."""
    paragraph = _line(document.add_paragraph(), indent=True)
    paragraph.paragraph_format.keep_with_next = True
    _styled(paragraph.add_run(text), HEADING, SIZE)
    return paragraph


def body(
    document: WordDocument, text: str, *, indent: bool = True, align: WD_ALIGN_PARAGRAPH | None = None
) -> Paragraph:
    """A paragraph of the text, its first line set in by two characters."""
    paragraph = _line(document.add_paragraph(), indent=indent)
    if alignment := align or (JUSTIFIED if indent else None):
        paragraph.alignment = alignment
    _styled(paragraph.add_run(text), BODY, SIZE)
    return paragraph


def note(document: WordDocument, text: str) -> None:
    """A line in small type: sources, hashes."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    _styled(paragraph.add_run(text), TABLE_FONT, MIDDLE)


def form(document: WordDocument, rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> None:
    """A ruled form to fill in by hand, never broken over pages: a label, and room beside it."""
    drawn = _ruled(document, len(rows), widths)
    for row, (label, room) in zip(drawn.rows, rows, strict=True):
        row.height = Mm(13)
        for cell, text in zip(row.cells, (label, room), strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            fill(cell, text, size=MIDDLE)
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def table(
    document: WordDocument,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    size: Length = SMALL,
) -> None:
    """A ruled table whose header row is repeated on every page; `widths` share the width of the text."""
    drawn = _ruled(document, 1 + len(rows), widths)
    for number, (row, texts) in enumerate(zip(drawn.rows, [head, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way to these
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            fill(cell, str(text), bold=number == 0, centred=number == 0 or isinstance(text, int), size=size)


def _ruled(document: WordDocument, rows: int, widths: Sequence[float]) -> WordTable:
    """An empty table as wide as the text, with some air in its cells."""
    section = document.sections[-1]
    room = (section.page_width or SHORT) - (section.left_margin or LEFT) - (section.right_margin or RIGHT)
    drawn: WordTable = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)  # noqa: SLF001
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Length(int(room * width / sum(widths)))
        for cell in column.cells:
            cell.width = column.width
    return drawn


def fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False, size: Length = SMALL) -> None:
    """Text in a cell, a paragraph a line."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = CENTRE if centred else None
        run = paragraph.add_run(line)
        run.bold = bold
        _styled(run, TABLE_FONT, size)


def packed(document: WordDocument) -> bytes:
    """The document as bytes, the same for the same content: the clock leaves no trace in the archive."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _line(paragraph: Paragraph, *, indent: bool = False) -> Paragraph:
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after, layout.space_before = LINE, Pt(0), Pt(0)
    if indent:
        layout.first_line_indent = 2 * SIZE
    return paragraph


def _styled(run: Run, font: str, size: Length) -> None:
    run.font.size = size
    properties = run._r.get_or_add_rPr()  # noqa: SLF001
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _font_names(font))


def _font_names(font: str) -> _Element:
    """Chinese in the font named, Latin letters and figures in Times New Roman."""
    names = OxmlElement("w:rFonts")
    for attribute, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        names.set(qn(f"w:{attribute}"), name)
    return names


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001
    run = paragraph.add_run("1")
    _styled(run, TABLE_FONT, MIDDLE)
    field.append(run._r)  # noqa: SLF001


def _chinese(document: WordDocument) -> None:
    """Chinese as the language of the text: it decides the shape of punctuation where a font has several."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.insert(0, _font_names(BODY))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _fonts(document: WordDocument) -> None:
    """The font table, where each font names those that may stand in for it (w:altName)."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = f'<w:fonts xmlns:w="{namespace}">{fonts}</w:fonts>'
    main = document.part
    old = main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    new = Part(old.partname, old.content_type, head + content.encode(), old.package)
    for key, relation in list(main.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            del main.rels[key]
    main.relate_to(new, RELATIONSHIP_TYPE.FONT_TABLE)

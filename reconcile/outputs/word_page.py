"""The Word page of Chinese official documents (GB/T 9704-2012), drawn with python-docx.

A4, 37 mm above and 28 mm at the binding, 22 lines of 28 characters in 仿宋 16 pt, titles in 小标宋 22 pt, headings in
黑体. Few machines have all of these fonts, so each names others to be used in its place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

from reconcile.outputs.plain_table import Cell
from reconcile.outputs.wording import plain

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
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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
    _styled(paragraph.add_run(plain(text)), TITLE, TITLE_SIZE)
    return paragraph


def heading(document: WordDocument, text: str) -> Paragraph:
    """A heading of the first level (一、), in 黑体."""
    paragraph = _line(document.add_paragraph(), indent=True)
    paragraph.paragraph_format.keep_with_next = True
    _styled(paragraph.add_run(plain(text)), HEADING, SIZE)
    return paragraph


def body(
    document: WordDocument, text: str, *, indent: bool = True, align: WD_ALIGN_PARAGRAPH | None = None
) -> Paragraph:
    """A paragraph of the text, its first line set in by two characters."""
    paragraph = _line(document.add_paragraph(), indent=indent)
    if alignment := align or (JUSTIFIED if indent else None):
        paragraph.alignment = alignment
    _styled(paragraph.add_run(plain(text)), BODY, SIZE)
    return paragraph


def note(document: WordDocument, text: str) -> None:
    """A line in small type: sources, hashes."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    _styled(paragraph.add_run(plain(text)), TABLE_FONT, MIDDLE)


def form(document: WordDocument, rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> None:
    """A ruled form to fill in by hand, never broken over pages: a label, and room beside it."""
    sizes = _sizes(document, widths)
    height = f'<w:trHeight w:val="{int(Mm(13).twips)}" w:hRule="atLeast"/>'
    lines = [
        _row([_cell(text, size, MIDDLE, keep=True) for text, size in zip(row, sizes, strict=True)], height)
        for row in rows
    ]
    _insert(document, lines, sizes)


def table(
    document: WordDocument,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    size: Length = SMALL,
) -> None:
    """A ruled table whose header row is repeated on every page; `widths` share the width of the text."""
    sizes = _sizes(document, widths)
    titles = [_cell(text, room, size, bold=True, centred=True) for text, room in zip(head, sizes, strict=True)]
    lines = [_row(titles, "<w:tblHeader/>")]
    for row in rows:
        cells = zip(row, sizes, strict=True)
        lines.append(_row([_cell(text, room, size, centred=isinstance(text, int)) for text, room in cells]))
    _insert(document, lines, sizes)


def _sizes(document: WordDocument, widths: Sequence[float]) -> list[int]:
    """The columns' widths in twentieths of a point, together as wide as the text."""
    section = document.sections[-1]
    room = (section.page_width or SHORT) - (section.left_margin or LEFT) - (section.right_margin or RIGHT)
    return [int(Length(int(room * width / sum(widths))).twips) for width in widths]


def _insert(document: WordDocument, rows: Sequence[str], sizes: Sequence[int]) -> None:
    """A table of rows of markup at the end of the document: thousands of rows are too slow cell by cell."""
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{twips}" w:type="dxa"/>'
        for side, twips in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    drawn = parse_xml(
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    body_of = document.element.body
    body_of.insert(len(body_of) - 1, drawn)  # the last element holds the section's page


def _row(cells: Sequence[str], more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    content: Cell, room: int, size: Length, *, bold: bool = False, centred: bool = False, keep: bool = False
) -> str:
    """A cell, a paragraph a line."""
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{TABLE_FONT}"'
    style = f'<w:rPr><w:rFonts {fonts}/>{"<w:b/>" * bold}<w:sz w:val="{int(2 * size.pt)}"/></w:rPr>'
    align = '<w:jc w:val="center"/>' if centred else ""
    layout = f'<w:pPr>{"<w:keepNext/>" * keep}<w:spacing w:after="0"/>{align}{style}</w:pPr>'
    lines = "".join(
        f'<w:p>{layout}<w:r>{style}<w:t xml:space="preserve">{escape(plain(line))}</w:t></w:r></w:p>'
        for line in str(content).split("\n")
    )
    place = '<w:vAlign w:val="center"/>' if keep else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{place}</w:tcPr>{lines}</w:tc>'


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
    content = f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'
    main = document.part
    old = main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    new = Part(old.partname, old.content_type, head + content.encode(), old.package)
    for key, relation in list(main.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            del main.rels[key]
    main.relate_to(new, RELATIONSHIP_TYPE.FONT_TABLE)

"""One report saved in other formats with real tools, and how well what is read of each agrees with its text."""

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import docx.document
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import intake, layout
from reconcile.config import Config
from reconcile.model.documents import Block
from reconcile.model.reports import Report

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"
REPORTS = sorted(PAIRS.glob("*.txt"))

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed"
)


def source(name: str) -> str:
    """The text of a fictional report."""
    return (PAIRS / name).read_text(encoding="utf-8-sig")


def report(data: bytes, name: str) -> Report:
    """What is read of a file."""
    return layout.read_report(intake.read_bytes(data, name), Config())


def agreement(text: str, data: bytes, name: str) -> float:
    """The F1 of the items read of a file, against those read of its text: kind, office and letters agree."""
    expected, got = (_items(report(*given)) for given in ((text.encode(), "report.txt"), (data, name)))
    return 2 * (expected & got).total() / (expected.total() + got.total())


def _items(read: Report) -> Counter[tuple[str, str, str]]:
    return Counter((item.kind.value, _letters(item.office), _letters(item.text)) for item in read.items)


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


# --- the formats -------------------------------------------------------------------------------------------------


def as_docx(text: str) -> bytes:
    """A Word file with a paragraph a line, and a Word table for a table of the text."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
    for rows in _runs(text):
        if rows[0].cells:
            table = word.add_table(0, max(len(row.cells) for row in rows))
            table.style = "Table Grid"
            for row in rows:
                for cell, inner in zip(table.add_row().cells, row.cells, strict=False):
                    cell.text = inner.text
        else:
            word.add_paragraph(rows[0].text)
    return _bytes(word)


def _runs(text: str) -> list[list[Block]]:
    """The blocks of a text: each paragraph by itself, the rows of each table together; blank lines as empty blocks."""
    document = intake.read_bytes(text.encode(), "report.txt")
    runs: list[list[Block]] = []
    for block in document.blocks:
        if block.cells and runs and runs[-1][0].table == block.table:
            runs[-1].append(block)
            continue
        if runs and block.start - runs[-1][-1].end > 1:
            runs.append([Block("", block.start, block.start, 0)])
        runs.append([block])
    return runs


_LEVELS = [
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), "chineseCounting", "%1、"),
    (re.compile(r"（[一二三四五六七八九十]{1,3}）"), "chineseCounting", "（%2）"),
    (re.compile(r"\d{1,2}\.(?!\d(?!\d?[月日年]))"), "decimal", "%3."),
]


def as_numbered_docx(text: str) -> bytes:
    """A Word file in which 一、（一）1. are automatic numbers, in no paragraph's text."""
    word = docx.Document()
    numbering = word.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (_, style, pattern) in enumerate(_LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for line in filter(str.strip, text.splitlines()):
        depth = next((depth for depth, (mark, *_) in enumerate(_LEVELS) if mark.match(line)), None)
        if depth is None:
            word.add_paragraph(line)
        else:
            _number(word.add_paragraph(_LEVELS[depth][0].sub("", line, count=1)), depth)
    return _bytes(word)


def _number(paragraph: Paragraph, depth: int) -> None:
    listing = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
    paragraph.paragraph_format.element.get_or_add_pPr().append(parse_xml(listing))


def _bytes(word: docx.document.Document) -> bytes:
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def as_page(text: str) -> bytes:
    """A government web page in GB18030 that calls itself GB2312, with the furniture of such pages."""
    title = text.strip().splitlines()[0]
    paragraphs = "".join(map(_markup, _runs(text)[1:]))
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
    <title>{title}_某某县人民政府</title><meta name="ArticleTitle" content="{title}"></head><body>
    <div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul></div>
    <div class="position">您当前的位置：<a href="/">首页</a> &gt; 工作小结</div>
    <table width="100%"><tr><td><h1>{title}</h1><div class="info">来源：本局 字体：[大 中 小] 打印</div>
    <div class="TRS_Editor">{paragraphs}</div></td></tr></table>
    <div class="share">分享到：</div><div class="footer">版权所有 网站标识码0000000000</div></body></html>""".encode(
        "gb18030"
    )


def _markup(rows: list[Block]) -> str:
    if not rows[0].cells:
        return f"<p style='text-indent:2em'>　　{rows[0].text}</p>\n"
    cells = ("".join(f"<td>{cell.text}</td>" for cell in row.cells) for row in rows)
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def as_workbook(text: str) -> bytes:
    """A workbook with a row a line, the cells of tables in columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for rows in _runs(text):
        for row in rows:
            sheet.append([cell.text for cell in row.cells] or [row.text])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


_WIDE, _HIGH, _LETTER = 34, 44, 4.6
"""Letters in a line, lines on a page, millimetres of a letter."""


def as_ofd(text: str) -> bytes:
    """An OFD file as a printer driver writes it: a text object a line, paragraphs broken by the page's width."""
    lines = [wrapped for line in filter(str.strip, text.splitlines()) for wrapped in _wrapped("　　" + line)]
    pages = [lines[start : start + _HIGH] for start in range(0, len(lines), _HIGH)]
    root = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    refs = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD {root} DocType="OFD" Version="1.0"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {root}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{refs}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        objects = "".join(_text_object(line, place) for place, line in enumerate(page))
        objects += _text_object(f"— {number + 1} —", _HIGH + 1)
        parts[f"Doc_0/Pages/P{number}.xml"] = (
            f'<ofd:Page {root}><ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def _wrapped(line: str) -> list[str]:
    return [line[start : start + _WIDE] for start in range(0, len(line), _WIDE)]


def _text_object(line: str, place: int) -> str:
    indent = len(line) - len(line.lstrip("　"))
    words, left, base = line.strip(), 26 + indent * _LETTER, 30 + 5.6 * place
    steps = " ".join([str(_LETTER)] * (len(words) - 1))
    return (
        f'<ofd:TextObject ID="{place + 10}" Boundary="{left} {base - 4} 170 5" Font="1" Size="{_LETTER}">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def converted(data: bytes, suffix: str, to: str, folder: Path, options: str = "") -> bytes:
    """What LibreOffice makes of a file."""
    path = folder / f"report.{suffix}"
    path.write_bytes(data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        options or to,
        "--outdir",
        str(folder / "out"),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"report.{to}").read_bytes()


def as_scan(pdf: bytes, degrees: float = 0.0) -> bytes:
    """A PDF of pictures at 200 dpi, a little askew, with a red seal over the last lines."""
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    pictures = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=200 / 72).to_pil().convert("RGB")
        pictures.append(picture.rotate(degrees, fillcolor=(250, 250, 250), resample=Image.Resampling.BICUBIC))
    seal = Image.new("RGB", pictures[-1].size, "white")
    ImageDraw.Draw(seal).ellipse((900, 300, 1220, 620), outline=(220, 30, 40), width=16)
    pictures[-1] = ImageChops.multiply(pictures[-1], seal)
    stream = BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return stream.getvalue()

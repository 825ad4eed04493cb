"""PDF files with text: letters with their places, tables from their ruling lines, and `lines` for the paragraphs.

Lost: tables without ruling lines read as lines of text; headings have no level; text that does not run from left to
right (watermarks, side notes) is left out. A PDF without text is a scan and goes to recognition.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler
from reconcile.intake.letters import Letter, lines_of
from reconcile.intake.limits import MAX_CHARACTERS, MAX_PAGES
from reconcile.intake.lines import Line, Table, write
from reconcile.intake.pdf_tables import find_tables, inside, rulings
from reconcile.intake.reading_order import find_gutter, in_reading_order, without_running_heads
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_SPARSE = 8
"""A page with fewer letters and a picture on it is a scan."""

_UNREADABLE = 0.3
"""The share of letters without a Unicode value from which a page has to be recognised from its picture."""


def read(data: bytes, file: SourceFile) -> Document:
    """Read a PDF; `InputError` where it is damaged, encrypted, too long, or a scan that cannot be recognised here."""
    document = open_pdf(data, file)
    try:
        pages = [_letters(document[number], file) for number in range(len(document))]
        scans = [number for number, letters in enumerate(pages) if _is_scan(document[number], letters)]
        if scans and not any(letters for number, letters in enumerate(pages) if number not in scans):
            from reconcile.intake.ocr import read_pages

            return read_pages(document, file)
        out = Assembler(file)
        write(_parts(document, pages), out, document[0].get_width())
        if scans:
            out.warn("page_not_read", pages=tuple(str(number + 1) for number in scans))
        return out.document()
    finally:
        document.close()


def open_pdf(data: bytes, file: SourceFile) -> PdfDocument:
    """The PDF opened within bounds."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        key = "intake.encrypted" if "password" in str(error).lower() else "intake.damaged"
        raise InputError(key, file=file.name) from error
    if not 0 < len(document) <= MAX_PAGES:
        count = len(document)
        document.close()
        raise InputError(
            "intake.too_many_pages" if count else "intake.damaged", file=file.name, count=count, most=MAX_PAGES
        )
    return document


def _letters(page: PdfPage, file: SourceFile) -> list[Letter]:
    """The letters of a page that run from left to right, with their boxes; `top` grows downwards."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    height = page.get_height()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    letters = []
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise InputError("intake.too_long", file=file.name, most=MAX_CHARACTERS)
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code <= 32 or pdfium.FPDFText_GetCharAngle(text, index) > 0.1:
            continue
        if pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            # Chinese letters are square; of others the box is a third taller than the type.
            size = box.right - box.left if code >= 0x2E80 else 0.75 * (box.top - box.bottom)
            letters.append(
                Letter(chr(code), box.left, box.right, height - box.top, height - box.bottom, height - y.value, size)
            )
    text.close()
    return letters


def _is_scan(page: PdfPage, letters: list[Letter]) -> bool:
    """Whether the words of a page are in its picture: hardly any letters, or letters nobody can name."""
    import pypdfium2.raw as pdfium

    unreadable = sum(letter.text in "\ufffe\uffff\ufffd" or "\ue000" <= letter.text <= "\uf8ff" for letter in letters)
    if len(letters) >= _SPARSE:
        return unreadable > _UNREADABLE * len(letters)
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _parts(document: PdfDocument, pages: list[list[Letter]]) -> list[Line | Table]:
    """Lines and tables of all pages in reading order, without running heads and page numbers."""
    tables: list[list[Table]] = []
    lines: list[list[Line]] = []
    for number, letters in enumerate(pages, 1):
        found = find_tables(letters, *rulings(document[number - 1]), number) if letters else []
        tables.append(found)
        lines.append(lines_of([one for one in letters if not any(inside(one, table) for table in found)], number))
    lines = without_running_heads(lines, [page.get_height() for page in document])
    parts: list[Line | Table] = []
    gutter = None
    for own, found in zip(lines, tables, strict=True):
        gutter = find_gutter(own, gutter)
        start = float("-inf")
        for table in found:
            parts += in_reading_order([line for line in own if start <= line.top < table.top], gutter)
            parts.append(table)
            start = table.top
        parts += in_reading_order([line for line in own if line.top >= start], gutter)
    return parts

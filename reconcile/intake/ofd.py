"""OFD files (版式文件, GB/T 33190): words with their places, read by ofdkit; `lines` makes the paragraphs.

Lost: tables read as lines of text; seals and annotations; a scan inside an OFD.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler
from reconcile.intake.letters import Letter, lines_of
from reconcile.intake.limits import MAX_PAGES, Package
from reconcile.intake.lines import Line, write
from reconcile.intake.reading_order import find_gutter, in_reading_order, without_running_heads
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from ofdkit import Page, TextRun


def read(data: bytes, file: SourceFile) -> Document:
    """Read an OFD file; `InputError` where it is damaged, encrypted or out of bounds."""
    import ofdkit

    Package(data, file.name)
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > MAX_PAGES:
                raise InputError("intake.too_many_pages", file=file.name, count=len(document.pages), most=MAX_PAGES)
            lines = [lines_of(_letters(page), number) for number, page in enumerate(document.pages, 1)]
            heights = [page.height for page in document.pages]
            width = document.pages[0].width if document.pages else 0.0
            oddities = len(document.warnings)
    except ofdkit.OFDLimitError as error:
        raise InputError("intake.xml_entities", file=file.name) from error
    except (ofdkit.OFDError, RecursionError, ValueError, LookupError, OSError, zipfile.BadZipFile) as error:
        raise InputError("intake.damaged", file=file.name) from error
    out = Assembler(file)
    gutter = None
    ordered: list[Line] = []
    for page in without_running_heads(lines, heights):
        gutter = find_gutter(page, gutter)
        ordered += in_reading_order(page, gutter)
    write(ordered, out, width)
    if oddities:
        out.warn("ofd", count=oddities)
    return out.document()


def _letters(page: Page) -> list[Letter]:
    """The letters of a page; words drawn twice at one place, to look bold, are taken once."""
    runs = {(run.text, round(run.x * 4), round(run.y * 4)): run for run in page.runs}
    return [letter for run in runs.values() for letter in _of_run(run)]


def _of_run(run: TextRun) -> list[Letter]:
    """The letters of one run, each with its share of the run's width: Latin letters are half as wide."""
    shares = [0.5 if letter.isascii() else 1.0 for letter in run.text]
    unit = run.width / sum(shares) if shares else 0.0
    letters, left = [], run.x
    for text, share in zip(run.text, shares, strict=True):
        right = left + unit * share
        if text.strip():
            letters.append(Letter(text, left, right, run.y - 0.88 * run.size, run.y + 0.12 * run.size, run.y, run.size))
        left = right
    return letters

"""Putting a `Document` together: every format hands its paragraphs and table rows to one `Assembler`.

Invariant: a block's `text` is the document's text from `start` to `end`, a cell's likewise. Blocks are parted by a line
break, the cells of a row by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reconcile.errors import InputError
from reconcile.intake.limits import MAX_CELLS, MAX_CHARACTERS, check_rows
from reconcile.model.documents import Anchor, Block, Cell, Document, Fact, SourceFile, SourceWarning

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff\u200b\u00ad]")
"""Control characters, lone surrogates and invisible characters: they are no part of what a person reads."""


class RowCell(NamedTuple):
    """A cell on its way into a row: a merged cell is given once, with its extent."""

    text: str
    column: int
    rows: int = 1
    columns: int = 1
    address: str | None = None


def clean(text: str) -> str:
    """The text without characters nobody can see, line ends as ``\\n``, plain blanks, and none at its ends."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")).strip()


class Assembler:
    """Collects the blocks of one document in reading order; `InputError` as soon as there are too many."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._warnings: list[SourceWarning] = []
        self._cells = 0
        self._tables = 0

    def paragraph(self, text: str, *, page: int | None = None, heading: int | None = None) -> None:
        """Add a paragraph, one block a line; an empty one is no block, and leaves an empty line in the text."""
        for line in clean(text).split("\n"):
            if not (line := line.strip()):
                self._gap()
            else:
                start, end = self._write(line)
                self._add(Block(line, start, end, len(self._blocks) + 1, page, heading))

    def table(self) -> int:
        """The number of a table that begins here, from 1."""
        self._tables += 1
        return self._tables

    def row(self, cells: Iterable[RowCell], table: int, *, page: int | None = None) -> None:
        """Add a table row; a row in which no cell says anything is left out."""
        given = [(cell, clean(cell.text)) for cell in cells]
        if not any(text for _, text in given):
            return
        self._cells += len(given)
        if self._cells > MAX_CELLS:
            raise InputError("intake.too_many_cells", file=self.file.name, most=MAX_CELLS)
        start, end = self._write("\t".join(text for _, text in given))
        written, place = [], start
        for cell, text in given:
            stop = place + len(text)
            written.append(Cell(text, place, stop, cell.column, cell.rows, cell.columns, cell.address))
            place = stop + 1
        self._add(Block(self._parts[-2], start, end, len(self._blocks) + 1, page, None, table, tuple(written)))

    def warn(self, code: str, **facts: Fact) -> None:
        """Add a warning about the place reached so far."""
        place = Anchor(self.file.name, None, len(self._blocks) or None, self._length, self._length)
        self._warnings.append(SourceWarning(code, place, facts))

    def document(self) -> Document:
        """What was collected; `InputError` where there is not a word."""
        if not self._blocks:
            raise InputError("intake.no_text", file=self.file.name)
        return Document(self.file, "".join(self._parts), tuple(self._blocks), tuple(self._warnings))

    def _gap(self) -> None:
        if self._parts and self._parts[-1] == "\n":
            self._parts[-1] = "\n\n"
            self._length += 1

    def _write(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts += (text, "\n")
        self._length += len(text) + 1
        if self._length > MAX_CHARACTERS:
            raise InputError("intake.too_long", file=self.file.name, most=MAX_CHARACTERS)
        return start, self._length - 1

    def _add(self, block: Block) -> None:
        self._blocks.append(block)
        check_rows(len(self._blocks), self.file.name)

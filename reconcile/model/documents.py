"""A file as it was read: its text, the blocks of it in reading order, where each stands, and what looks wrong in it.

Offsets count characters of `Document.text`.
"""

from __future__ import annotations

from msgspec import Struct


class SourceFile(Struct, frozen=True):
    """The file as it was given: `format` is what its content proved to be, whatever its extension says."""

    name: str
    sha256: str
    bytes: int
    format: str


class Anchor(Struct, frozen=True):
    """Where a piece of text stands: 1-based page and paragraph, and character offsets into the text that was read.

    `cell` is the spreadsheet address (``Sheet1!C5``) or ``table.row.column`` (1-based) of text from a table.
    """

    file: str
    page: int | None
    paragraph: int | None
    start: int
    end: int
    cell: str | None = None


class Cell(Struct, frozen=True):
    """One cell of a table row; `start`/`end` are its offsets in `Document.text`, `column` is 0-based.

    A merged cell is given once, at its first row and column, with its extent in `rows` and `columns`.
    """

    text: str
    start: int
    end: int
    column: int
    rows: int = 1
    columns: int = 1
    address: str | None = None


class Block(Struct, frozen=True):
    """A paragraph, or one row of a table when `cells` is not empty.

    `paragraph` counts blocks from 1; `heading` is the outline level of a styled heading (1 the highest), None for
    body text and wherever the format has no styles; `table` numbers the tables of a document from 1. An automatic list
    number that the format keeps apart ("（一）", "3.") opens `text`.
    """

    text: str
    start: int
    end: int
    paragraph: int
    page: int | None = None
    heading: int | None = None
    table: int | None = None
    cells: tuple[Cell, ...] = ()


Fact = str | int | tuple[str, ...]
"""What fills a placeholder of a sentence: words, a count, or a list of names."""


class SourceWarning(Struct, frozen=True):
    """Something in a source that looks wrong: never a silent guess.

    ``warnings.<code>`` of the catalogue, filled with `facts`, says it in the reader's language.
    """

    code: str
    anchor: Anchor | None = None
    facts: dict[str, Fact] = {}


class Document(Struct, frozen=True):
    """A file turned into text: `text` is everything that was read, blocks are in reading order and point into it."""

    file: SourceFile
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[SourceWarning, ...] = ()

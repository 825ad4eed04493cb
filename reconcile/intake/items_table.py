"""Items tables and ledgers as text: `.csv` (any delimiter) and `.jsonl` become rows of cells under a header row.

Only the shape is read here; what the columns mean is found by their names in the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reconcile.errors import InputError
from reconcile.intake.text import decode
from reconcile.model.documents import Block, Cell, Document, SourceFile

_FIELD = {
    delimiter: re.compile(rf'[^\S\n]*"((?:[^"]|"")*+)"[^\S\n]*({mark}|\n|\Z)|([^{mark}\n]*)({mark}|\n|\Z)')
    for delimiter, mark in ((",", ","), (";", ";"), ("\t", r"\t"), ("，", "，"))
}
_HEAD = 1000
"""Characters at the start of a table among which its delimiter shows."""


def read(data: bytes, file: SourceFile) -> Document:
    """Read a `.csv` or `.jsonl`; `InputError` names the line of a `.jsonl` that is no JSON object."""
    text = decode(data)
    rows = _json_rows(text, file) if file.format == "jsonl" else _csv_rows(text)
    return Document(file=file, text=text, blocks=tuple(rows))


def _json_rows(text: str, file: SourceFile) -> Iterator[Block]:
    """A header row of all keys in order of first use (standing at the start of the text), then a row an object."""
    columns: dict[str, int] = {}
    rows: list[Block] = []
    start = 0
    for line_number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                fields = msgspec.json.decode(line, type=dict[str, object])
            except (msgspec.DecodeError, UnicodeEncodeError) as error:
                raise InputError("intake.bad_json", file=file.name, line=line_number, why=error) from error
            for key in fields:
                columns.setdefault(key, len(columns))
            cells = tuple(_json_cell(line, start, columns[key], value) for key, value in fields.items())
            rows.append(Block(line, start, start + len(line), line_number, table=1, cells=cells))
        start += len(line) + 1
    yield Block("", 0, 0, 1, table=1, cells=tuple(Cell(key, 0, 0, column) for key, column in columns.items()))
    yield from rows


def _json_cell(line: str, start: int, column: int, value: object) -> Cell:
    """A cell anchored at its value where that stands unescaped in the line, else at the whole line."""
    text = "" if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()
    place = line.find(text) if text else -1
    if place < 0:
        return Cell(text, start, start + len(line), column)
    return Cell(text, start + place, start + place + len(text), column)


def _csv_rows(text: str) -> Iterator[Block]:
    """A row a record; `paragraph` is the line of the file where the record begins."""
    first_line = text.split("\n", 1)[0]
    has_tabs = "\t" in text[:_HEAD]  # a title over the table has none
    field = _FIELD["\t" if has_tabs else max(_FIELD, key=first_line.count)]
    cells: list[Cell] = []
    row_start, position, line_number, row_line = 0, 0, 1, 1
    while position < len(text):
        match = field.match(text, position)
        assert match is not None, "the last alternative matches anything"
        quoted = match.group(1) is not None
        value = match.group(1).replace('""', '"') if quoted else match.group(3).strip()
        begin = match.start(1) if quoted else match.start(3) + len(match.group(3)) - len(match.group(3).lstrip())
        end = match.end(1) if quoted else begin + len(value)
        cells.append(Cell(value, begin, end, len(cells)))
        line_number += match.group().count("\n")
        position = match.end()
        if (match.group(2) if quoted else match.group(4)) in ("\n", ""):
            if any(cell.text for cell in cells):
                row_end = position - 1 if text[position - 1] == "\n" else position
                yield Block(text[row_start:row_end], row_start, row_end, row_line, table=1, cells=tuple(cells))
            cells, row_start, row_line = [], position, line_number

"""Rows of tab tables whose cells hold several lines, as they come out of a word processor or a spreadsheet.

A spreadsheet puts such a cell in quotes; out of a word processor its lines stand bare, so that a row is cut within the
cell. There the numbers of the lines (1. … 2. …) show that they belong together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from reconcile.language.numerals import ordinal

_NUMBER = re.compile(r"\s*[（(]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、．)）]|\.(?!\d))")
_MOST_LINES = 60
"""Lines that a cell in quotes may hold."""
_QUOTE = '"'


class Row(Struct, frozen=True):
    """The lines `first` up to `end` of a text are one row."""

    first: int
    end: int


def rows_of(lines: Sequence[str]) -> list[Row]:
    """The lines that make up one row each; most are a row by themselves."""
    rows: list[Row] = []
    width = place = 0
    while place < len(lines):
        end = place + 1
        if "\t" in lines[place]:
            width = width or _width(lines[place])
            end = _end(lines, place, width)
        else:
            width = 0
        rows.append(Row(place, end))
        place = end
    return rows


def unquoted(raw: str) -> str | None:
    """What a cell in quotes says, or None where it is no such cell."""
    text = raw.strip()
    is_quoted = "\n" in text and text[0] == text[-1] == _QUOTE
    return text[1:-1] if is_quoted else None


def _width(line: str) -> int:
    """The cells of the first row of a table; 1 where it has but one that says anything."""
    cells = line.rstrip("\t").split("\t")
    return len(cells) if sum(bool(cell.strip()) for cell in cells) > 1 else 1


def _end(lines: Sequence[str], place: int, width: int) -> int:
    """Where the row that begins at `place` ends."""
    cells, end = lines[place].split("\t"), place + 1
    while end < len(lines):
        last = cells[-1]
        if _is_open(last):
            closes = next((i for i in range(end, min(end + _MOST_LINES, len(lines))) if _QUOTE in lines[i]), None)
            if closes is None:
                return place + 1
            more = "\n".join([last, *lines[end : closes + 1]]).split("\t")
            end = closes + 1
        elif _counts_on(last, lines[end]) and len(cells) + lines[end].count("\t") <= width:
            more = f"{last}\n{lines[end]}".split("\t")
            end += 1
        else:
            break
        cells = [*cells[:-1], *more]
    return end


def _is_open(cell: str) -> bool:
    """Whether a cell opens with a quote that is not closed in it."""
    return cell.lstrip().startswith(_QUOTE) and cell.count(_QUOTE) % 2 == 1


def _counts_on(cell: str, line: str) -> bool:
    """Whether a line has the number after that of the last line of a cell."""
    before, after = _number(cell.rsplit("\n", 1)[-1]), _number(line)
    return before is not None and after == before + 1


def _number(text: str) -> int | None:
    match = _NUMBER.match(text)
    return ordinal(match["number"]) if match else None

"""Several items in one paragraph or cell: 一是…；二是…, 1.…；2.…, ①…②…."""

from __future__ import annotations

import re

from msgspec import Struct

from reconcile.layout import marks
from reconcile.layout.passage import Passage
from reconcile.layout.vocabulary import fold

_BEFORE = "。;；.!,，、:： \t\n)）"
_CLAUSE_END = "。;.! \n"
_MONTH = re.compile(r"(\d{1,2})月份?:")
_NOT_RUNNING = ("part", "roman", "letter", "han")


class Entry(Struct, frozen=True):
    """A text with the number its mark showed, and the style of that mark."""

    passage: Passage
    number: int | None
    style: str | None


def split(passage: Passage, mark: marks.Mark | None, next_number: int | None = None) -> list[Entry]:
    """Cut a text that opens with a mark at every following mark of its sequence.

    `mark` is the mark it opens with, None where it opens with none; `next_number` is the number of the item after it,
    where there is one: a figure of that value inside is no mark.
    A text that opens with no mark is one entry without number.
    """
    passage = passage.strip()
    text = fold(passage.text)
    if mark is None:
        return _by_month(passage, text)
    cuts = [(0, mark.length, mark.number)]
    cuts += _following(text, mark, next_number) if mark.style not in _NOT_RUNNING else []
    ends = [start for start, _, _ in cuts[1:]] + [len(text)]
    entries = (
        Entry(passage.cut(start + length, end).strip(), number, mark.style)
        for (start, length, number), end in zip(cuts, ends, strict=True)
    )
    return [entry for entry in entries if entry.passage.text]


def _by_month(passage: Passage, text: str) -> list[Entry]:
    """4月份：…。5月份：…: an entry a month. The month is when it is due, so it stays."""
    cuts: list[int] = []
    month = 0
    for match in _MONTH.finditer(text):
        opens = match.start() == 0 or (cuts and text[match.start() - 1] in _CLAUSE_END)
        if opens and int(match.group(1)) > month:
            cuts.append(match.start())
            month = int(match.group(1))
    if len(cuts) < 2:
        return [Entry(passage, None, None)]
    ends = [*cuts[1:], len(text)]
    return [Entry(passage.cut(start, end).strip(), None, None) for start, end in zip(cuts, ends, strict=True)]


def _following(text: str, first: marks.Mark, next_number: int | None) -> list[tuple[int, int, int | None]]:
    """Position, length and number of each further mark: the next in sequence, after the end of a clause."""
    found: list[tuple[int, int, int | None]] = []
    number, position = first.number, first.length
    for match in marks.of_style(first.style).finditer(text, first.length):
        if match.start() < position or not (marks.is_sign(match.group()[0]) or text[match.start() - 1] in _BEFORE):
            continue
        value = marks.number_of(first.style, match.group())
        if first.number is not None and (number is None or value != number + 1 or value == next_number):
            continue
        mark = marks.mark_of(text[match.start() : match.end() + 2])
        if mark is None or (mark.doubtful and text[match.start() - 1] not in "。;\n"):
            continue
        found.append((match.start(), mark.length, value))
        number, position = value, match.end()
    return found

"""Letters with their places on a page, put together into lines: where PDF and OFD begin."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from reconcile.intake.lines import Line

_COLUMN_GAP = 1.3
"""Letters further apart, in letter heights, belong to different columns or cells."""


class Letter(NamedTuple):
    """One letter with its box, from the page's upper left corner; letters of all fonts on a line share a `base`.

    `size` is the height of its type: boxes differ by font, and say too much.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float


def lines_of(letters: Iterable[Letter], page: int) -> list[Line]:
    """Letters put together into pieces of lines, from top to bottom; a wide gap ends a piece."""
    rows: list[list[Letter]] = []
    base = 0.0
    for letter in sorted(letters, key=lambda one: one.base):
        if not rows or letter.base - base > 0.4 * max(letter.size, 1.0):
            rows.append([])
            base = letter.base
        rows[-1].append(letter)
    return [_piece(piece, page) for row in rows for piece in _pieces(sorted(row, key=lambda one: one.left))]


def _pieces(row: list[Letter]) -> list[list[Letter]]:
    pieces = [[row[0]]]
    for before, letter in pairwise(row):
        if letter.left - before.right > _COLUMN_GAP * max(letter.size, before.size):
            pieces.append([])
        pieces[-1].append(letter)
    return pieces


def _piece(letters: list[Letter], page: int) -> Line:
    text = letters[0].text
    for before, letter in pairwise(letters):
        gap = (letter.left - before.right) / max(letter.size, before.size, 1.0)
        latin = before.text.isascii() and letter.text.isascii()
        text += (" " if gap > (0.15 if latin else 0.8) else "") + letter.text
    sizes = sorted(letter.size for letter in letters if letter.text >= "\u2e80" and letter.text.isalpha()) or [
        max(letter.size for letter in letters)
    ]
    size = max(sizes[len(sizes) // 2], 1.0)
    base = letters[0].base
    return Line(text, page, letters[0].left, letters[-1].right, base - 0.88 * size, base + 0.12 * size, size)

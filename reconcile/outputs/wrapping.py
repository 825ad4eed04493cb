"""Breaking mixed Chinese and Latin text to a width in terminal columns.

A Chinese character takes two columns and a line may break beside it, but never before closing punctuation or after
opening punctuation (避头尾). Latin words and figures stay whole where they fit.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, east_asian_width

_NOT_FIRST = "，。、；：！？）》〉】』」”’…—％%,.;:!?)]}"
_NOT_LAST = "（《〈【『「“‘([{"
_PIECE = re.compile(
    rf"[{re.escape(_NOT_LAST)}]*(?:[0-9A-Za-z+\-._/%@&]+|\s|.)[{re.escape(_NOT_FIRST)}]*|[{re.escape(_NOT_LAST)}]+"
)


_NO_WIDTH = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Cs", "Zl", "Zp"})
"""Marks set over other characters, and what controls or formats rather than prints."""


@cache
def _columns(char: str) -> int:
    kind = category(char)
    if kind in _NO_WIDTH:
        return 0
    return 2 if kind != "Cn" and east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """How many columns a line takes; characters that cannot be printed take none."""
    return sum(map(_columns, text))


def wrap(text: str, columns: int, lines: int | None = None) -> str:
    """The text broken into lines of at most `columns`; beyond `lines` of them it is cut with an ellipsis."""
    wrapped = [line for paragraph in text.splitlines() for line in _broken(paragraph, columns)]
    if lines is not None and len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _cut(wrapped[lines - 1], columns - 2) + "…"]
    return "\n".join(wrapped)


def _broken(text: str, columns: int) -> list[str]:
    lines, line, free = [], "", columns
    for piece in _PIECE.findall(text):
        for part in [piece] if width(piece) <= columns else piece:
            if (size := width(part)) > free:
                lines.append(line.rstrip())
                line, free = "", columns
            if line or not part.isspace():
                line, free = line + part, free - size
    return [*lines, line]


def _cut(line: str, columns: int) -> str:
    while width(line) > columns:
        line = line[:-1]
    return line

"""Breaking mixed Chinese and Latin text to a width in terminal columns.

A Chinese character takes two columns and a line may break beside it, but never before closing punctuation or after
opening punctuation (避头尾). Latin words and figures stay whole where they fit.
"""

from __future__ import annotations

import re

from wcwidth import wcswidth

_NOT_FIRST = "，。、；：！？）》〉】』」”’…—％%,.;:!?)]}"
_NOT_LAST = "（《〈【『「“‘([{"
_PIECE = re.compile(
    rf"[{re.escape(_NOT_LAST)}]*(?:[0-9A-Za-z+\-._/%@&]+|\s|.)[{re.escape(_NOT_FIRST)}]*|[{re.escape(_NOT_LAST)}]+"
)


def width(text: str) -> int:
    """How many columns a line takes; characters that cannot be printed take none."""
    found: int = wcswidth(text)
    return found if found >= 0 else sum(max(wcswidth(char), 0) for char in text)


def wrap(text: str, columns: int, lines: int | None = None) -> str:
    """The text broken into lines of at most `columns`; beyond `lines` of them it is cut with an ellipsis."""
    wrapped = [line for paragraph in text.splitlines() for line in _broken(paragraph, columns)]
    if lines is not None and len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _cut(wrapped[lines - 1], columns - 2) + "…"]
    return "\n".join(wrapped)


def _broken(text: str, columns: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        for part in [piece] if width(piece) <= columns else piece:
            if width(lines[-1]) + width(part) > columns:
                lines[-1] = lines[-1].rstrip()
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    return lines


def _cut(line: str, columns: int) -> str:
    while width(line) > columns:
        line = line[:-1]
    return line

"""Breaking mixed Chinese and Latin text to a width in terminal columns.

A Chinese character takes two columns and a line may break beside it, but never before closing punctuation or after
opening punctuation (避头尾). Latin words and figures stay whole where they fit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain, islice
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


_width_of_piece = lru_cache(maxsize=8192)(width)


def wrap(text: str, columns: int, lines: int | None = None) -> str:
    """The text broken into lines of at most `columns`; beyond `lines` of them it is cut with an ellipsis."""
    broken = chain.from_iterable(_broken(paragraph, columns) for paragraph in text.splitlines())
    wrapped = list(broken if lines is None else islice(broken, lines + 1))
    if lines is not None and len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _cut(wrapped[lines - 1], columns - 2) + "…"]
    return "\n".join(wrapped)


def _broken(text: str, columns: int) -> Iterator[str]:
    pieces = [part for piece in _PIECE.findall(text) for part in _parts(piece, columns)]
    ends = list(accumulate(map(_width_of_piece, pieces), initial=0))
    first = 0
    while True:
        while first < len(pieces) and pieces[first].isspace():
            first += 1
        last = max(bisect_right(ends, ends[first] + columns) - 1, first + 1)
        if last >= len(pieces):
            yield "".join(pieces[first:])
            return
        yield "".join(pieces[first:last]).rstrip()
        first = last


def _parts(piece: str, columns: int) -> Iterable[str]:
    """A piece, or its characters where it is wider than a line."""
    return (piece,) if _width_of_piece(piece) <= columns else piece


def _cut(line: str, columns: int) -> str:
    while width(line) > columns:
        line = line[:-1]
    return line

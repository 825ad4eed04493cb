"""Tables in plain text, for a terminal: columns between rules, aligned though Chinese characters take two columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from reconcile.outputs.wrapping import width

_GAP = "  "


def drawn(headers: Sequence[str], rows: Iterable[Sequence[object] | None], right: Collection[int] = ()) -> str:
    """A table between rules; a cell may have several lines, and None for a row draws a rule.

    Columns are as wide as their widest line; those whose number is in `right` are set flush right.
    """
    return "\n".join(_lines([None, headers, None, *rows, None], right))


def aligned(rows: Iterable[Sequence[object]]) -> str:
    """Columns without headers and rules."""
    return "\n".join(_lines(rows))


def _lines(rows: Iterable[Sequence[object] | None], right: Collection[int] = ()) -> Iterator[str]:
    cut = [None if row is None else [str(cell).splitlines() or [""] for cell in row] for row in rows]
    columns = zip(*(row for row in cut if row is not None), strict=True)
    sizes = [max(width(line) for cell in column for line in cell) for column in columns]
    rule = _GAP.join("-" * size for size in sizes)
    for row in cut:
        if row is None:
            yield rule
            continue
        for parts in zip_longest(*row, fillvalue=""):
            yield _GAP.join(
                _padded(part, size, number in right)
                for number, (part, size) in enumerate(zip(parts, sizes, strict=True))
            ).rstrip()


def _padded(text: str, size: int, right: bool) -> str:
    blank = " " * (size - width(text))
    return blank + text if right else text + blank

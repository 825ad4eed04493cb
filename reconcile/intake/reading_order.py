"""The lines of a page as they are read: columns one after the other, running heads and page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from reconcile.intake.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·\s]*"
)
_EDGE = 0.12
"""The share of the page's height, above and below, where running heads and page numbers stand."""

_FEW = 12
"""Lines of a page that are too few to tell columns from."""


def in_reading_order(lines: Iterable[Line], gutter: float | None) -> list[Line]:
    """Lines from top to bottom; with a gutter between two columns the left before the right."""
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    if gutter is None:
        return _across(ordered)
    result: list[Line] = []
    band: list[Line] = []
    for line in ordered:
        if line.left < gutter < line.right:
            result += _columns(band, gutter)
            result.append(line)
            band = []
        else:
            band.append(line)
    return result + _columns(band, gutter)


def _columns(band: Iterable[Line], gutter: float) -> list[Line]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in band:
        side = line.left >= gutter
        sides[side].append(line._replace(column=1 + side))
    return _across(sides[0]) + _across(sides[1])


def _across(lines: list[Line]) -> list[Line]:
    """Pieces that stand beside each other on one line are one line, with a blank between them."""
    merged: list[Line] = []
    for line in lines:
        before = merged[-1] if merged else None
        if before is not None and _beside(before, line):
            first, second = sorted((before, line), key=lambda one: one.left)
            merged[-1] = first._replace(
                text=f"{first.text} {second.text}",
                right=max(first.right, second.right),
                top=min(first.top, second.top),
                bottom=max(first.bottom, second.bottom),
            )
        else:
            merged.append(line)
    return merged


def _beside(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def find_gutter(lines: Sequence[Line], earlier: float | None) -> float | None:
    """Where two columns part: a middle that few lines cross, with well filled lines side by side on both sides.

    A page with few lines has its columns where the `earlier` page had them.
    """
    if len(lines) < _FEW:
        crossed = earlier is None or any(line.left < earlier < line.right for line in lines)
        return None if crossed else earlier
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        place = left + (right - left) * step / 100
        crossing = sum(line.left < place < line.right for line in lines)
        best = min(best or (len(lines), place), (crossing, place))
    assert best is not None
    crossing, place = best
    before = [line for line in lines if line.right <= place]
    after = [line for line in lines if line.left >= place]
    if crossing > 0.25 * len(lines) or min(len(before), len(after)) < 5:
        return None
    filled = (
        median([line.right - line.left for line in before]) > 0.6 * (place - left)
        and median([line.right - line.left for line in after]) > 0.6 * (right - place)
    )  # fmt: skip
    return place if filled and _side_by_side(before, after) else None


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two groups of lines stand at the same height, for the most part."""
    (top, bottom), (other_top, other_bottom) = (
        (min(line.top for line in side), max(line.bottom for line in side)) for side in (left, right)
    )
    shared = min(bottom, other_bottom) - max(top, other_top)
    return shared > 0.4 * min(bottom - top, other_bottom - other_top)


def without_running_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages without page numbers and without the lines that recur at the head or foot of most pages."""
    seen: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_pattern(line) for line in lines if _at_edge(line, height)})
    often = max(2, 0.5 * len(pages)) if len(pages) > 2 else 2
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        first = min((line.top for line in lines), default=0.0)
        last = max((line.bottom for line in lines), default=0.0)
        kept.append(
            [
                line
                for line in lines
                if not (
                    _at_edge(line, height)
                    and (
                        (_PAGE_NUMBER.fullmatch(line.text) and (line.top <= first or line.bottom >= last))
                        or (seen[_pattern(line)] >= often and len(pages) > 1)
                    )
                )
            ]
        )
    return kept


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


_COUNTED = re.compile(r"第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*/\s*\d+|[-—–]\s*\d+\s*[-—–]")


def _pattern(line: Line) -> str:
    """A line with the page's number left out, and its height: only what stands at the same place recurs.

    Other digits stay: the items of a long list may differ in nothing else.
    """
    return f"{_COUNTED.sub('#', line.text)}@{round(line.top / max(line.size, 1) / 2)}"

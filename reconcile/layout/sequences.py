"""Which marks are marks: a number opens a line where it counts on, and is a figure where it does not."""

from __future__ import annotations

from reconcile.layout import headings, offices
from reconcile.layout.lines import Line
from reconcile.layout.marks import OUTER


def settle_marks(lines: list[Line]) -> None:
    """Unmark figures at the start of wrapped lines: numbers that continue no sequence after a line left open."""
    following = _following_numbers(lines)
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        if line.mark is None or line.mark.number is None:
            continue
        before = lines[index - 1] if index else None
        is_open = before is not None and not ends_something(before)
        number, reached = line.mark.number, last.get(line.mark.style, 0)
        if line.mark.doubtful:
            sound = _doubtful_mark_is_sound(number, reached, following[index], is_open=is_open)
        else:
            sound = not is_open or number == 1 or 0 <= number - reached <= 3
        if sound:
            last[line.mark.style] = number
        else:
            line.unmarked()


def _following_numbers(lines: list[Line]) -> list[int | None]:
    """For each line the number of the next sound mark of its style."""
    result: list[int | None] = [None] * len(lines)
    coming: dict[str, int] = {}
    for index in range(len(lines) - 1, -1, -1):
        if (mark := lines[index].mark) and mark.number is not None:
            result[index] = coming.get(mark.style)
            if not mark.doubtful:
                coming[mark.style] = mark.number
    return result


def _doubtful_mark_is_sound(number: int, reached: int, following: int | None, *, is_open: bool) -> bool:
    """“6.81家” is item 6 after item 5; “18.6 万元” is no item 18 where the line before is open and 18 still comes."""
    if number == reached + 1:
        return not is_open or following != number
    if number == 1:
        return not is_open and following in (2, 3, None)
    return not is_open and 0 <= number - reached <= 3 and following in (number + 1, number + 2, 1, None)


def ends_something(line: Line) -> bool:
    """Whether a line is complete in itself: a sentence, a heading, a label with its names."""
    return (
        line.is_closed
        or offices.ends_with_label(line.text)
        or line.level is not None
        or line.bracketed
        or line.heading is not None
        or line.is_office
        or (line.mark is not None and line.mark.style in OUTER and headings.is_heading_like(line.body))
    )

"""Headings that hold plans without saying so: 二、重点 beside 一、完成情况, 二、3月份的大事 in a report on February."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from reconcile.layout import frames, headings, months
from reconcile.layout.headings import Heading, Part
from reconcile.layout.lines import Line
from reconcile.layout.marks import OUTER
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import fold, words
from reconcile.model.reports import Kind

_FARTHEST = 1000
"""Lines within which a heading stands that another stands beside."""
_PLANS = Heading((Part(Kind.PLAN, None),), "")


def settle_plans(lines: Sequence[Line], head: Head) -> None:
    """Read as plans what stands under a later month above no plans, and under 重点 and its like beside none.

    Above 重点 what is completed must be said in so many words (完成, 小结), or the title must speak of plans too; and
    the lines below must not tell of work done.
    """
    for index, line in enumerate(lines[head.lines :], head.lines):
        when = months.opened(line)
        if line.heading is None and frames.is_later(head, when) and _is_among_sections(lines, index):
            if not _has_plans(lines, index):  # 二、11月份大会筹备 above 三、11月份工作计划 is work of now
                line.sense = Heading((Part(Kind.PLAN, when),), "")
        elif _plans_a_topic(line) and _is_among_sections(lines, index):
            line.sense = _PLANS
    ahead = frozenset(map(fold, words("section", "ahead")))
    title = headings.read_heading(fold(head.title))
    for index, line in enumerate(lines[head.lines :], head.lines):
        if line.body.rstrip(": ") not in ahead:
            continue
        above = next((one for one in _beside(lines, index, -1) if not _holds(one, None)), None)
        is_below = above is not None and (above.sense is _PLANS or _is_completion(above, title))
        if is_below and not _has_plans(lines, index) and not _reports(lines, index):
            line.sense = _PLANS


def _plans_a_topic(line: Line) -> bool:
    """Whether a heading of the outline with a colon names plans for one topic: 二、机构调整计划：."""
    heading, is_outer = line.heading, line.mark is not None and line.mark.style in OUTER
    return (
        is_outer and line.text.endswith(":") and heading is not None and {p.kind for p in heading.parts} == {Kind.PLAN}
    )


def _is_among_sections(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading stands beside one of a section, and over something that is no further heading."""
    is_over = index + 1 < len(lines) and not _is_like(lines[index + 1], lines[index])
    return is_over and any(True for step in (-1, 1) for _ in _beside(lines, index, step))


def _is_completion(line: Line, title: Heading | None) -> bool:
    said = any(fold(word) in line.body for word in words("section", "done"))
    return _holds(line, Kind.COMPLETION) and (said or (title is not None and title.is_both))


def _reports(lines: Sequence[Line], index: int) -> bool:
    """Whether most lines under a heading tell of work done: 泵站改造已开工."""
    heading = lines[index]
    below = takewhile(lambda line: line.heading is None and not _is_like(line, heading), _after(lines, index))
    told = [any(fold(word) in line.body for word in words("section", "told")) for line in below]
    return 2 * sum(told) > len(told)


def _after(lines: Sequence[Line], index: int) -> Iterator[Line]:
    return (lines[place] for place in range(index + 1, min(index + _FARTHEST, len(lines))))


def _is_like(line: Line, heading: Line) -> bool:
    """Whether a line is marked as a heading is, or stands at its level without a mark."""
    if line.mark is not None or heading.mark is not None:
        return line.mark is not None and heading.mark is not None and line.mark.style == heading.mark.style
    return (line.level, line.bracketed) == (heading.level, heading.bracketed)


def _has_plans(lines: Sequence[Line], index: int) -> bool:
    return any(_holds(one, Kind.PLAN) for one in _beside(lines, index, 1))


def _holds(line: Line, kind: Kind | None) -> bool:
    """Whether a heading opens a section of this kind; of none where it lists what is neither, as problems are."""
    return line.heading is not None and line.heading.parts[-1].kind is kind


def _beside(lines: Sequence[Line], index: int, step: int) -> Iterator[Line]:
    """The section headings before (`step` -1) or after (1) a heading that stand beside it, the nearest first.

    Marks count on from one to the next; other headings stand at the same level, or end in a colon as it does.
    """
    line = lines[index]
    number = line.mark.number if line.mark else None
    end = min(index + _FARTHEST, len(lines)) if step > 0 else max(index - _FARTHEST, -1)
    for other in (lines[place] for place in range(index + step, end, step)):
        if (other.mark.style if other.mark else None) != (line.mark.style if line.mark else None):
            continue
        if number is not None and other.mark is not None:
            if other.mark.number != number + step:
                return
            number += step
        elif (other.level, other.bracketed) != (line.level, line.bracketed):
            continue
        if other.heading is not None:
            yield other

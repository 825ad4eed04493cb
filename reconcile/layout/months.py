"""Which month and year a report is of, where its title does not say so: by its headings, its dates, its file's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from reconcile import period
from reconcile.layout import headings, spans
from reconcile.layout.headings import Part
from reconcile.layout.lines import Line
from reconcile.layout.marks import OUTER
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold
from reconcile.model.reports import Kind
from reconcile.period import Period

YEAR = re.compile(r"(20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})(?:\s?年|[-./]\d{1,2}[-./]\d{1,2}|[〕\])])")
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s?[-—–~至/]\s?(?:20\d\d)?\s?学年")
_SCHOOL_BEGINS = 8
_HEAD_LINES = 40
_STATED_LINES = 8
_MONTH = "月"
_DATE = re.compile(r"(?P<year>20\d\d)\s?[年./-]\s?(?P<month>1[0-2]|0?[1-9])\s?[月./-]\s?(?P<day>[0-3]?\d)(?!\d)")
_DAYS = re.compile(
    r"(?<!\d)(?P<year>(?:20)?\d\d)(?P<dot>[年./-])(?P<month>1[0-2]|0?[1-9])[月./-]\d{1,2}日?\s?[-—–~至到]+\s?"
    r"(?:(?P=year)(?P=dot))?(?P=month)[月./-]\d{1,2}(?!\d)"
)
_FILE_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])(?!\d|[-_.]\d)")
_LONGEST_DATE = 15
_HALF_A_YEAR = 6
_FIRST_DAYS = 10
"""Days in which 本月 still stands for the month before: its report is written when it is over."""


def below(lines: Sequence[Line]) -> When | None:
    """The time of the first section heading that names one, or of the first heading that opens with one."""
    named = (part.when for part in _parts(lines) if part.when and part.kind is not Kind.PLAN)
    first = next((line for line in lines if line.heading is not None or opened(line)), None)
    opening = opened(first) if first is not None and first.heading is None else None
    return next((when for when in chain([opening] if opening else [], named) if when.month or when.quarter), None)


def opened(line: Line) -> When | None:
    """The time that a heading opens with whatever it says of it: 一、8月份忙了些什么."""
    stands_over = line.level is not None or line.text.endswith(":") or (line.mark and line.mark.style in OUTER)
    if not stands_over or not headings.is_heading_like(line.body) or not spans.pattern().match(line.body):
        return None
    return next(iter(spans.whens(line.body)), None)


def stated(lines: Sequence[Line]) -> When | None:
    """A month with its year in the first lines, or all its days: 报告期：2024年4月, 24/04/01-24/04/30."""
    for line in lines[:_STATED_LINES]:
        if days := _DAYS.search(line.text):
            return When(2000 + int(days["year"][-2:]), int(days["month"]))
        if when := next((when for when in spans.whens(line.text) if when.year and when.month), None):
            return when
    return None


def of_file(name: str, years: Collection[int]) -> When | None:
    """The month or quarter that the name of a file holds: 水务局2024年3月.docx, 2024-03.txt.

    One of another year than the `years` the title names is when the report was written.
    """
    if match := _FILE_MONTH.search(name):
        when: When | None = When(int(match["year"]), int(match["month"]))
    else:
        when = next((one for one in spans.whens(fold(name)) if one.month or one.quarter), None)
    return None if when and when.year and years and when.year not in years else when


def year(title: str, lines: Sequence[Line], when: When | None) -> int | None:
    """The year of a title, or of the school year in it, else the first in the lines, in those at both ends if it is.

    A report of December that is dated in January is of the year before.
    """
    for named in (*spans.whens(title), *([when] if when else [])):
        if named.year:
            return named.year
    month = (when.month if when else None) or 0
    if school := _SCHOOL_YEAR.search(title):
        return int(school[1]) + (0 < month < _SCHOOL_BEGINS)
    texts = (title, *(line.text for line in (*lines[:_HEAD_LINES], *lines[-_STATED_LINES:], *lines)))
    text, found = next(((text, spans.year_of(match[1])) for text in texts if (match := YEAR.search(text))), ("", None))
    written = _DATE.fullmatch(text.strip("() 日"))
    return found - (month - int(written["month"]) > _HALF_A_YEAR) if found and written else found


def is_dated(line: Line) -> bool:
    """Whether a line is a date with its year and nothing else."""
    return len(line.text) <= _LONGEST_DATE and bool(YEAR.match(line.text.lstrip("( ")))


def dated(lines: Sequence[Line]) -> When | None:
    """The month a report that speaks of 本月 and 下月 is dated in; in its first days it speaks of the month before.

    One that only plans speaks of the month it is dated in.
    """
    timed = list(_timed(lines))
    if not any(part.when and part.when.shift is not None and _MONTH in word for word, part in timed):
        return None
    only_plans = all(part.kind is Kind.PLAN for _, part in timed)
    ends = chain(reversed(lines[-_STATED_LINES:]), lines[:_STATED_LINES])
    match = next((match for line in ends if (match := _DATE.search(line.text))), None)
    if match is None:
        return None
    month = period.month(int(match["year"]), int(match["month"]))
    if int(match["day"]) <= _FIRST_DAYS and not only_plans:
        month = period.preceding(month)
    return When(int(month[:4]), int(month[5:]))


def looks_back(lines: Sequence[Line], named: Period) -> bool:
    """Whether a report named after a month is of the one before: 上月工作完成情况, and what 本月 is to bring."""
    if len(named) != len("2024-03"):
        return False
    shifts = {(part.kind, _shift(part.when, named)) for part in _parts(lines) if part.when and not part.other}
    return {(Kind.COMPLETION, -1), (Kind.PLAN, 0)} <= shifts and not {(Kind.COMPLETION, 0), (Kind.PLAN, 1)} & shifts


def _shift(when: When, named: Period) -> int | None:
    """By how many months a span of time lies from the month `named`: -1, 0, 1, None where it is no such month."""
    if when.shift is not None or not when.month:
        return when.shift
    month = spans.resolve(when, named, later=False)
    near = {period.preceding(named): -1, named: 0, period.following(named): 1}
    return near.get(month)


def _parts(lines: Sequence[Line]) -> Iterator[Part]:
    return (part for _, part in _timed(lines))


def _timed(lines: Sequence[Line]) -> Iterator[tuple[str, Part]]:
    """The headings of the lines with each of their halves."""
    for line in lines:
        heading = headings.read_heading(line.body)
        for part in heading.parts if heading else ():
            yield line.body, part

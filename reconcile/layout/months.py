"""Which month a report is of, where its title does not say so: by its headings, its dates, the name of its file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from reconcile import period
from reconcile.layout import headings, spans
from reconcile.layout.headings import Part
from reconcile.layout.lines import Line
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold
from reconcile.model.reports import Kind
from reconcile.period import Period

_STATED_LINES = 8
_MONTH = "月"
_DATE = re.compile(r"(?P<year>20\d\d)\s?[年./-]\s?(?P<month>1[0-2]|0?[1-9])\s?[月./-]\s?(?P<day>[0-3]?\d)(?!\d)")
_FILE_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])(?!\d|[-_.]\d)")
_FIRST_DAYS = 10
"""Days in which 本月 still stands for the month before: its report is written when it is over."""


def below(lines: Sequence[Line]) -> When | None:
    """The time of the first section heading that names one."""
    for part in _parts(lines):
        if part.when and part.kind is not Kind.PLAN and (part.when.month or part.when.quarter):
            return part.when
    return None


def stated(lines: Sequence[Line]) -> When | None:
    """A month with its year in the first lines: 报告期：2024年4月."""
    return next(
        (when for line in lines[:_STATED_LINES] for when in spans.whens(line.text) if when.year and when.month), None
    )


def of_file(name: str, years: Collection[int]) -> When | None:
    """The month or quarter that the name of a file holds: 水务局2024年3月.docx, 2024-03.txt.

    One of another year than the `years` the title names is when the report was written.
    """
    if match := _FILE_MONTH.search(name):
        when: When | None = When(int(match["year"]), int(match["month"]))
    else:
        when = next((one for one in spans.whens(fold(name)) if one.month or one.quarter), None)
    return None if when and when.year and years and when.year not in years else when


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

"""Dates and spans of time in a text (时间), as intervals of days; deadlines, cut-offs and rolling windows.

A month without a year is taken in the year that brings it nearest to the report's period; 月底 and 中旬 alone are
those of the period's own month. "底" is the last ten days of a month, "初" the first. Vocabulary in dates.toml.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from reconcile import period as periods
from reconcile.language import data
from reconcile.language.date_forms import Stretch, found_in
from reconcile.language.tokens import fold
from reconcile.period import Period

_RULES = data.rules("dates")
_BEFORE = re.compile(data.either(_RULES["words"]["before"].split()))
_WITHIN = re.compile(rf"[^,;。\d]{{0,12}}{data.either(_RULES['words']['within'].split())}")
_AT_ONCE = re.compile(data.either(_RULES["words"]["within"].split()))
_NAMED = re.compile(data.either(_RULES["words"]["named"].split()))
_CUTOFF = re.compile("截[至止](?!时间|日期)")


def read(text: str, period: Period) -> tuple[Stretch, ...]:
    """The stretches of time a text names, in order; `period` is the period the text belongs to."""
    folded = fold(text)
    kept: list[Stretch] = []
    for when in found_in(folded, period):
        if not kept or when.start >= kept[-1].end:
            kept.append(_deadline(when, folded, period))
    return tuple(kept)


def due(text: str, period: Period) -> str | None:
    """The deadline a planned text states, as an ISO date; None where it states none.

    The latest of several counts; a month or quarter that only says which (10月份检查, 第四季度例会) and days before the
    period do not, nor does the end of a year that only names something (年底考核). A day by which it is due moves
    on to the next working day, the end of a month does not.
    """
    folded = fold(text)
    opening = periods.first_day(period)
    stated = [when for when in read(text, period) if when.last >= opening and _binds(when, folded)]
    if not stated:
        return None
    latest = max(stated, key=lambda when: when.last)
    return (working_day(latest.last) if latest.by and latest.kind == "day" else latest.last).isoformat()


def cutoff(text: str, period: Period) -> str | None:
    """The day a text's figures stand at (截至10月26日), as an ISO date; None where it says none."""
    folded = fold(text)
    for marker in _CUTOFF.finditer(folded):
        for when in read(text, period):
            if 0 <= when.start - marker.end() <= 1:
                return when.last.isoformat()
    return None


def windows(text: str, period: Period) -> tuple[Stretch, ...]:
    """The windows of months that figures are gathered over: 1-9月, 上半年, 前三季度."""
    return tuple(when for when in read(text, period) if when.kind == "window")


def rolled(earlier: str, later: str, period: Period) -> bool:
    """Whether a plan's window of time rolled on into a later plan's (滚动窗口): 1-9月 → 1-10月."""
    first, second = windows(earlier, period), windows(later, periods.following(period))
    return any(one.first == two.first and one.last < two.last for one in first for two in second)


def working_day(day: date) -> date:
    """The day itself or the next working day after it; beyond the known holidays, the next that is no weekend."""
    from chinese_calendar import is_workday  # slow to import, and seldom needed

    while True:
        try:
            if is_workday(day):
                return day
        except NotImplementedError:
            if day.weekday() < 5:
                return day
        day += timedelta(days=1)


def _binds(when: Stretch, text: str) -> bool:
    """Whether a stretch of time says until when: a deadline, a day, part of a month, a month with an act after it."""
    if when.by or when.kind in {"day", "part"}:
        return True
    if when.kind in {"month", "quarter", "year"} and text[when.end - 1] in "内底末":
        return text[when.end - 1] == "内" or not _NAMED.match(text, when.end)
    if when.kind == "month":
        return bool(_WITHIN.match(text, when.end))
    return when.kind == "quarter" and bool(_AT_ONCE.match(text, when.end))


def _deadline(when: Stretch, text: str, period: Period) -> Stretch:
    """The stretch as a deadline, where 前 follows: 11月底前, by the end of it; 国庆前 and 9月前, before it begins."""
    before = _BEFORE.match(text, when.end)
    if not before:
        return when
    last = when.last
    if when.kind == "holiday" or (when.kind in {"month", "quarter", "window"} and text[when.end - 1] not in "内底末"):
        last = when.first - timedelta(days=1)
    first = min(periods.first_day(period), last)
    return Stretch(first, last, when.start, before.end(), when.kind, by=True)

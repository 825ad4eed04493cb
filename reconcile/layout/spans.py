"""Spans of time as headings name them (10月份, 下一步, 第三季度), and the periods they stand for."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from reconcile import period
from reconcile.language.numerals import ordinal
from reconcile.layout.vocabulary import one_of, words
from reconcile.period import Period

_NUMBER = "(?:[一二三四五六七八九十]{1,3}|元)"
_YEAR = r"(?P<year>20\d\d|19\d\d|二[〇零○]\s?[〇零○一二三四五六七八九]{2})\s?(?:年度|年|\.(?=\d)|[-/](?=\d{1,2}\s?月))"
_RANGE = r"\s?[-—–~至]\s?"
_MONTH = (
    rf"(?P<first>\d{{1,2}}(?=\s?(?:{_RANGE}\d{{1,2}})?\s?月)|{_NUMBER}(?=月))"
    rf"(?:{_RANGE}(?P<last>\d{{1,2}}))?\s?(?:(?=月报)|月(?:份|度)?)(?!\s?\d{{1,2}}\s?[日号])"
)
_STAMP = r"(?P<stamp>(?<!\d)20\d\d[-./]?(?:0[1-9]|1[0-2]))(?=\s?(?:工作|重点|月报|总结|计划))"
_HALF = "(?P<half>[上下])半年(?:度)?"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])\s?季度?|Q(?P<q>[1-4])"


class When(Struct, frozen=True):
    """A span of time as written: what a heading leaves out is None. `shift` is -1, 0, 1 for 上月, 本月, 下月,
    `half` 1 or 2 for 上半年, 下半年."""

    year: int | None = None
    month: int | None = None
    quarter: int | None = None
    shift: int | None = None
    half: int | None = None


@cache
def pattern() -> re.Pattern[str]:
    """The pattern of a span of time, over folded text; it takes long to compile, so there is but this one."""
    relative = "|".join(f"(?P<{name}>{one_of(words('section', name))})" for name in ("next", "before", "now"))
    return re.compile(f"{_STAMP}|{_YEAR}|{_MONTH}|{_QUARTER}|{_HALF}|{relative}")


def whens(text: str) -> tuple[When, ...]:
    """The spans a text names, in order; a year joins the month or quarter that follows it."""
    found: list[When] = []
    end = -2
    for match in pattern().finditer(text):
        when = _when(match)
        if found and 0 <= match.start() - end <= 1 and found[-1].year and not found[-1].month and not when.year:
            found[-1] = When(found[-1].year, when.month, when.quarter, half=when.half)
        else:
            found.append(when)
        end = match.end()
    return tuple(found)


def _when(match: re.Match[str]) -> When:
    groups = match.groupdict()
    if stamp := groups["stamp"]:
        return When(year=int(stamp[:4]), month=int(stamp[-2:]))
    if half := groups["half"]:
        return When(half=1 if half == "上" else 2)
    if groups["year"]:
        return When(year=year_of(groups["year"]))
    if groups["first"]:
        number = int(groups["last"] or 0) or _number(groups["first"])
        return When(month=number if 1 <= number <= 12 else None)
    if quarter := groups["quarter"] or groups["q"]:
        return When(quarter=_number(quarter))
    return When(shift=1 if groups["next"] else -1 if groups["before"] else 0)


def _number(text: str) -> int:
    return 1 if text == "元" else ordinal(text) or 0


def year_of(text: str) -> int:
    """A year in digits or in Chinese numerals: 二〇二三."""
    if text.isdecimal():
        return int(text)
    return ordinal(text.replace(" ", "").replace("○", "〇")) or 0


def behind(text: str) -> str:
    """A folded text without the time it opens with: 本月园林局 is 园林局, but 年度考核办 no office of a year."""
    match = pattern().match(text)
    return text if match is None or match.group() in words("section", "kind_of_time") else text[match.end() :].strip()


def resolve(when: When, report: Period, *, later: bool) -> Period:
    """The period a span of time stands for in a report for `report`.

    A month without a year is the one nearest to the report's month, or one of the year the report is of; `later` says
    that the span is that of a plan, so that 1月 in a report for December is next year's.
    """
    year = int(report[:4])
    if when.month:
        if when.year or len(report) == len("2024"):
            return period.month(when.year or year, when.month)
        nearest = min((year - 1, year, year + 1), key=lambda y: _distance(y, when.month or 1, report))
        if later and period.month(nearest, when.month) < report and len(report) == 7:
            nearest += 1
        return period.month(nearest, when.month)
    if when.quarter:
        return period.quarter(when.year or year, when.quarter)
    if when.year or (when.half and later):
        return f"{when.year or year:04d}"
    return period.following(report) if when.shift == 1 or (later and when.shift is None) else report


def _distance(year: int, month: int, report: Period) -> int:
    first = period.first_day(report)
    return abs(year * 12 + month - first.year * 12 - first.month)

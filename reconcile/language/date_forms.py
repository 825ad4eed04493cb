"""The forms in which a text names time (时间写法): one reader each, and how years are found for months without one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from msgspec import Struct, structs

from reconcile import period as periods
from reconcile.language import data, numerals
from reconcile.period import Period


class Stretch(Struct, frozen=True):
    """A stretch of days that a text names from `start` to `end`: `first` to `last`, both included.

    `by` marks a deadline (…前), of which `last` counts. `kind` is the finest unit named: "day", "part" (旬, 底, 初),
    "month", "window" (1-9月), "quarter", "year", "plan" (十四五) or "holiday".
    """

    first: date
    last: date
    start: int
    end: int
    kind: str
    by: bool = False


_RULES = data.rules("dates")
_YEARS: dict[str, int] = _RULES["years"]
_YEAR = rf"(?:(?:(?P<year>20\d\d)年|(?P<said>{data.either(_YEARS)}))的?)?"
_MONTH = r"(?<![\d.])(?P<month>1[0-2]|[1-9])月"
_FAR = 40
"""So many characters back a day still belongs to the month named there."""
_NEAR = {"上": -1, "下": 1}


_HAN = r"一二三四五六七八九十"
_HAN_DATE = re.compile(
    rf"二[〇零○][〇零○{_HAN[:-1]}]{{2}}(?=年)"
    rf"|(?<![\d{_HAN}每个逐])(?:十[一二]?|[{_HAN[:-1]}元])(?=月(?!一[次调评报会检]|饼))"
    rf"|(?<![{_HAN}])(?<=[月至到、和及-])(?:[二三]?十[{_HAN[:-1]}]?|[{_HAN[:-1]}])(?=[日号](?![楼线]))"
)
"""A year, month or day in Chinese numerals: 二〇二三年三月十五日; not 每三月, 三月一次."""
_UNITS, _NUMERALS = frozenset("年月日号"), frozenset(f"{_HAN}元")
"""Characters of each of which a text with such a date has one."""


def found_in(text: str, period: Period) -> list[Stretch]:
    """Every stretch of time any form finds in a folded text, in order; they may overlap."""
    digits, places = _in_digits(text)
    found = [when for hint, pattern, reader in _READERS if hint in digits for when in reader(pattern, digits, period)]
    if places:
        found = [structs.replace(one, start=places[one.start], end=places[one.end]) for one in found]
    return sorted(found, key=lambda when: (when.start, -when.end))


def _in_digits(text: str) -> tuple[str, list[int]]:
    """The text with its dates in digits, and where each place of it was before; no places where it has none such."""
    if _UNITS.isdisjoint(text) or _NUMERALS.isdisjoint(text):
        return text, []
    written, places, end = "", [], 0
    for found in _HAN_DATE.finditer(text):
        number = _digits(found[0])
        written += text[end : found.start()] + number
        places += [*range(end, found.start()), *[found.start()] * len(number)]
        end = found.end()
    return (written + text[end:], [*places, *range(end, len(text) + 1)]) if end else (text, [])


def _digits(numeral: str) -> str:
    return "1" if numeral == "元" else str(numerals.ordinal(numeral.replace("○", "〇")))


# --- one reader a form -------------------------------------------------------------------------------------------


def _days(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """11月5日, 11月5日至6日, 11月28日至12月2日, 11月5-6日, 11月19日、20日."""
    for found in pattern.finditer(text):
        month = int(found["month"])
        year = _year(found, period, month)
        first = _day(year, month, int(found["day"]))
        if not first:
            continue
        last = first
        if found["day2"]:
            month2 = int(found["month2"] or month)
            last = _day(year + (month2 < month), month2, int(found["day2"])) or first
        end = found.end("days") if found["days"] and not found["day2"] else found.end()
        yield Stretch(first, max(first, last), found.start(), found.start("days") if found["days"] else end, "day")
        for more in re.finditer(r"(\d{1,2})[日号]", found["days"] or ""):
            if one := _day(year, month, int(more[1])):
                yield Stretch(one, one, found.start("days") + more.start(), found.start("days") + more.end(), "day")


def _lone_days(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """27日, 20日前: days of the month named before them, else of the period's."""
    for found in pattern.finditer(text):
        year, month = _own_month(period)
        if named := _named_month(text, found.start()):
            year, month = _nearest(named, period), named
        if day := _day(year, month, int(found["day"])):
            yield Stretch(day, day, found.start(), found.end(), "day")


def _months(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """11月, 11月份, 4月中旬, 11月底; 2020年11月至2021年2月, 1月至9月."""
    for found in pattern.finditer(text):
        month = int(found["month"])
        if found["month2"]:
            month2 = int(found["month2"])
            year2 = int(found["year2"]) if found["year2"] else _year(found, period, month2)
            year = _year(found, period, month) if found["year2"] else year2 - (month2 < month)
            kind = "window" if year == year2 else "month"
            yield Stretch(date(year, month, 1), _month_end(year2, month2), *found.span(), kind)
        else:
            yield _part(_year(found, period, month), month, found["part"] or "", found.span())


def _spans(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """1-9月, 7—8月."""
    for found in pattern.finditer(text):
        first, last = int(found["from"]), int(found["to"])
        if first < last:
            year = _year(found, period, last)
            yield Stretch(date(year, first, 1), _month_end(year, last), *found.span(), "window")


def _near(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """本月中旬, 下月初, 月底, 月内, 中旬."""
    for found in pattern.finditer(text):
        year, month = _own_month(period)
        shifted = periods.first_day(periods.month(year, month + _NEAR.get(found["near"][:1], 0)))
        if found["near"] == "" and (named := _named_month(text, found.start())):
            shifted = date(_nearest(named, period), named, 1)
        yield _part(shifted.year, shifted.month, found["part"] or "", found.span())


def _yearly(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """2020年度, 今年, 年底, 年内, 年初, 全年."""
    for found in pattern.finditer(text):
        year = _year(found, period, None)
        part = found["part"] or ""
        first = date(year, 12, 1) if part in {"底", "末"} else date(year, 1, 1)
        last = date(year, 1, 31) if part == "初" else date(year, 12, 31)
        yield Stretch(first, last, *found.span(), "year")


def _quarters(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """第四季度, 一季度末, 前三季度."""
    for found in pattern.finditer(text):
        number = numerals.ordinal(found["number"]) or 1
        year = _year(found, period, 3 * number)
        first = 1 if found["running"] else 3 * number - (0 if found["part"] in {"末", "底"} else 2)
        kind = "window" if found["running"] else "quarter"
        yield Stretch(date(year, first, 1), _month_end(year, 3 * number), *found.span(), kind)


def _halves(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """上半年, 下半年."""
    for found in pattern.finditer(text):
        year = _year(found, period, None)
        first, last = (1, 6) if found["half"] == "上" else (7, 12)
        yield Stretch(date(year, first, 1), _month_end(year, last), *found.span(), "window")


def _plans(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:  # noqa: ARG001
    """十四五, “十四五”末."""
    for found in pattern.finditer(text):
        first = _RULES["plans"][found["plan"]]
        year = first + 4 if found["part"] else first
        yield Stretch(date(year, 1, 1), date(first + 4, 12, 31), *found.span(), "plan")


def _holidays(pattern: re.Pattern[str], text: str, period: Period) -> Iterator[Stretch]:
    """国庆, 春节: only as what something is to be done before (…前)."""
    for found in pattern.finditer(text):
        if day := _holiday(_RULES["holidays"][found["holiday"]], period):
            yield Stretch(day, day, *found.span(), "holiday")


_READERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Pattern[str], str, Period], Iterator[Stretch]]], ...] = (
    (
        "月",
        re.compile(
            rf"{_YEAR}{_MONTH}(?P<day>\d{{1,2}})(?:[日号]|(?=[-~至]\d{{1,2}}[日号]))"
            r"(?:[-~至到](?:(?P<month2>1[0-2]|[1-9])月)?(?P<day2>\d{1,2})[日号]|(?P<days>(?:[、和及]\d{1,2}[日号](?![楼线]))+))?"
        ),
        _days,
    ),
    ("日", re.compile(r"(?<![\d月.-])(?<![月、至到])(?P<day>[12]?\d|3[01])日(?![均常报])"), _lone_days),
    (
        "月",
        re.compile(
            rf"{_YEAR}{_MONTH}(?!\d)(?:份)?(?:[-~至到](?P<year2>20\d\d(?=年))?年?(?P<month2>1[0-2]|[1-9])月(?!\d)(?:份)?"
            r"|(?P<part>[上中下]旬|底|末|初|内)?)"
        ),
        _months,
    ),
    ("月", re.compile(rf"{_YEAR}(?<![\d.])(?P<from>1[0-2]|[1-9])[-~至](?P<to>1[0-2]|[1-9])月(?!\d)份?"), _spans),
    (
        "月",
        re.compile(
            r"(?P<near>本月|当月|下个?月|上个?月|(?<![\d个年])月(?=[底末初内中]))(?P<part>[上中下]旬|底|末|初|内|中)?"
        ),
        _near,
    ),
    ("旬", re.compile(r"(?<!月)(?P<near>)(?P<part>[上中下]旬)"), _near),
    (
        "年",
        re.compile(
            rf"(?:(?P<year>20\d\d)年|(?P<said>{data.either(_YEARS)})|全年|(?<!\d)年(?=[底末内初度]))(?P<part>[底末内初])?"
        ),
        _yearly,
    ),
    ("岁末", re.compile("(?P<year>)(?P<said>)岁(?P<part>末)"), _yearly),
    (
        "季度",
        re.compile(rf"{_YEAR}(?:第|(?P<running>前))?(?P<number>[一二三四1-4])个?季度(?P<part>[末底内])?"),
        _quarters,
    ),
    ("半年", re.compile(rf"{_YEAR}(?P<half>[上下])半年"), _halves),
    ("五", re.compile(rf"(?P<plan>{data.either(_RULES['plans'])})[”\"]?(?P<part>末|期末)?"), _plans),
    ("前", re.compile(rf"(?P<holiday>{data.either(_RULES['holidays'])})节?(?=[之以]?前)"), _holidays),
)


# --- days and years ----------------------------------------------------------------------------------------------


def _part(year: int, month: int, part: str, span: tuple[int, int]) -> Stretch:
    """A month or the part of it that 上旬, 中旬, 下旬, 初, 底 names."""
    last = monthrange(year, month)[1]
    first, final = {
        **dict.fromkeys(("上旬", "初"), (1, 10)),
        **dict.fromkeys(("中旬", "中"), (11, 20)),
        **dict.fromkeys(("下旬", "底", "末"), (21, last)),
    }.get(part, (1, last))
    kind = "month" if part in {"", "内"} else "part"
    return Stretch(date(year, month, first), date(year, month, final), *span, kind)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _named_month(text: str, place: int) -> int | None:
    """The month named last before a place, not too far back."""
    months = re.findall(_MONTH, text[max(0, place - _FAR) : place])
    return int(months[-1]) if months else None


def _own_month(period: Period) -> tuple[int, int]:
    """The month that 本月 means: a month's own, a quarter's or year's last."""
    day = periods.last_day(period)
    return day.year, day.month


def _year(found: re.Match[str], period: Period, month: int | None) -> int:
    """The year a text gives, or the one that brings the month nearest to the period."""
    if found["year"]:
        return int(found["year"])
    own = periods.first_day(period).year
    if found["said"]:
        return own + _YEARS[found["said"]]
    return own if month is None else _nearest(month, period)


def _nearest(month: int, period: Period) -> int:
    year, own = _own_month(period)
    if len(period) == len("2020"):
        return year
    return min(
        (year - 1, year, year + 1), key=lambda candidate: (abs(12 * (candidate - year) + month - own), -candidate)
    )


@cache
def _holiday(name: str, period: Period) -> date | None:
    """The first day off of the holiday next after the period's beginning; None beyond the known calendar."""
    opening = periods.first_day(period)
    if name[0].isdigit():
        day = date(opening.year, int(name[:2]), int(name[3:]))
        return day if day >= opening else day.replace(year=opening.year + 1)
    from chinese_calendar.constants import holidays  # slow to import, and seldom needed

    return min((day for day, holiday in holidays.items() if str(holiday) == name and day >= opening), default=None)

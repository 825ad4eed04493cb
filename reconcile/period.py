"""Periods of work: months ``2020-10``, quarters ``2020-Q1`` and years ``2022``, as plain sortable strings."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

Period = str
"""A month ``2020-10``, a quarter ``2020-Q1`` or a year ``2022``."""


def month(year: int, number: int) -> Period:
    """The period of a month; numbers beyond 1–12 roll into the neighbouring years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return f"{year:04d}-{number:02d}"


def quarter(year: int, number: int) -> Period:
    """The period of a quarter; numbers beyond 1–4 roll into the neighbouring years."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return f"{year:04d}-Q{number}"


def _months(period: Period) -> tuple[int, int, int]:
    """Year, first month and last month of a period; `ValueError` where it is none."""
    year = int(period[:4])
    rest = period[4:]
    if not rest:
        return year, 1, 12
    if rest.startswith("-Q"):
        number = int(rest[2:])
        if not 1 <= number <= 4:
            raise ValueError(period)
        return year, 3 * number - 2, 3 * number
    number = int(rest[1:])
    if rest[0] != "-" or not 1 <= number <= 12:
        raise ValueError(period)
    return year, number, number


@lru_cache
def first_day(period: Period) -> date:
    """The first day of a period."""
    year, first, _ = _months(period)
    return date(year, first, 1)


@lru_cache
def last_day(period: Period) -> date:
    """The last day of a period."""
    year, _, last = _months(period)
    return date(year, last, monthrange(year, last)[1])


def following(period: Period) -> Period:
    """The next period of the same length."""
    year, first, last = _months(period)
    match last - first:
        case 0:
            return month(year, first + 1)
        case 2:
            return quarter(year, last // 3 + 1)
        case _:
            return f"{year + 1:04d}"


def preceding(period: Period) -> Period:
    """The period of the same length before."""
    year, first, last = _months(period)
    match last - first:
        case 0:
            return month(year, first - 1)
        case 2:
            return quarter(year, last // 3 - 1)
        case _:
            return f"{year - 1:04d}"


def contains(outer: Period, inner: Period) -> bool:
    """Whether `inner` lies within `outer` (a month in its quarter, a quarter in its year, a period in itself)."""
    return first_day(outer) <= first_day(inner) and last_day(inner) <= last_day(outer)


def length(period: Period) -> int:
    """How many months a period lasts: 1, 3 or 12."""
    _, first, last = _months(period)
    return last - first + 1


def containing(like: Period, day: date) -> Period:
    """The period as long as `like` in which a day lies."""
    if len(like) == 4:
        return f"{day.year:04d}"
    return quarter(day.year, (day.month + 2) // 3) if "Q" in like else month(day.year, day.month)

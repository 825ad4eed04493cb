"""Working days (工作日) and what they decide: when a report is due, and which one is expected by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reconcile.period import Period, containing, last_day, preceding


def is_workday(day: date) -> bool:
    """Whether a day is worked in China: by the State Council's calendar, else Monday to Friday (`has_calendar`)."""
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day)) if has_calendar(day.year) else day.weekday() < 5


def has_calendar(year: int) -> bool:
    """Whether the holidays of a year are known: they are published each autumn for the year to come."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def due(period: Period, working_day: int) -> date:
    """The last day on which the report of a period is in time: the n-th working day after its end."""
    days = workdays_after(last_day(period))
    return next(day for number, day in enumerate(days, 1) if number == working_day)


def workdays_after(day: date) -> Iterator[date]:
    """The working days after a day, without end."""
    while True:
        day += timedelta(days=1)
        if is_workday(day):
            yield day


def expected(like: Period, today: date, working_day: int) -> Period:
    """The newest period, as long as `like`, whose report should be there by today: its due day is over."""
    period = preceding(containing(like, today))
    while due(period, working_day) >= today:
        period = preceding(period)
    return period

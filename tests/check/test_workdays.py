"""When a report is due by working days, and which report is expected by now."""

from __future__ import annotations

from datetime import date

import pytest

from reconcile.check import workdays


def test_the_fifth_working_day_leaves_out_weekends() -> None:
    assert workdays.due("2023-10", 5) == date(2023, 11, 7)


def test_the_national_holidays_move_the_day() -> None:
    """2023: 29 September to 6 October off, 7 and 8 October worked although a weekend."""
    assert workdays.due("2023-09", 1) == date(2023, 10, 7)
    assert workdays.due("2023-09", 5) == date(2023, 10, 11)


def test_quarters_and_years_are_due_after_their_end() -> None:
    assert workdays.due("2023-Q4", 1) == date(2024, 1, 2)
    assert workdays.due("2023", 3) == date(2024, 1, 4)


def test_beyond_the_calendar_monday_to_friday_are_worked() -> None:
    assert not workdays.has_calendar(2090)
    assert workdays.due("2090-01", 3) == date(2090, 2, 3)


@pytest.mark.parametrize(
    ("like", "today", "wanted"),
    [
        ("2020-01", date(2023, 11, 7), "2023-09"),  # the due day itself is not over
        ("2020-01", date(2023, 11, 8), "2023-10"),
        ("2020-Q1", date(2023, 11, 8), "2023-Q3"),
        ("2020", date(2023, 11, 8), "2022"),
    ],
)
def test_a_report_is_expected_once_its_due_day_is_over(like: str, today: date, wanted: str) -> None:
    assert workdays.expected(like, today, 5) == wanted

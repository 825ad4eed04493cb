"""Periods are plain strings that know their neighbours."""

from datetime import date

import pytest

from reconcile import period


@pytest.mark.parametrize(
    ("this", "after"),
    [("2020-11", "2020-12"), ("2020-12", "2021-01"), ("2020-Q1", "2020-Q2"), ("2020-Q4", "2021-Q1"), ("2022", "2023")],
)
def test_the_following_period_has_the_same_length(this: str, after: str) -> None:
    assert period.following(this) == after


def test_a_quarter_spans_three_months() -> None:
    assert (period.first_day("2020-Q1"), period.last_day("2020-Q1")) == (date(2020, 1, 1), date(2020, 3, 31))


@pytest.mark.parametrize("word", ["2020-13", "2020-Q5", "2020-00"])
def test_what_is_no_period_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        period.first_day(word)


def test_a_month_lies_in_its_quarter_and_year() -> None:
    assert period.contains("2020-Q4", "2020-11")
    assert period.contains("2020", "2020-11")
    assert not period.contains("2020-Q3", "2020-11")

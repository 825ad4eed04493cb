"""Dates, deadlines, cut-offs and windows as a reader takes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import dates
from reconcile.language.date_forms import Stretch
from tests.language.tables import REQUIRED, lines, wrong


def written(when: Stretch) -> str:
    if when.by:
        return f"<{when.last}"
    return str(when.first) if when.first == when.last else f"{when.first}/{when.last}"


def judge(row: str) -> tuple[object, object]:
    text, period, expected = (cell.strip() for cell in row.split("‖"))
    return expected.split(), [written(when) for when in dates.read(text, period)]


def judge_due(row: str) -> tuple[object, object]:
    text, period, expected = (cell.strip() for cell in row.split("‖"))
    return expected or None, dates.due(text, period)


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_times_are_read(part: str) -> None:
    share, faults = wrong("dates", part, judge)
    assert share >= REQUIRED, faults


def test_stated_deadlines_are_found_and_nothing_else() -> None:
    share, faults = wrong("dates", "due", judge_due)
    assert share >= REQUIRED, faults


@pytest.mark.parametrize("row", lines("dates", "cutoff"))
def test_the_day_figures_stand_at(row: str) -> None:
    text, period, expected = (cell.strip() for cell in row.split("‖"))
    assert dates.cutoff(text, period) == (expected or None)


@pytest.mark.parametrize("row", lines("dates", "rolled"))
def test_windows_roll_forwards_only(row: str) -> None:
    earlier, later, expected = (cell.strip() for cell in row.split("‖"))
    assert dates.rolled(earlier, later, "2022-10") is bool(expected)


def test_a_rest_day_moves_on_to_the_next_working_day() -> None:
    assert dates.working_day(date(2023, 10, 1)) == date(2023, 10, 7)
    assert dates.working_day(date(2060, 5, 1)) == date(2060, 5, 3), "beyond the known holidays only weekends count"


PIECES = [
    "11月",
    "5日",
    "至",
    "、",
    "20日",
    "底",
    "前",
    "中旬",
    "2021年",
    "第四季度",
    "上半年",
    "1-9月",
    "年",
    "月",
    "春节",
    "十四五",
    "，",
    "31",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join) | st.text(max_size=30),
    st.sampled_from(["2020-11", "2021-02", "2021-Q1", "2022"]),
)
def test_spans_lie_in_the_text_and_end_after_they_begin(text: str, period: str) -> None:
    edge = 0
    for when in dates.read(text, period):
        assert edge <= when.start < when.end <= len(text)
        assert when.first <= when.last
        edge = when.start + 1
    assert (found := dates.due(text, period)) is None or date.fromisoformat(found)

"""Which planned work is standing work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import standing
from tests.language.tables import REQUIRED, wrong


def judge(row: str) -> tuple[object, object]:
    label, text = (cell.strip() for cell in row.split("‖"))
    return label == "yes", standing.is_standing(text)


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_work_is_told_apart(part: str) -> None:
    share, faults = wrong("standing", part, judge)
    assert share >= REQUIRED, faults


def test_to_continue_is_not_enough() -> None:
    assert not standing.is_standing("继续推进感染楼建设")
    assert not standing.is_standing("继续开展项目前期工作")


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert standing.is_standing(text) in {True, False}

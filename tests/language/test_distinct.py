"""What tells alike texts apart, and what ties them together."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import distinct

ROWS = tomllib.loads((Path(__file__).parent / "distinct.toml").read_text("utf-8"))["rows"].strip().splitlines()


@pytest.mark.parametrize("row", ROWS)
def test_pairs_conflict_and_agree_as_labelled(row: str) -> None:
    left, right, differ, same = (part.strip() for part in row.split("‖"))
    mine, theirs = distinct.marks(left), distinct.marks(right)
    assert [found.kind for found in distinct.conflicts(mine, theirs)] == differ.split()
    assert [found.kind for found in distinct.agreements(mine, theirs)] == same.split()


def test_both_spans_are_shown() -> None:
    left, right = "启动第二批招聘", "第三批招聘完成"
    (found,) = distinct.conflicts(distinct.marks(left), distinct.marks(right))
    assert (left[slice(*found.left)], right[slice(*found.right)]) == ("第二批", "第三批")


TEXTS = st.text(alphabet="第一二三0123456789批期季度省市县级内间东西村#号G《》年月岁以上下半标段类甲A·", max_size=30)


@given(TEXTS, TEXTS)
def test_comparison_is_symmetric_and_never_both(left: str, right: str) -> None:
    mine, theirs = distinct.marks(left), distinct.marks(right)
    differ, same = distinct.conflicts(mine, theirs), distinct.agreements(mine, theirs)
    assert [(found.kind, found.right, found.left) for found in distinct.conflicts(theirs, mine)] == [
        (found.kind, found.left, found.right) for found in differ
    ]
    assert not distinct.conflicts(mine, mine)
    for found in (*differ, *same):
        assert 0 <= found.left[0] < found.left[1] <= len(left)

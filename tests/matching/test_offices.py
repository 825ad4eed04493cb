"""Which names are one office (科室) and which are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.matching import offices

ONE = [
    ("局办公室", "办公室"),
    ("局办", "办公室"),
    ("县水务局财务科", "财务科"),
    ("党办", "党委办公室"),
    ("市计生协", "计划生育协会"),
    ("办公室（应急科）", "办公室"),
    ("本局法规科", "法规科"),
]
TWO = [
    ("财政科", "财务科"),
    ("监督执法一大队", "监督执法二大队"),
    ("城东派出所", "城西派出所"),
    ("省人民医院", "市人民医院"),
    ("物流办", "办公室"),
    ("院办", "党建办公室"),
    ("石桥卫生院", "石塘卫生院"),
]


def alike(one: str, other: str) -> float:
    return float(offices.similarities([one], [other], {})[0, 0])


@pytest.mark.parametrize(("one", "other"), ONE)
def test_names_that_drift_are_one_office(one: str, other: str) -> None:
    assert alike(one, other) >= offices.SAME


@pytest.mark.parametrize(("one", "other"), TWO)
def test_a_number_a_side_a_level_or_a_place_makes_two_offices(one: str, other: str) -> None:
    assert alike(one, other) < offices.SAME


NAMES = [name for pair in ONE + TWO for name in pair]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_likeness_knows_no_order(one: str, other: str) -> None:
    assert alike(one, other) == pytest.approx(alike(other, one))
    assert alike(one, one) == 1


def test_words_that_begin_as_a_level_does_stay_whole() -> None:
    assert alike("市场科", "场馆科") < offices.SAME


def test_a_body_that_names_no_offices_speaks_as_one() -> None:
    assert alike("", "") == 1
    assert alike("", "办公室") == alike("办公室", "") == pytest.approx(offices.SAME)


def test_renamed_leaves_alone_what_both_reports_name() -> None:
    planning = ["计划生育协会", "办公室", "财务科"]
    reporting = ["县计生协会", "办公室", "党委办公室", "财务科", "新区筹备组"]
    assert offices.renamed(planning, reporting, {}) == {"县计生协会": "计划生育协会"}
    assert offices.renamed(["市场科"], ["执法大队"], {"市场科": ("执法大队",)}) == {"执法大队": "市场科"}
    assert offices.renamed([], reporting, {}) == {} == offices.renamed(planning, [], {})

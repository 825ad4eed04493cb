"""What looks wrong in a source is said with where it stands, and nothing is guessed."""

import pytest

from reconcile.errors import InputError
from tests.layout.reading import read

HEAD = "临屏市商务局2023年5月份工作完成情况及6月份工作计划\n"


def codes(text: str) -> list[str]:
    return [warning.code for warning in read(HEAD + text).warnings]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("一、5月份工作完成情况\n1.甲事办结。\n1.乙事办结。\n", "duplicate_number"),
        ("一、5月份工作完成情况\n1.甲事办结。\n4.乙事办结。\n", "skipped_number"),
        ("一、5月份工作完成情况\n1.甲事办结。\n二、6月份工作计划\n", "empty_section"),
        ("一、5月份工作完成情况\n1.甲事办结。（责任科室：外贸科）\n2.乙事办结。\n", "no_office"),
        ("一、5月份工作完成情况\n全局上下共同努力。\n1.甲事办结。\n", "loose_text"),
        ("一、5月份工作完成情况\n1.甲事办结。\n二、存在的问题\n1.人手不足。\n", "other_section"),
        ("一、5月份工作完成情况\n", "no_items"),
    ],
)
def test_a_fault_becomes_a_warning(body: str, code: str) -> None:
    assert code in codes(body)


def test_a_sound_report_has_no_warnings() -> None:
    assert codes("一、5月份工作完成情况\n1.甲事办结。\n2.乙事办结。\n二、6月份工作计划\n1.丙事启动。\n") == []


def test_a_warning_points_at_the_words() -> None:
    text = HEAD + "一、5月份工作完成情况\n1.甲事办结。\n1.乙事办结。\n"
    (warning,) = read(text).warnings
    assert warning.anchor is not None
    assert text[warning.anchor.start : warning.anchor.end] == "乙事办结。"


def test_without_a_period_it_is_said() -> None:
    assert "no_period" in [warning.code for warning in read("工作计划\n1.甲事。\n2.乙事。\n").warnings]


@pytest.mark.parametrize("text", ["今天天气很好,我们去公园玩。\n", "hello world\nno report at all\n"])
def test_a_text_without_items_and_period_is_no_report(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.key == "layout.no_report"

"""How far work has come on its ladder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import stages
from tests.language.tables import REQUIRED, lines, wrong


def judge(row: str) -> tuple[object, object]:
    plan, completion, expected = (cell.strip() for cell in row.split("‖"))
    found = stages.reached(plan, completion)
    return expected, "" if found is None else "reached" if found.enough else "short"


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_stages_are_reached_or_not(part: str) -> None:
    share, faults = wrong("stages", part, judge)
    assert share >= REQUIRED, faults


@pytest.mark.parametrize("row", lines("stages", "follows"))
def test_a_later_plan_may_be_the_next_stage(row: str) -> None:
    plan, later, expected = (cell.strip() for cell in row.split("‖"))
    assert stages.follows(plan, later) is bool(expected)


def test_users_add_ladders() -> None:
    ladder = [("育秧", "插秧", "收割")]
    found = stages.reached("完成水稻收割", "水稻插秧结束", ladder)
    assert found is not None
    assert (found.planned.rank, found.reported.rank, found.enough) == (3, 2, False)
    assert stages.reached("完成水稻收割", "水稻插秧结束") is None


PIECES = [
    "招标",
    "招标文件",
    "验收",
    "县级",
    "市级验收",
    "印发",
    "未能",
    "完成",
    "正在",
    "，",
    "。",
    "启动",
    "面试",
    "因",
    "签订",
    "合同",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
def test_stages_lie_in_their_texts(plan: str, completion: str) -> None:
    for text, found in ((plan, stages.planned_stages(plan)), (completion, stages.reported_stages(completion))):
        assert all(text[stage.start : stage.end] == stage.name for stage in found)
    assert not stages.follows(plan, plan)
    stages.reached(plan, completion)


@pytest.mark.parametrize(
    ("plan", "completion", "past"),
    [
        ("起草物业管理办法。", "物业管理办法初稿形成,正在征求意见。", True),
        ("完成泵房改造。", "泵房改造完工,计划下月投入使用。", True),
        ("完成护士招聘。", "护士招聘笔试结束,面试定于6月15日。", False),
        ("印发物业管理办法。", "物业管理办法初稿形成,正在征求意见。", False),
        ("完成泵房改造。", "泵房改造因停电未完工。", False),
    ],
)
def test_what_is_left_open_may_lie_beyond_the_plan(plan: str, completion: str, past: bool) -> None:
    assert stages.beyond(plan, completion) is past

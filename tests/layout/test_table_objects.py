"""The column that names the work and the one that says what became of it, or what is wanted, are one item."""

import pytest

from reconcile import intake
from tests.layout.reading import read

HEAD = "临屏水务集团2023年3月重点工作完成情况暨4月重点工作计划\n\n"


def rows(*cells: tuple[str, ...], pipes: bool = True) -> str:
    return "\n".join(f"| {' | '.join(row)} |" if pipes else "\t".join(row) for row in cells) + "\n"


def found(body: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(HEAD + body).items]


@pytest.mark.parametrize("pipes", [True, False])
@pytest.mark.parametrize("work", ["工作事项", "工作内容", "重点工作", "工作任务", "项目名称"])
@pytest.mark.parametrize("done", ["完成情况", "进展情况", "进展"])
def test_what_became_of_the_work_stands_behind_its_name(work: str, done: str, pipes: bool) -> None:
    body = "一、3月重点工作完成情况\n" + rows(
        ("部门", work, done),
        ("财务部", "奖金发放", "3月10日发放完毕"),
        ("工程部", "泵站改造", "1.设备进场；2.完成基础"),
        ("工程部", "大修", "大修已完成"),
        pipes=pipes,
    )
    assert found(body) == [
        ("c", "财务部", "奖金发放：3月10日发放完毕"),
        ("c", "工程部", "泵站改造：设备进场；"),
        ("c", "工程部", "泵站改造：完成基础"),
        ("c", "工程部", "大修已完成"),
    ]


@pytest.mark.parametrize("wanted", ["完成标准", "目标要求", "目标任务", "工作目标"])
@pytest.mark.parametrize("work", ["工作事项", "重点工作", "项目名称"])
def test_what_is_wanted_stands_behind_the_work(work: str, wanted: str) -> None:
    body = "二、4月重点工作计划\n" + rows(
        ("部门", work, wanted, "时限"), ("客服部", "水表更换。", "更换300只", "4月20日前"), ("财务部", "收账", "", "")
    )
    assert found(body) == [("p", "客服部", "水表更换：更换300只"), ("p", "财务部", "收账")]
    assert read(HEAD + body).items[0].due == "2023-04-20"


def test_a_target_of_the_year_is_no_target_of_the_month() -> None:
    body = "二、4月重点工作计划\n" + rows(("部门", "工作内容", "年度目标"), ("客服部", "更换水表", "更换3000只"))
    (item,) = read(HEAD + body).items
    assert (item.text, item.target) == ("更换水表", "更换3000只")


def test_lists_in_two_columns_are_joined_one_by_one() -> None:
    body = "一、3月重点工作完成情况\n" + rows(
        ("部门", "重点工作", "完成情况"),
        ("财务部", "1.决算<br>2.审计", "1.已上报<br>2.未进场"),
        ("工程部", "1.巡线<br>2.清淤", "已完成"),
    )
    assert found(body) == [
        ("c", "财务部", "决算：已上报"),
        ("c", "财务部", "审计：未进场"),
        ("c", "工程部", "巡线、清淤：已完成"),
    ]


def test_the_name_of_the_work_may_be_merged_over_rows() -> None:
    body = "一、3月重点工作完成情况\n" + rows(
        ("部门", "工作事项", "完成情况"),
        ("工程部", "泵站改造", "设备进场"),
        ("", "", "完成基础"),
        ("财务部", "", "决算上报"),
    )
    assert found(body) == [
        ("c", "工程部", "泵站改造：设备进场"),
        ("c", "工程部", "泵站改造：完成基础"),
        ("c", "财务部", "决算上报"),
    ]


def test_a_joined_item_is_found_at_its_anchor() -> None:
    text = HEAD + rows(("部门", "工作事项", "3月完成情况"), ("财务部", "奖金发放", "3月10日发放完毕"))
    document = intake.read_bytes(text.encode(), "report.txt")
    (item,) = read(text).items
    quoted = document.text[item.anchor.start : item.anchor.end]
    assert (quoted.startswith("奖金发放"), quoted.endswith("3月10日发放完毕")) == (True, True)


def test_a_category_is_no_work() -> None:
    body = "一、3月重点工作完成情况\n" + rows(("部门", "工作类别", "完成情况"), ("财务部", "党建", "上党课1次"))
    assert found(body) == [("c", "财务部", "上党课1次")]


def test_the_fields_of_a_page_hold_no_items() -> None:
    fields = "标题：\t青禾市园林局2024年6月工作情况\t\t\n索引号：\t000123456X/2024-00017\t文号：\t\n"
    dated = "发文日期：\t2024-06-30\t发布机构：\t青禾市园林局\n青禾市园林局2024年6月工作情况\n"
    table = "序号\t年度目标\t责任单位\t进展情况\t是否完成\n1\t更换路灯900盏\t市城管局\t更换路灯310盏。\t完成\n"
    assert [item.text for item in read(fields + dated + table).items] == ["更换路灯310盏。"]

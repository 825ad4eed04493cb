"""Short headings that hold the plans: 二、重点 beside 一、完成情况, where no other heading does."""

import pytest

from tests.layout.reading import read


def kinds(head: str, body: str) -> str:
    return "".join(item.kind.value[0] for item in read(f"{head}\n{body}").items)


@pytest.mark.parametrize("ahead", ["重点", "重点工作", "主要任务", "工作目标"])
@pytest.mark.parametrize("form", ["{}、{}", "（{}）{}", "第{}部分 {}", "## {1}", "【{1}】", "{1}："])
def test_a_short_heading_below_what_is_completed_holds_plans(ahead: str, form: str) -> None:
    done, planned = form.format("一", "完成情况"), form.format("二", ahead)
    assert (
        kinds("临屏县水务局2023年3月工作汇报", f"{done}\n1.清淤3公里。\n2.召开会议。\n{planned}\n1.巡查水库。\n")
        == "ccp"
    )


def test_problems_may_stand_between() -> None:
    body = "一、完成\n1、走访86户\n2、调解3起\n二、问题\n1、停车难\n三、重点\n1、垃圾分类\n2、包粽子\n"
    assert kinds("红旗社区2024年5月小结", body) == "ccpp"


def test_each_office_may_have_such_headings() -> None:
    body = "".join(
        f"{n}、{office}\n（一）完成\n1.{office}清淤。\n（二）重点\n1.{office}巡查。\n"
        for n, office in zip("一二", ["工程科", "水政科"], strict=True)
    )
    assert kinds("临屏县水务局2023年3月工作汇报", body) == "cpcp"


def test_a_title_of_both_makes_up_for_the_word() -> None:
    body = "一、工作进展\n1.清淤3公里。\n二、重点\n1.巡查水库。\n"
    assert kinds("临屏县水务局2023年3月工作总结和4月打算", body) == "cp"
    assert kinds("临屏县水务局2023年3月工作汇报", body) == "cc"


@pytest.mark.parametrize(
    "body",
    [
        "一、基本情况\n1.全局12人。\n二、重点工作\n1.清淤3公里。\n三、亮点\n1.创建示范。\n",
        "一、重点工作\n1.清淤3公里。\n二、其他工作\n1.召开会议。\n",
        "一、完成情况\n1.清淤3公里。\n二、重点工作\n1.除险3座。\n三、下月计划\n1.巡查水库。\n",
    ],
)
def test_a_short_heading_elsewhere_says_nothing(body: str) -> None:
    assert not kinds("临屏县水务局2023年3月工作汇报", body).startswith("cp")


def test_a_second_such_heading_goes_on_with_the_plans() -> None:
    body = "一、完成情况\n1.清淤3公里。\n二、重点\n1.巡查水库。\n三、目标\n1.完成投资3000万元。\n"
    assert kinds("临屏县水务局2023年3月工作汇报", body) == "cpp"


@pytest.mark.parametrize("heading", ["二、重点任务", "（二）重点工作"])
def test_what_is_reported_under_such_a_heading_is_no_plan(heading: str) -> None:
    first = heading.replace("二", "一")[:-4] + "完成情况"
    body = f"{first}\n1.清淤3公里。\n{heading}\n1.除险加固已完成投资300万元。\n2.泵站改造已开工。\n"
    assert kinds("临屏县水务局2023年3月工作完成情况", body) == "ccc"
    planned = f"{first}\n1.清淤3公里。\n{heading}\n1.验收已建泵站。\n2.巡查水库。\n3.召开会议。\n"
    assert kinds("临屏县水务局2023年3月工作完成情况", planned) == "cppp"

"""Reports in plain paragraphs: what was done, and behind 下一步 what is planned."""

import pytest

from tests.layout.reading import read

HEAD = "青禾区园林局2024年6月份工作总结\n\n"
DONE = "6月份，我局共更换围栏120米，修剪绿篱3公里。"
PLANS = ["补种行道树40株", "清理排水沟2公里", "开展安全检查"]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.period, item.text.strip("；。")) for item in read(text).items]


@pytest.mark.parametrize("between", ["\n\n", "\n", ""])
@pytest.mark.parametrize("turn", ["下一步，将重点抓好以下工作：", "下月，", "下一步："])
def test_paragraphs_are_items_and_the_clause_on_the_next_month_turns_to_plans(turn: str, between: str) -> None:
    listed = "；".join(f"{number}是{plan}" for number, plan in zip("一二三", PLANS, strict=True))
    plans = [("p", "2024-07", plan) for plan in PLANS]
    assert found(f"{HEAD}{DONE}{between}{turn}{listed}。\n") == [("c", "2024-06", DONE.strip("。")), *plans]


def test_what_announces_the_report_is_no_item() -> None:
    text = (
        f"{HEAD}各科室认真落实部署，取得较好成效。现将6月份进展情况通报如下：\n\n{DONE}\n\n青禾区园林局\n2024年7月2日\n"
    )
    assert found(text) == [("c", "2024-06", DONE.strip("。"))]


def test_paragraphs_without_a_title_of_a_report_are_none() -> None:
    assert not found(f"青禾区园林简介\n\n{DONE}\n2024年7月2日\n")

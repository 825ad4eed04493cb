"""Headings that say of what stands below them that it is not done, and headings in everyday words."""

import pytest

from reconcile.language import aspect
from tests.layout.reading import read

HEAD = "临屏县供销社2024年2月工作总结和3月工作计划\n"


def found(body: str) -> list[tuple[str, str]]:
    return [(item.kind.value[0], item.text) for item in read(HEAD + body).items]


@pytest.mark.parametrize(
    "heading",
    [
        "（二）未完成工作",
        "未完成：",
        "未完成工作：",
        "【未完成事项】",
        "（二）未完成工作情况及原因",
        "（二）本月未完成的工作",
    ],
)
@pytest.mark.parametrize("stop", ["。", ""])
def test_what_is_listed_as_not_done_is_reported_as_not_done(heading: str, stop: str) -> None:
    body = (
        f"一、2月工作总结\n（一）已完成工作\n1.冷库检修{stop}\n2.化肥入库{stop}\n{heading}\n1.资产清查{stop}\n2.审计未完成{stop}\n"
        f"二、3月工作计划\n1.春耕调运{stop}\n"
    )
    assert found(body) == [
        ("c", f"冷库检修{stop}"),
        ("c", f"化肥入库{stop}"),
        ("c", f"未完成：资产清查{stop}"),
        ("c", f"审计未完成{stop}"),
        ("p", f"春耕调运{stop}"),
    ]
    assert aspect.Kind.NOT_DONE in {one.kind for one in aspect.read(found(body)[2][1])}


def test_an_item_that_is_not_done_stands_where_it_stands() -> None:
    text = HEAD + "一、未完成工作\n1.资产清查。\n"
    anchor = read(text).items[0].anchor
    assert text[anchor.start : anchor.end] == "资产清查。"


def test_a_column_of_what_is_not_done() -> None:
    body = "\n| 科室 | 本月完成情况 | 未完成情况 |\n| 业务科 | 冷库检修 | 资产清查 |\n"
    assert found(body) == [("c", "冷库检修"), ("c", "未完成：资产清查")]


def test_reasons_alone_are_no_items() -> None:
    assert found("一、2月工作总结\n1.冷库检修。\n二、未完成原因\n1.评估公司未进场。\n") == [("c", "冷库检修。")]


@pytest.mark.parametrize(
    ("done", "planned"),
    [
        ("2月份已开展的工作有：", "3月份拟开展的工作有："),
        ("完成工作", "计划工作"),
        ("做完的：", "要做的："),
        ("本月主要做了以下几件事：", "下个月准备做好以下工作："),
        ("二月份主要完成了以下工作：", "三月份重点做好以下工作："),
    ],
)
@pytest.mark.parametrize("marks", ["12", "一二"])
def test_headings_in_everyday_words(done: str, planned: str, marks: str) -> None:
    first, second = (f"{marks[0]}.", f"{marks[1]}.") if marks == "12" else ("一是", "二是")
    body = f"{done}\n{first}冷库检修\n{second}化肥入库\n{planned}\n{first}资产清查\n{second}春耕调运\n"
    expected = [("c", "冷库检修"), ("c", "化肥入库"), ("p", "资产清查"), ("p", "春耕调运")]
    assert found(body) == expected


def test_a_list_may_follow_the_heading_in_its_line() -> None:
    body = (
        "二月份主要完成了以下工作：一是冷库检修；二是化肥入库。\n三月份重点做好以下工作：一是资产清查；二是春耕调运。\n"
    )
    assert found(body) == [("c", "冷库检修；"), ("c", "化肥入库。"), ("p", "资产清查；"), ("p", "春耕调运。")]

"""Whatever the text, reading ends, repeats itself, and quotes what stands there."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.errors import InputError
from tests.layout.reading import read

LINES = st.sampled_from(
    [
        "临屏市商务局2023年5月份工作完成情况及6月份工作计划",
        "一、5月份工作完成情况",
        "二、6月份工作计划",
        "（一）办公室",
        "【外贸科】",
        "1.甲事办结，共计",
        "18.6 万元。",
        "2、乙事启动；3、丙事启动。",
        "一是检查；二是整改。",
        "责任科室：外贸科",
        "（责任科室：外",
        "贸科）",
        "| 科室 | 本月完成 | 下月计划 |",
        "| --- | --- | --- |",
        "| 办公室 | 1.甲<br>2.乙 | 丙 |",
        "\t序号",
        "\t科室",
        "\t一季度",
        "科室\t完成情况\t下月计划",
        "办公室\t甲事\t乙事",
        "注：1.截至5月底",
        "2023年5月31日",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(LINES, max_size=40).map("\n".join), st.text(max_size=300)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        report = read(text)
    except InputError:
        return
    assert report == read(text)
    assert len({item.id for item in report.items}) == len(report.items)
    for item in report.items:
        assert item.text.strip() == item.text != ""
        assert 0 <= item.anchor.start < item.anchor.end
        assert [item.text[task.start : task.end] for task in item.tasks] == [task.text for task in item.tasks]


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_an_anchor_holds_every_character_of_its_item(lines: list[str]) -> None:
    text = "\n".join(["一、2023年5月份工作完成情况", *lines])
    for item in read(text).items:
        quoted = iter(text.replace("\r", "\n")[item.anchor.start : item.anchor.end])
        assert all(character in quoted for character in item.text if not character.isspace())


def test_a_report_of_many_thousand_lines_is_read_whole() -> None:
    draw = random.Random(5)
    words = "完成开展组织推进检查整治项目资金隐患群众"
    body = [f"{number % 500 + 1}.{''.join(draw.choices(words, k=20))}。" for number in range(8000)]
    report = read("一、2023年5月份工作完成情况\n" + "\n".join(body))
    assert len(report.items) == len(body)

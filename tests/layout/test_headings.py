"""Section words in any wording, names of offices, and the periods headings name."""

import pytest

from reconcile.layout import spans
from reconcile.layout.headings import is_office, read_heading
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold
from reconcile.model.reports import Kind

DONE, PLAN = Kind.COMPLETION, Kind.PLAN


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("10月份工作完成情况", [DONE]),
        ("3月份工作小结", [DONE]),
        ("本月工作：", [DONE]),
        ("主要工作开展情况", [DONE]),
        ("上月工作计划完成情况", [DONE]),
        ("目前工作进展", [DONE]),
        ("4月份计划工作", [PLAN]),
        ("11月份重点工作安排", [PLAN]),
        ("下一步打算", [PLAN]),
        ("下月工作", [PLAN]),
        ("存在的问题及下一步工作打算", [None, PLAN]),
        ("2022年12月份工作开展情况及2023年1月份工作计划", [DONE, PLAN]),
        ("三月份工作總結暨四月份工作計劃", [DONE, PLAN]),
        ("5月份重点工作", [None]),
        ("未完成工作及原因", [DONE, None]),
        ("推进滞后的工作", [DONE]),
        ("未完成工作的下月计划", [PLAN]),
        ("6月份已开展的工作有", [DONE]),
        ("要做的", [PLAN]),
    ],
)
def test_section_words_decide(text: str, kinds: list[Kind | None]) -> None:
    heading = read_heading(fold(text))
    assert heading is not None
    assert not heading.prefix
    assert [part.kind for part in heading.parts] == kinds


@pytest.mark.parametrize(
    "text",
    ["完成全区档案整理", "卫生健康工作有序开展", "召开会议。", "办公室", "排查隐患62处", "工作推进滞后", "任务未完成"],
)
def test_what_is_no_section_heading(text: str) -> None:
    assert read_heading(fold(text)) is None


def test_what_stands_before_section_words_is_kept() -> None:
    heading = read_heading(fold("办公室3月份工作小结"))
    assert heading is not None
    assert heading.prefix == "办公室"


@pytest.mark.parametrize(
    "name",
    [
        "办公室（安全监管科）",
        "各社区",
        "运输科、公路中心",
        "医疗健康集团",
        "机关党委",
        "组织人事科",
        "建设科",
        "下湾村",
        "招商部",
        "县发展和改革局",
        "办公室（人事、财务）",
        "政工科（团委、服务中心）、监察室",
    ],
)
def test_names_of_offices(name: str) -> None:
    assert is_office(fold(name))


@pytest.mark.parametrize(
    "name", ["完成档案室", "做好办公室", "科", "3号楼办公室", "召开会议，成立专班", "推进工作落实"]
)
def test_what_is_no_name_of_an_office(name: str) -> None:
    assert not is_office(fold(name))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年3月份", [When(2022, 3)]),
        ("二〇二四年三月", [When(2024, 3)]),
        ("1-9月", [When(month=9)]),
        ("元月份", [When(month=1)]),
        ("2023年第三季度", [When(2023, quarter=3)]),
        ("下一步", [When(shift=1)]),
        ("3月15日", []),
    ],
)
def test_spans_of_time(text: str, found: list[When]) -> None:
    assert list(spans.whens(fold(text))) == found


@pytest.mark.parametrize(
    ("when", "report", "later", "period"),
    [
        (When(month=1), "2022-12", True, "2023-01"),
        (When(month=12), "2023-01", False, "2022-12"),
        (When(month=11), "2020-10", True, "2020-11"),
        (When(2023, 1), "2022-12", True, "2023-01"),
        (When(shift=1), "2020-Q4", True, "2021-Q1"),
        (When(quarter=2), "2020", True, "2020-Q2"),
        (When(shift=0), "2021-03", False, "2021-03"),
    ],
)
def test_a_span_stands_for_a_period(when: When, report: str, later: bool, period: str) -> None:
    assert spans.resolve(when, report, later=later) == period

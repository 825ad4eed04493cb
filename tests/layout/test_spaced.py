"""Tables laid out by blanks: columns apart by wide gaps, by single blanks or by tabs, aligned or not."""

from collections.abc import Sequence

import pytest

from reconcile import intake, layout
from reconcile.config import Config
from tests.layout.reading import read

HEAD = "临屏县水务局2023年3月工作完成情况及4月工作计划\n\n"
ROWS = [
    ("序号", "工作内容", "完成情况", "责任科室"),
    ("1", "河道清淤", "完成3公里，验收合格", "工程科"),
    ("2", "防汛会议", "召开2次", "办公室"),
    ("3", "水库除险加固", "因资金未到位，未完成", "工程科"),
]
ITEMS = [
    ("c", "工程科", "河道清淤：完成3公里，验收合格"),
    ("c", "办公室", "防汛会议：召开2次"),
    ("c", "工程科", "水库除险加固：因资金未到位，未完成"),
]


def aligned(rows: Sequence[tuple[str, ...]], *widths: int) -> str:
    def cell(text: str, width: int) -> str:
        return text + " " * (width - sum(2 if ord(letter) > 255 else 1 for letter in text))

    return "".join("".join(map(cell, row, widths)).rstrip() + "\n" for row in rows)


def found(body: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(HEAD + body).items]


@pytest.mark.parametrize("gap", ["  ", "    ", " ", "　", "　　", "\t", "\t\t", " \t "])
def test_cells_in_order(gap: str) -> None:
    assert found("".join(gap.join(row) + "\n" for row in ROWS)) == ITEMS


@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("between", ["", "\n"])
def test_aligned_cells(indent: str, between: str) -> None:
    lines = aligned(ROWS, 8, 20, 30, 10).splitlines()
    assert found("".join(f"{indent}{line}\n{between}" for line in lines)) == ITEMS


def test_blank_cells_stand_under_their_headings() -> None:
    rows = [
        ("科室", "3月完成情况", "4月工作计划"),
        ("工程科", "清淤3公里", ""),
        ("办公室", "", "召开会议"),
        ("", "归档", ""),
    ]
    assert found(aligned(rows, 12, 24, 20)) == [
        ("c", "工程科", "清淤3公里"),
        ("p", "办公室", "召开会议"),
        ("c", "办公室", "归档"),
    ]


def test_what_a_narrow_cell_breaks_off_goes_on_below() -> None:
    rows = [
        ROWS[0],
        ("1", "河道清淤及沿岸", "完成3公里，并通过", "工程科"),
        ("", "环境整治", "市级验收", ""),
        ("2", "防汛会议", "召开2次", "办公室"),
    ]
    text = HEAD + aligned(rows, 8, 20, 24, 10)
    document = intake.read_bytes(text.encode(), "report.txt")
    items = layout.read_report(document, Config()).items
    assert [item.text for item in items] == ["河道清淤及沿岸环境整治：完成3公里，并通过市级验收", "防汛会议：召开2次"]
    assert document.text[items[0].anchor.start : items[0].anchor.end].endswith("验收")


def test_sections_stand_over_their_tables() -> None:
    rows = [("序号", "工作内容", "完成时限", "责任科室"), ("1", "巡查水库", "4月20日前", "工程科")]
    done, planned = aligned(ROWS, 8, 20, 30, 10), aligned(rows, 8, 20, 14, 10)
    body = f"一、3月工作完成情况\n{done}二、4月工作计划\n{planned}注：数据截至月底。\n"
    assert found(body) == [*ITEMS, ("p", "工程科", "巡查水库")]
    assert read(HEAD + body).items[-1].due == "2023-04-20"


def test_an_office_over_its_rows() -> None:
    rows = [("序号", "工作内容", "完成情况"), ("工程科",), ("1", "清淤", "3公里"), ("办公室",), ("1", "会议", "2次")]
    assert found(aligned(rows, 8, 20, 24)) == [("c", "工程科", "清淤：3公里"), ("c", "办公室", "会议：2次")]


def test_a_list_after_a_title_in_two_halves_is_no_table() -> None:
    body = "3月工作总结    4月工作计划\n一、3月工作总结\n1.完成清淤。\n二、4月工作计划\n1.巡查水库。\n"
    assert found(body) == [("c", "", "完成清淤。"), ("p", "", "巡查水库。")]


def test_rows_under_an_office_written_once_are_rows_though_they_are_as_long() -> None:
    rows = [
        ("科室", "工作内容", "完成情况"),
        ("工程科", "河道清淤一期", "完成3公里"),
        ("", "河道清淤二期", "完成5公里"),
        ("", "河道清淤三期", "完成6公里"),
        ("办公室", "归档", "200件"),
    ]
    assert [text for _, _, text in found(aligned(rows, 10, 22, 20))] == [
        "河道清淤一期：完成3公里",
        "河道清淤二期：完成5公里",
        "河道清淤三期：完成6公里",
        "归档：200件",
    ]


def test_a_cell_that_reaches_the_next_column_may_go_on_without_a_number() -> None:
    rows = [
        ("科室", "完成情况", "计划"),
        ("办公室", "归档200件", "开会"),
        ("工程科", "完成河道清淤三公里并", "巡查"),
        ("", "通过市级验收", ""),
    ]
    assert [text for _, _, text in found(aligned(rows, 10, 22, 20))] == [
        "归档200件",
        "开会",
        "完成河道清淤三公里并通过市级验收",
        "巡查",
    ]


@pytest.mark.parametrize("heading", ["二、 4月工作计划", "（二） 4月工作计划", "二、4月 工作计划"])
def test_a_section_behind_a_mark_and_a_blank_is_no_row(heading: str) -> None:
    done = "序号  工作内容\n1  清淤3公里\n2  召开会议\n"
    planned = "序号  工作内容\n1  巡查水库\n"
    assert [(kind, text) for kind, _, text in found(f"一、 3月工作完成情况\n{done}{heading}\n{planned}")] == [
        ("c", "清淤3公里"),
        ("c", "召开会议"),
        ("p", "巡查水库"),
    ]


@pytest.mark.parametrize("mark", ["1.", "1、", "（1）", "①"])
def test_a_mark_before_a_blank_is_no_cell(mark: str) -> None:
    body = (
        f"办公室\n工作内容  完成情况\n{mark} 印发文件30份。\n{mark.replace('1', '2').replace('①', '②')} 召开会议4次。\n"
    )
    assert found(body) == [("c", "办公室", "印发文件30份。"), ("c", "办公室", "召开会议4次。")]


def test_work_named_like_a_section_is_a_row() -> None:
    body = "序号  工作内容  完成情况\n1  工作总结  已上报\n2  工作计划  已印发\n"
    assert [text for _, _, text in found(body)] == ["工作总结：已上报", "工作计划：已印发"]

"""Tab tables whose cells hold several lines, pasted from a word processor or a spreadsheet."""

import pytest

from tests.layout.reading import read

HEAD = "青禾站2024年5月份工作情况\n科室\t本月完成情况\t下月工作计划\n"
BARE = (
    "苗圃科\t1.补种行道树40株。\n2.清理排水沟。\t1.修剪绿篱。\n2.防治病虫害。\n"
    "设备科\t1.检修洒水车。\n2.更换水泵。\t1.采购割草机。\n2.维修仓库。\n"
)
QUOTED = (
    '苗圃科\t"1.补种行道树40株。\n2.清理排水沟。"\t"1.修剪绿篱。\n2.防治病虫害。"\n'
    '设备科\t"1.检修洒水车。\n2.更换水泵。"\t"1.采购割草机。\n2.维修仓库。"\n'
)
FOUND = [
    ("c", "苗圃科", "补种行道树40株。"),
    ("c", "苗圃科", "清理排水沟。"),
    ("p", "苗圃科", "修剪绿篱。"),
    ("p", "苗圃科", "防治病虫害。"),
    ("c", "设备科", "检修洒水车。"),
    ("c", "设备科", "更换水泵。"),
    ("p", "设备科", "采购割草机。"),
    ("p", "设备科", "维修仓库。"),
]


def found(text: str, name: str = "report.txt") -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(text, name).items]


@pytest.mark.parametrize(
    ("rows", "name"), [(BARE, "report.txt"), (QUOTED, "report.txt"), (QUOTED, "report.tsv"), (QUOTED, "report.md")]
)
def test_lines_within_a_cell_make_no_rows(rows: str, name: str) -> None:
    assert found(HEAD + rows, name) == FOUND


def test_the_places_of_what_stands_in_quotes() -> None:
    text = HEAD + QUOTED
    assert all(text[item.anchor.start : item.anchor.end] == item.text for item in read(text).items)


def test_a_row_without_its_last_cells_is_a_row() -> None:
    rows = "苗圃科\t1.补种行道树40株。\n设备科\t1.检修洒水车。\n财务科\t决算。\n"
    assert [item[1:] for item in found(HEAD + rows)] == [
        ("苗圃科", "补种行道树40株。"),
        ("设备科", "检修洒水车。"),
        ("财务科", "决算。"),
    ]


def test_a_quote_that_is_never_closed_takes_no_rows() -> None:
    assert len(found(HEAD + '苗圃科\t"补种\t修剪\n设备科\t检修\t采购\n')) == 4

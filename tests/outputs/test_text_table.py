"""Plain tables: what stands in one column begins in one column, in Chinese too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reconcile.outputs import text_table
from reconcile.outputs.wrapping import width


def test_columns_hold_over_chinese_and_several_lines() -> None:
    drawn = text_table.drawn(["科室", "no"], [["办公室", "1"], None, ["OA\n系统", 12]])
    assert drawn.splitlines() == [
        "------  --",
        "科室    no",
        "------  --",
        "办公室  1",
        "------  --",
        "OA      12",
        "系统",
        "------  --",
    ]


def test_figures_may_stand_flush_right() -> None:
    assert text_table.drawn(["a"], [["1.5"], ["10.5"]], right=[0]).splitlines()[3:5] == [" 1.5", "10.5"]


def test_columns_without_rules() -> None:
    assert text_table.aligned([("版本", "1"), ("系统平台", "2")]) == "版本      1\n系统平台  2"


@given(st.lists(st.tuples(*[st.text("ab1，项目é", max_size=9)] * 3), min_size=1))
def test_every_cell_begins_where_its_column_does(rows: list[tuple[str, ...]]) -> None:
    lines = text_table.drawn(["x", "y", "z"], rows).splitlines()
    sizes = [len(rule) for rule in lines[0].split("  ")]
    for row, line in zip(rows, lines[3:-1], strict=True):
        cells = [cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)]
        assert line == "  ".join(cells).rstrip()


def test_width_counts_terminal_columns() -> None:
    assert [width(text) for text in ("ab", "项目", "，", "é", "e\u0301", "ｋ", "\u200b")] == [2, 4, 2, 1, 1, 2, 0]

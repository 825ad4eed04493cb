"""Items tables: one item a row, in either language, with mistakes named by line."""

import pytest

from reconcile.errors import InputError
from reconcile.model.reports import Kind
from tests.layout.reading import read


def test_chinese_columns() -> None:
    source = (
        "类型,期间,科室,序号,内容,单位\n完成,2020年10月,办公室,1,办结甲事。,临屏市商务局\n计划,2020-11,,,启动乙事。,\n"
    )
    report = read(source, "台账.csv")
    assert (report.organisation, report.period) == ("临屏市商务局", "2020-10")
    first, second = report.items
    assert (first.kind, first.period, first.office, first.number) == (Kind.COMPLETION, "2020-10", "办公室", 1)
    assert (second.kind, second.period, second.office, second.number) == (Kind.PLAN, "2020-11", "", None)
    assert source[second.anchor.start : second.anchor.end] == "启动乙事。"


def test_lines_of_json() -> None:
    report = read('{"kind": "plan", "period": "2020-Q4", "text": "启动乙事。", "number": 7}\n', "items.jsonl")
    (item,) = report.items
    assert (item.kind, item.period, item.number, item.text) == (Kind.PLAN, "2020-Q4", 7, "启动乙事。")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("done,2020-10,甲事", "line 3, column kind"),
        ("plan,October,甲事", "line 3, column period"),
    ],
)
def test_a_mistake_is_named_by_line_and_column(row: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(f"kind,period,text\nplan,2020-10,甲事\n{row}\n", "items.csv")


def test_missing_columns_are_named() -> None:
    with pytest.raises(InputError, match="period · text"):
        read('{"kind": "plan", "words": "甲事"}\n', "items.jsonl")

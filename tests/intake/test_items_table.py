"""The shape of items tables: rows of cells under a header row, each cell pointing at its words."""

import pytest

from reconcile import intake
from reconcile.errors import InputError


def test_csv_cells_point_into_the_text() -> None:
    source = '类型,期间,内容\n完成,2020-10,"第一行\n第二行，""好"""\n计划,2020-11,做好\n'
    document = intake.read_bytes(source.encode("utf-8-sig"), "items.csv")
    assert [[cell.text for cell in block.cells] for block in document.blocks] == [
        ["类型", "期间", "内容"],
        ["完成", "2020-10", '第一行\n第二行，"好"'],
        ["计划", "2020-11", "做好"],
    ]
    assert [block.paragraph for block in document.blocks] == [1, 2, 4]
    last = document.blocks[-1].cells[-1]
    assert document.text[last.start : last.end] == "做好"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_any_delimiter(delimiter: str) -> None:
    document = intake.read_bytes(f"kind{delimiter}text\nplan{delimiter}检查\n".encode(), "items.csv")
    assert [cell.text for cell in document.blocks[1].cells] == ["plan", "检查"]


def test_jsonl_rows_stand_under_the_union_of_their_keys() -> None:
    source = '{"kind": "plan", "text": "做好"}\n\n{"kind": "plan", "number": 3, "text": "检查"}\n'
    header, first, second = intake.read_bytes(source.encode(), "items.jsonl").blocks
    assert [cell.text for cell in header.cells] == ["kind", "text", "number"]
    assert [cell.text for cell in first.cells] == ["plan", "做好"]
    assert {header.cells[cell.column].text: cell.text for cell in second.cells}["number"] == "3"
    assert second.paragraph == 3


def test_a_broken_line_is_named() -> None:
    with pytest.raises(InputError, match="line 2") as caught:
        intake.read_bytes(b'{"kind": "plan"}\n{"kind": \n', "items.jsonl")
    assert caught.value.key == "intake.bad_json"

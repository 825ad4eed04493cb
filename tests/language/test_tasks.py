"""How entries fall into tasks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import tasks
from tests.language.tables import REQUIRED, wrong

EDGES = " ,;。，；、.:：!?"
PHRASES = [
    "完成",
    "开展检查",
    "，",
    "。",
    "；",
    "（一）",
    "《办法》",
    "“",
    "”",
    "(",
    ")",
    "1.",
    "一是",
    "12,000人",
    "：",
    "为",
    "\n",
    " ",
]


def judge(row: str) -> tuple[object, object]:
    """A row shows where tasks end by ‖; where no mark stands before it, it stands for a comma."""
    pieces = row.split("‖")
    text = "".join(piece if piece[-1] in "。；：" else piece + "，" for piece in pieces[:-1]) + pieces[-1]
    return [piece.strip(EDGES) for piece in pieces], [clause.text for clause in tasks.split(text)]


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_entries_are_cut_as_a_reader_would(part: str) -> None:
    share, faults = wrong("tasks", part, judge)
    assert share >= REQUIRED, faults


def test_a_later_task_keeps_what_it_shares_with_the_first() -> None:
    project, subject = (
        tasks.split("青年公寓：完成主体验收；启动管网施工"),
        tasks.split("停车楼取得登记证，完成价格备案"),
    )
    assert [clause.head for clause in project] == ["", "青年公寓"]
    assert [clause.head for clause in subject] == ["", "停车楼"]


def test_nothing_is_cut_inside_brackets_quotes_or_titles() -> None:
    text = "印发《办法。一；二》（含附件，完成3份；开展2次）和“三查、完成。四改”方案"
    assert [clause.text for clause in tasks.split(text)] == [text]


@given(st.lists(st.sampled_from(PHRASES), max_size=14).map("".join) | st.text(max_size=60))
def test_clauses_hold_all_of_the_text_once_and_in_order(text: str) -> None:
    clauses = tasks.split(text)
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses)
    edge, between = 0, ""
    for clause in clauses:
        assert clause.start >= edge
        assert clause.end > clause.start
        between += text[edge : clause.start]
        edge = clause.end
    assert not any(char.isalnum() for char in between + text[edge:])

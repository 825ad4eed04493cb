"""What completions say of their work, and the reasons they give."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import aspect
from tests.language.tables import REQUIRED, wrong


def judge(row: str) -> tuple[object, object]:
    labels, text = (part.strip() for part in row.split("‖"))
    found = [f"{one.kind}{'~' if one.graded else ''}" for one in aspect.read(text)]
    return labels.split(), [label for label, _ in groupby(found)]


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_clauses_are_read_right(part: str) -> None:
    share, faults = wrong("aspect", part, judge)
    assert share >= REQUIRED, faults


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("因设计变更，施工单位未能进场。", ["因设计变更"]),
        ("受连续降雨影响，基坑开挖推迟。", ["受连续降雨影响"]),
        ("3处隐患因业主外出顺延。", ["因业主外出"]),
        ("完成签约31户，未完成的主要原因是补偿标准分歧较大。", ["主要原因是补偿标准分歧较大"]),
        ("鉴于场馆维修，经研究，比赛延期。", ["鉴于场馆维修"]),
        ("受理申请12件，因地制宜开展种植。", []),
        ("组织干部接受警示教育。", []),
        ("因招标文件尚未通过审核，未能开工。", ["因招标文件尚未通过审核"]),
        ("由于校验未通过，新系统未能启用。", ["由于校验未通过"]),
        ("受设备未到货影响，手术中心没有启用。", ["受设备未到货影响"]),
        ("西馆改造因设备未到货未开工。", ["因设备未到货"]),
    ],
)
def test_the_reason_for_a_delay_is_quoted(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in aspect.reasons(text)] == quoted


def test_the_words_that_show_it_are_given() -> None:
    done, put_off = aspect.read("完成网上报名；现场确认推迟至9月。")
    assert (done.kind, put_off.kind) == (aspect.Kind.DONE, aspect.Kind.NOT_DONE)
    assert "完成网上报名；现场确认推迟至9月。"[slice(*put_off.cue)] == "推迟至"


PHRASES = [
    "未",
    "未能",
    "完成",
    "因",
    "受",
    "影响",
    "，",
    "。",
    "正在",
    "计划",
    "推迟至",
    "取消",
    "《未完》",
    "（",
    "）",
    "80%",
    "启动",
]


@given(st.lists(st.sampled_from(PHRASES), max_size=12).map("".join) | st.text(max_size=40))
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    edge = 0
    for one in aspect.read(text):
        assert edge <= one.start <= one.cue[0] <= one.cue[1] <= one.end <= len(text)
        edge = one.end
    for start, end in aspect.reasons(text):
        assert 0 <= start < end <= len(text)

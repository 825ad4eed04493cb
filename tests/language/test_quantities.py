"""Figures as a reader finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import quantities
from reconcile.language.quantities import Bound, Figure
from tests.language.tables import REQUIRED, wrong

BOUNDS = {Bound.EXACT: "", Bound.LEAST: ">", Bound.MOST: "<", Bound.ABOUT: "~"}


def written(figure: Figure) -> str:
    upper = "" if figure.upper is None else f"-{figure.upper:.10g}"
    marks = "^" * figure.change + "+" * figure.added + "=" * figure.running
    return f"{figure.value:.10g}{upper}{figure.unit}{BOUNDS[figure.bound]}{marks}" + (
        figure.window and f"@{figure.window}"
    )


def judge(row: str) -> tuple[object, object]:
    text, _, labels = row.partition("‖")
    return labels.split(), [written(figure) for figure in quantities.read(text.strip())]


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_labelled_figures_are_found(part: str) -> None:
    share, faults = wrong("quantities", part, judge)
    assert share >= REQUIRED, faults


PIECES = [
    "12",
    "万",
    "亿",
    "3.5",
    "人",
    "%",
    "第",
    "1-9月",
    "二十",
    "两",
    "次",
    "不少于",
    "以上",
    "，",
    "。",
    "至",
    "余",
    "1,200",
    "其中",
    "个",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_figures_lie_in_the_text_and_in_order(text: str) -> None:
    edge = 0
    for figure in quantities.read(text):
        assert edge <= figure.start < figure.end <= len(text)
        assert figure.said[0] <= figure.start
        assert figure.value >= 0
        edge = figure.end

"""Targets against what was reached, parts against wholes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import measures

TABLE = tomllib.loads((Path(__file__).parent / "quantities.toml").read_text("utf-8"))


def rows(part: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("‖")] for line in TABLE[part].strip().splitlines()]


@pytest.mark.parametrize(("plan", "completion", "expected"), rows("compared"))
def test_a_target_is_met_or_short_or_not_compared(plan: str, completion: str, expected: str) -> None:
    found = measures.measure(plan, completion)
    verdict = {True: "met", False: "short", None: found[0].why if found else "none"}[found[0].met if found else None]
    assert verdict == expected, found


@pytest.mark.parametrize(("text", "expected"), rows("subtotals"))
def test_parts_make_their_whole_or_do_not(text: str, expected: str) -> None:
    assert [{True: "adds", False: "differs"}[found.adds] for found in measures.subtotals(text)] == expected.split()


@pytest.mark.parametrize(("text", "expected"), rows("rates"))
def test_a_part_beside_its_whole_gives_a_rate(text: str, expected: str) -> None:
    assert [f"{rate.percent:.1f}" for rate in measures.rates(text)] == expected.split()


PIECES = ["436户", "已签412户", "，", "其中", "8000元", "93%", "共计", "不少于", "3", "万人", "。", "完成率", "0个"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)


@given(TEXTS, TEXTS)
def test_a_measure_compares_or_says_why_not(plan: str, completion: str) -> None:
    for found in measures.measure(plan, completion):
        assert (found.met is None) == bool(found.why)
    for rate in measures.rates(completion):
        assert 0 < rate.percent <= 100
    measures.subtotals(completion)

"""Every output of a run the engine made over the reports in fixtures/, not only of the hand-made sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reconcile import pipeline
from reconcile.outputs import FORMATS, drawn, slips, tables
from reconcile.outputs.rows import View, view

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"


@pytest.fixture(scope="module")
def months() -> View:
    reports = [pipeline.read_report(PAIRS / f"jiaotong-2021-{month}.txt") for month in ("03", "04", "05")]
    pairs, threads, _ = pipeline.reconcile_all(reports)
    return view(pairs, threads)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_draws_the_run_and_says_what_it_rests_on(months: View, name: str) -> None:
    content = drawn(months, name, "zh", width=100)
    assert content
    if isinstance(content, str) and name != "csv":
        assert "依据科室自报，未经实地核查" in content


def test_the_slippage_table_lists_what_the_json_flags(months: View) -> None:
    whole = json.loads(str(drawn(months, "json", "zh")))
    flagged = {"partial", "delayed", "carried_over", "dropped", "unverifiable", "office_missing", "report_missing"}
    counts = [pair["summary"]["by_status"] for pair in whole["pairs"]]
    assert len(tables.slippage(months, "zh").cells) == sum(n for c in counts for s, n in c.items() if s in flagged)


def test_work_planned_again_keeps_the_month_of_its_first_promise(months: View) -> None:
    drawn_table = tables.slippage(months, "zh")
    rows = zip(drawn_table.column("period"), drawn_table.column("first_period"), strict=True)
    assert any(first != period for period, first in rows)


def test_every_office_with_open_tasks_gets_a_slip(months: View) -> None:
    assert {row.item.verdict.item.office for row in months.slippage} == set(slips.offices(months))

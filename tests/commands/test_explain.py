"""`reconcile explain` of a link, an item and a task taken from the JSON, from files and from a ledger."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reconcile.commands import app
from reconcile.errors import ReconcileError
from tests.commands.fictional import OCTOBER, SEPTEMBER


def reconcile(*arguments: str | Path) -> str:
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False).stdout


@pytest.fixture(scope="module")
def plans() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(reconcile("run", SEPTEMBER, OCTOBER, "-f", "json"))["plans"]
    return found


def explain(id_: str, *arguments: str | Path) -> str:
    return reconcile("explain", id_, SEPTEMBER, OCTOBER, *arguments)


def test_the_parts_of_a_link_add_up_to_its_score(plans: list[dict[str, Any]]) -> None:
    links = [link for plan in plans for link in (*plan["links"][:1], *plan["carried_to"][:1], *plan["rejected"][:1])]
    for link in links[:4]:
        case = json.loads(explain(link["id"], "-f", "json"))
        logit = math.fsum(part["contribution"] for part in case["pair"]["parts"])
        assert math.isclose(logit, case["pair"]["logit"], abs_tol=1e-6)
        assert math.isclose(1 / (1 + math.exp(-logit)), link["score"], abs_tol=1e-3)
        assert case["pair"]["target"]["id"] == link["item"]


def test_a_link_names_both_texts_the_words_that_match_and_the_runner_up(plans: list[dict[str, Any]]) -> None:
    plan = next(plan for plan in plans if plan["links"])
    link = plan["links"][0]
    said = explain(link["id"], "--lang", "zh")
    for expected in (f"计划：[{plan['office']}] {plan['text']}", link["text"], "对上的词语：", "次优候选", "合计"):
        assert expected in said
    assert "-0.00" not in said
    assert "runner-up" in explain(link["id"], "--lang", "en")


def test_a_link_to_the_next_plan_says_so(plans: list[dict[str, Any]]) -> None:
    link = next(link for plan in plans for link in plan["carried_to"])
    assert f"下月计划：[{link['office']}] {link['text']}" in explain(link["id"], "--lang", "zh")


def test_an_item_and_its_task_tell_the_rule_and_what_was_read(plans: list[dict[str, Any]]) -> None:
    plan = next(plan for plan in plans if plan["status"] == "partial" and plan["links"])
    by_item, by_task = (explain(id_, "--lang", "zh") for id_ in (plan["id"], plan["tasks"][0]["id"]))
    assert by_item == by_task
    assert "判定：部分完成" in by_item
    assert "读到的依据" in by_item
    verdict = json.loads(explain(plan["id"], "-f", "json"))["verdict"]
    assert (verdict["status"], verdict["item"]["id"]) == ("partial", plan["id"])


def test_what_is_left_open_says_how_likely_anything_reports_on_it(plans: list[dict[str, Any]]) -> None:
    silent = [plan for plan in plans if not plan["links"] and plan["rule"] == "link_uncertain"]
    assert silent
    for plan in silent:
        found = json.loads(explain(plan["id"], "-f", "json"))
        assert found["reported"] == pytest.approx(1 - plan["confidence"], abs=1e-3)
        assert {"best", "bias"} <= {part["name"] for part in found["reported_parts"]}
    assert "有填报与之对应的概率" in explain(plans[0]["id"], "--lang", "zh")


def test_the_ledger_explains_as_the_files_do(plans: list[dict[str, Any]], tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    reconcile("run", SEPTEMBER, OCTOBER, "-f", "json", "--store", store)
    link = next(link for plan in plans for link in plan["links"])
    stored = reconcile("explain", link["id"], "--store", store, "--lang", "zh")
    assert stored == explain(link["id"], "--lang", "zh")


def test_an_unknown_id_and_a_missing_ledger_are_said(tmp_path: Path) -> None:
    with pytest.raises(ReconcileError) as unknown:
        explain("nothing-of-that-name")
    assert unknown.value.exit_code == 2
    assert "nothing-of-that-name" in unknown.value.message("zh")
    with pytest.raises(ReconcileError) as missing:
        reconcile("explain", "x", "--store", tmp_path / "none.db")
    assert missing.value.exit_code == 2
    assert "none.db" in missing.value.message("en")

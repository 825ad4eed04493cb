"""The text formats: the contract's JSON, one record a line, CSV, Markdown and the terminal table."""

import csv
import io
import json
from typing import Any

import pytest

from reconcile.errors import ReconcileError
from reconcile.messages import Lang
from reconcile.outputs import FORMATS, csv_, render
from reconcile.outputs.wrapping import width
from tests.outputs.sample import PAIR, PAIRS, PERSON, THREADS

LANGS: tuple[Lang, ...] = ("zh", "en")


def text(name: str, lang: Lang = "zh", width: int | None = None) -> str:
    out = render([PAIR], (), name, lang, width=width)
    assert isinstance(out, str)
    return out


def run() -> dict[str, Any]:
    return json.loads(text("json"))  # type: ignore[no-any-return]


def test_json_has_the_contracts_fields() -> None:
    whole = run()
    assert whole["schema"] == "reconcile.run/1"
    assert whole["notice"] == "依据科室自报，未经实地核查"
    assert [report["period"] for report in whole["reports"]] == ["2023-05", "2023-06"]
    plan = whole["plans"][1]
    assert (plan["status"], plan["outcome"], plan["light"], plan["slip_count"]) == ("delayed", "slipped", "红", 2)
    assert plan["reason"] == "因消防图纸审查未通过，暂未开工"
    link = plan["links"][0]
    assert (link["office"], link["number"], link["relation"]) == ("办公室", 2, "negative")
    assert link["text"].startswith("档案室改造因消防图纸审查未通过")
    assert plan["carried_to"][0]["relation"] == "replan"
    assert {"id", "text", "status", "links"} <= set(plan["tasks"][0])
    assert {"file", "page", "paragraph", "start", "end"} <= set(plan["anchor"])


def test_json_of_several_pairs_holds_pairs_and_threads() -> None:
    whole = json.loads(render(PAIRS, THREADS, "json", "zh"))
    assert [pair["period"] for pair in whole["pairs"]] == ["2023-06", "2023-07"]
    assert len(whole["threads"]) == len(THREADS)
    assert whole["threads"][0]["steps"][0]["text"] == THREADS[0].steps[0].item.text


def test_the_counts_add_up() -> None:
    whole = run()
    tasks = [task for plan in whole["plans"] for task in plan["tasks"]]
    assert sum(whole["summary"]["by_status"].values()) == whole["summary"]["tasks"] == len(tasks)
    assert sum(whole["summary"]["by_outcome"].values()) == whole["summary"]["items"] == len(whole["plans"])


def test_jsonl_holds_the_same_records_as_the_json() -> None:
    records = [json.loads(line) for line in text("jsonl").splitlines()]
    plans = [{k: v for k, v in record.items() if k != "record"} for record in records if record["record"] == "plan"]
    assert plans == run()["plans"]
    assert records[-1]["summary"] == run()["summary"]
    assert records[-1]["notice"] == run()["notice"]


def test_csv_has_a_row_a_task_and_runs_nothing() -> None:
    out = text("csv")
    assert out.startswith("\ufeff序号,责任科室,")
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    assert len(rows) == 1 + run()["summary"]["tasks"]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'+开展未成年人进入网吧专项整治。" in cells


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1"])
def test_a_cell_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert csv_.harmless(cell) == "'" + cell


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_format_carries_the_notice_and_no_person(lang: Lang) -> None:
    notice = {"zh": "依据科室自报，未经实地核查", "en": "not checked on site"}[lang]
    for name in ("table", "md"):
        assert notice in text(name, lang)
    for name in ("table", "md", "csv", "json", "jsonl"):
        assert PERSON not in text(name, lang)


@pytest.mark.parametrize("columns", [60, 80, 110, 160])
@pytest.mark.parametrize("lang", LANGS)
def test_the_terminal_table_fits_the_width(columns: int, lang: Lang) -> None:
    assert max(width(line) for line in text("table", lang, columns).splitlines()) <= columns


def test_the_terminal_table_shows_flagged_items_first_in_each_office() -> None:
    lines = [line for line in text("table", width=110).splitlines() if line.strip()]
    first = next(line for line in lines if line.startswith("办公室"))
    assert "红 滞后" in first


def test_markdown_escapes_what_it_would_read_as_markup() -> None:
    assert r"\*\*万元" in text("md")


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(ReconcileError) as error:
        render([PAIR], (), "pptx", "zh")
    assert all(name in error.value.message("zh") for name in FORMATS)

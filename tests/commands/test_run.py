"""`reconcile run`, as a person types it: what goes to which stream, the exit codes, the contract's JSON, the errors."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from reconcile.commands import app
from reconcile.errors import ReconcileError
from reconcile.model.verdicts import OUTCOME_OF
from tests.commands.fictional import ELSEWHERE, NOVEMBER, OCTOBER, PAIRS, SEPTEMBER, report, table

ROOT = Path(__file__).parents[2]
HEAD = {"schema", "version", "config_sha256", "model", "notice"}
PAIR = {"reports", "period", "plans", "unplanned", "summary"}
PLAN = {
    "id", "office", "number", "text", "period", "status", "outcome", "confidence", "standing", "slip_count", "due",
    "reason", "target", "actual", "light", "findings", "links", "carried_to", "tasks", "anchor",
}  # fmt: skip
LINK = {"id", "office", "number", "text", "score", "relation"}
ANCHOR = {"file", "page", "paragraph", "start", "end"}


def run(*arguments: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(app, ["run", "--lang", lang, *map(str, arguments)], catch_exceptions=False)


def spoken(*arguments: str | Path, lang: str) -> ReconcileError:
    """The error a run ends with."""
    with pytest.raises(ReconcileError) as caught:
        run(*arguments, lang=lang)
    return caught.value


def in_a_shell(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A run in a process of its own, with no locale but the one given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        capture_output=True,
        env={**clean, **environment},
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(SEPTEMBER, OCTOBER, "-f", "json").stdout)
    return found


def test_json_has_the_fields_of_the_contract(whole: dict[str, Any]) -> None:
    assert whole.keys() >= HEAD | PAIR
    assert whole["schema"] == "reconcile.run/1"
    assert whole["period"] == "2022-10"
    assert [one["period"] for one in whole["reports"]] == ["2022-09", "2022-10"]
    for plan in whole["plans"]:
        assert plan.keys() >= PLAN
        assert plan["anchor"].keys() >= ANCHOR
        for link in (*plan["links"], *plan["carried_to"]):
            assert link.keys() >= LINK
        for task in plan["tasks"]:
            assert task.keys() >= {"id", "text", "status", "links"}
    assert whole["summary"].keys() >= {"tasks", "items", "by_status", "by_outcome", "by_office"}


def test_every_plan_has_one_verdict_that_hangs_together(whole: dict[str, Any]) -> None:
    report_text = SEPTEMBER.read_text(encoding="utf-8")
    ids = [plan["id"] for plan in whole["plans"]]
    assert len(ids) == len(set(ids)) == whole["summary"]["items"]
    assert sum(whole["summary"]["by_status"].values()) == whole["summary"]["tasks"]
    for plan in whole["plans"]:
        assert OUTCOME_OF[plan["status"]] == plan["outcome"]
        assert 0 <= plan["confidence"] <= 1
        assert plan["light"] in "红黄灰蓝绿"
        assert plan["slip_count"] >= (plan["status"] == "carried_over")
        assert plan["tasks"]
        assert plan["text"][:4] in report_text[plan["anchor"]["start"] : plan["anchor"]["end"]]
        accepted = {link["id"] for link in plan["links"]}
        assert accepted.isdisjoint(link["id"] for link in plan["rejected"])
        for task in plan["tasks"]:
            assert accepted.issuperset(link["id"] for link in task["links"])
        if plan["status"] == "dropped":
            assert not plan["links"]
            assert not plan["carried_to"]


def test_three_months_in_any_order_are_pairs_and_threads() -> None:
    result = run(NOVEMBER, SEPTEMBER, OCTOBER, "-f", "json")
    whole = json.loads(result.stdout)
    assert [pair["period"] for pair in whole["pairs"]] == ["2022-10", "2022-11"]
    assert all(pair.keys() >= PAIR for pair in whole["pairs"])
    assert max(thread["slip_count"] for thread in whole["threads"]) >= 2
    assert "jiaoyu-2022-09.txt (2022-09) → jiaoyu-2022-10.txt (2022-10) → jiaoyu-2022-11.txt" in result.stderr


def test_the_two_reports_swapped_give_the_same_bytes_and_a_note() -> None:
    straight, swapped = run(SEPTEMBER, OCTOBER, "-f", "json"), run(OCTOBER, SEPTEMBER, "-f", "json")
    assert straight.stdout == swapped.stdout
    assert straight.stderr == ""
    assert swapped.stderr.startswith("报告已按月份先后排列")
    assert run(OCTOBER, SEPTEMBER, "-f", "json", "--quiet").stderr == ""


def test_the_bytes_depend_neither_on_the_hash_seed_nor_on_the_locale() -> None:
    outputs = {
        in_a_shell("run", SEPTEMBER, OCTOBER, "-f", "json", PYTHONHASHSEED=str(seed), LC_ALL=locale).stdout
        for seed, locale in enumerate(("C", "C.UTF-8", "zh_CN.UTF-8", "POSIX"))
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["plans"]


def test_without_run_and_without_a_locale_chinese_reports_give_a_chinese_table() -> None:
    result = in_a_shell(SEPTEMBER, OCTOBER, LANG="C", COLUMNS="60")
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.decode().splitlines()[0].endswith("计划落实情况")
    english = in_a_shell(SEPTEMBER, OCTOBER, "--lang", "en", LANG="zh_CN.UTF-8")
    assert "plans of 2022-10" in english.stdout.decode().splitlines()[0]


def test_the_order_of_items_changes_no_verdict(tmp_path: Path) -> None:
    verdicts = []
    for backwards in (False, True):
        folder = tmp_path / str(backwards)
        folder.mkdir()
        files = [table(folder, month, backwards=backwards) for month in ("2023-05", "2023-06")]
        plans = json.loads(run(*files, "-f", "json").stdout)["plans"]
        verdicts.append({(plan["office"], plan["text"]): (plan["status"], plan["confidence"]) for plan in plans})
    assert verdicts[0] == verdicts[1]
    assert ("办公室", "组织全体干部开展消防疏散演练。") in verdicts[0]
    assert len(verdicts[0]) == 4


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    files = [table(tmp_path, month) for month in ("2023-05", "2023-06")]
    out = tmp_path / "out.csv"
    run(*files, "-o", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("name", "start"),
    [("json", b"{"), ("jsonl", b'{"record"'), ("csv", b"\xef\xbb\xbf"), ("md", b"# "), ("html", b"<!DOCTYPE"),
     ("xlsx", b"PK"), ("docx", b"PK")],
)  # fmt: skip
def test_the_name_of_the_output_chooses_the_format(tmp_path: Path, name: str, start: bytes) -> None:
    files = [table(tmp_path, month) for month in ("2023-05", "2023-06")]
    out = tmp_path / f"out.{name}"
    result = run(*files, "-o", out)
    assert result.stdout == ""
    assert out.read_bytes().startswith(start)


def test_the_page_shows_what_each_score_is_made_of(tmp_path: Path) -> None:
    page = run(SEPTEMBER, OCTOBER, "-f", "html").stdout
    assert "起点" in page
    assert "逐词对读是同一件事" in page
    assert 'class="parts"' in page


def test_a_folder_and_an_archive_are_their_reports(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    for file in (SEPTEMBER, OCTOBER):
        (folder / file.name).write_bytes(file.read_bytes())
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        for file in (SEPTEMBER, OCTOBER):
            archive.write(file, file.name)
    expected = [plan["status"] for plan in json.loads(run(SEPTEMBER, OCTOBER, "-f", "json").stdout)["plans"]]
    for source in (folder, tmp_path / "months.zip"):
        plans = json.loads(run(source, "-f", "json").stdout)["plans"]
        assert [plan["status"] for plan in plans] == expected


def test_what_cannot_be_read_in_a_folder_is_left_out_with_a_note(tmp_path: Path) -> None:
    for file in (SEPTEMBER, OCTOBER):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run(tmp_path, "-f", "json")
    assert json.loads(result.stdout)["period"] == "2022-10"
    assert result.stderr.startswith("略过一个文件：empty.txt")


def test_store_records_the_run(tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    plans = json.loads(run(SEPTEMBER, OCTOBER, "-f", "json", "--store", store).stdout)["plans"]
    kept = CliRunner().invoke(app, ["report", "--store", str(store), "-f", "json"], catch_exceptions=False)
    assert [plan["status"] for plan in json.loads(kept.stdout)["plans"]] == [plan["status"] for plan in plans]


def test_fail_on_leaves_with_one_where_it_finds_something() -> None:
    assert run(SEPTEMBER, OCTOBER, "-f", "json").exit_code == 0
    assert run(SEPTEMBER, OCTOBER, "-f", "json", "--fail-on", "dropped").exit_code == 1
    assert run(SEPTEMBER, OCTOBER, "-f", "json", "--fail-on", "report_missing").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "chinese", "english"),
    [
        (("nowhere.txt", OCTOBER), 2, "nowhere.txt：文件不存在", "nowhere.txt: there is no such file"),
        ((SEPTEMBER,), 5, "只有一份报告", "only one report"),
        ((SEPTEMBER, SEPTEMBER), 2, "同一份报告", "one report"),
        ((SEPTEMBER, NOVEMBER), 5, "两份报告不相邻", "not consecutive"),
        ((SEPTEMBER, ELSEWHERE), 2, "两个单位", "two organisations"),
        ((SEPTEMBER, OCTOBER, ELSEWHERE), 2, "两个单位", "two organisations"),
        ((SEPTEMBER, OCTOBER, "--format", "doc"), 2, "--format", "--format"),
        ((SEPTEMBER, OCTOBER, "--fail-on", "bad"), 2, "--fail-on", "--fail-on"),
        ((SEPTEMBER, OCTOBER, "--config", "nowhere.toml"), 2, "nowhere.toml", "nowhere.toml"),
        ((SEPTEMBER, OCTOBER, "-o", "no/such/folder/x.json"), 2, "无法写入", "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_with_its_exit_code(
    arguments: tuple[str | Path, ...], code: int, chinese: str, english: str
) -> None:
    error = spoken(*arguments, lang="zh")
    assert error.exit_code == code
    assert chinese in error.message("zh")
    assert english in error.message("en")
    assert "\n" not in error.message("zh") + error.message("en")


def test_reports_that_hold_nothing_to_compare(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert "文件是空的" in spoken(empty, OCTOBER, lang="zh").message("zh")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert spoken(folder, OCTOBER, lang="zh").exit_code == 2
    only_done = report(tmp_path, "done.txt", "9月工作完成情况")
    only_planned = report(tmp_path, "planned.txt", "10月工作计划")
    error = spoken(only_done, OCTOBER.parent / "zhen-2022-12.txt", lang="zh")
    assert error.exit_code == 2
    both = tmp_path / "both.txt"
    text = report(tmp_path, "draft.txt", "10月工作完成情况", "11月工作计划").read_text(encoding="utf-8")
    both.write_text(text.replace("2022年9月", "2022年10月"), encoding="utf-8")
    error = spoken(only_done, both, lang="zh")
    assert (error.exit_code, "没有工作计划" in error.message("zh")) == (5, True)
    late = tmp_path / "late.txt"
    late.write_text(
        only_planned.read_text(encoding="utf-8").replace("2022年9月", "2022年10月").replace("10月工作计", "11月工作计"),
        encoding="utf-8",
    )
    error = spoken(only_planned, late, lang="en")
    assert error.exit_code == 5
    assert "no completions" in error.message("en")


def test_a_mistake_at_a_terminal_is_one_line_and_no_traceback() -> None:
    for lang, said in (("zh", "文件不存在"), ("en", "there is no such file")):
        result = in_a_shell("run", "nowhere.txt", OCTOBER, "--lang", lang)
        assert result.returncode == 2
        assert result.stdout == b""
        assert len(result.stderr.decode().splitlines()) == 1
        assert said in result.stderr.decode()


def test_a_report_is_never_written_over(tmp_path: Path) -> None:
    only = tmp_path / "october.txt"
    only.write_bytes(OCTOBER.read_bytes())
    assert spoken(only, NOVEMBER, "-o", only, lang="en").exit_code == 2
    with pytest.raises(ReconcileError, match="not written over"):
        CliRunner().invoke(app, ["parse", str(only), "-o", str(only)], catch_exceptions=False)
    assert only.read_bytes() == OCTOBER.read_bytes()


def test_the_fixtures_all_run() -> None:
    months: dict[str, list[Path]] = {}
    for file in sorted([*PAIRS.glob("*.txt"), *PAIRS.glob("*.md")]):
        months.setdefault(file.name.split("-")[0], []).append(file)
    assert len(months) >= 3
    for files in months.values():
        plans = json.loads(run(*files[:2], "-f", "json").stdout)["plans"]
        assert any(plan["status"] == "completed" for plan in plans)


def test_a_report_in_a_folder_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    for source in (SEPTEMBER, OCTOBER):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    with pytest.raises(ReconcileError, match="not written over"):
        run(tmp_path, "-o", tmp_path / SEPTEMBER.name)
    assert (tmp_path / SEPTEMBER.name).read_bytes() == SEPTEMBER.read_bytes()
    for _ in range(2):  # what a run wrote itself, it may write again
        assert run(tmp_path, "-o", tmp_path / "out.txt").exit_code == 0


def test_an_ending_that_names_no_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    error = spoken(SEPTEMBER, OCTOBER, "-o", tmp_path / "a.xyz", lang="en")
    assert "a.xyz" in error.message("en")
    assert ".xlsx" in error.message("zh")
    assert not list(tmp_path.iterdir())


def test_errors_speak_the_language_of_the_configuration_or_of_the_reports(tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text('lang = "zh"\n', encoding="utf-8")
    english = {"LC_ALL": "C.UTF-8"}
    configured = in_a_shell("run", "none.txt", "none2.txt", "--config", tmp_path / "reconcile.toml", **english)
    assert "文件不存在" in configured.stderr.decode()
    of_reports = in_a_shell("run", SEPTEMBER, ELSEWHERE, **english)
    assert "两个单位" in of_reports.stderr.decode()
    assert "there is no" in in_a_shell("bogus", **english).stderr.decode()


def test_a_word_that_is_neither_a_command_nor_a_file_is_told_so() -> None:
    done = in_a_shell("bogus", LANG="zh_CN.UTF-8")
    assert done.returncode == 2
    assert "没有名为“bogus”的命令" in done.stderr.decode()
    assert in_a_shell("--version").stdout.decode().startswith("reconcile 0.")

"""The commands over the ledger, as a person calls them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from reconcile.commands import app
from reconcile.errors import ReconcileError
from tests.ledger.test_months import MONTHS, STATION

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A command in an empty folder, in Chinese; what it fails with comes out as itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def run(*arguments: object, **options: object) -> Result:
        result = CliRunner().invoke(app, [str(each) for each in arguments], **options)  # type: ignore[arg-type]
        if isinstance(result.exception, ReconcileError):
            raise result.exception
        return result

    return run


@pytest.fixture
def filled(call: Call) -> Call:
    assert call("import", *MONTHS).exit_code == 0
    return call


def task_id(call: Call) -> str:
    return str(json.loads(call("trace", STATION, "--format", "json").stdout)[0]["id"])


def test_import_says_what_was_stored_and_a_second_time_that_it_was_there(call: Call) -> None:
    first, again = (call("import", *MONTHS) for _ in range(2))
    assert first.stdout.count("已存入") == 3
    assert "新对账 2 个月份" in first.stderr
    assert again.stdout.count("内容已在台账中") == 3


def test_import_takes_a_folder_and_standard_input(call: Call) -> None:
    assert call("import", MONTHS[0].parent).stdout.count("已存入") == len(list(MONTHS[0].parent.iterdir()))
    assert "内容已在台账中" in call("import", "-", input=MONTHS[0].read_bytes()).stdout


def test_import_leaves_what_runs_wrote_into_the_folder(call: Call, tmp_path: Path) -> None:
    months = tmp_path / "months"
    shutil.copytree(MONTHS[0].parent, months)
    assert call("run", months, "-o", months / "p.xlsx").exit_code == 0
    assert call("import", months, "--store", months / "reconcile.db").exit_code == 0
    again = call("import", months, "--store", months / "reconcile.db")
    assert (again.exit_code, again.stdout.count("内容已在台账中")) == (0, len(list(MONTHS[0].parent.iterdir())))


@pytest.mark.parametrize("command", [("import", *MONTHS), ("judge", "list"), ("doctor",)])
def test_a_format_that_is_none_is_a_usage_error(filled: Call, command: tuple[str | Path, ...]) -> None:
    with pytest.raises(ReconcileError, match="“jsn”; it takes table, json"):
        filled(*command, "--format", "jsn")


def test_a_trace_has_the_format_its_file_ends_in(filled: Call, tmp_path: Path) -> None:
    assert filled("trace", STATION, "-o", tmp_path / "station.svg").exit_code == 0
    assert (tmp_path / "station.svg").read_text(encoding="utf-8").startswith("<svg")


def test_import_goes_on_past_what_cannot_be_read_and_says_so(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = call("import", tmp_path / "empty.txt", MONTHS[0])
    assert result.exit_code == 2
    assert "empty.txt" in result.stderr
    assert "已存入" in result.stdout


def test_trace_tells_the_story_with_quotes_and_sources(filled: Call) -> None:
    story = filled("trace", STATION).stdout
    assert "顺延 2 次" in story
    assert "“抢抓晴好天气，完成城北泵站主体结构封顶。”" in story
    assert "出处：yunxi-2024-04.txt" in story
    assert story.rstrip().endswith("依据科室自报，未经实地核查")


def test_the_ledger_speaks_the_language_of_the_configuration(filled: Call, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text('lang = "en"\n')
    assert "first promised" in filled("trace", STATION).stdout
    assert "顺延" in filled("trace", STATION, "--lang", "zh").stdout


def test_a_subdistrict_goes_by_its_name_with_or_without_its_office(call: Call, tmp_path: Path) -> None:
    words = "望江{}2023年{}月份工作总结\n\n一、{}月份完成情况\n1.完成年鉴。\n二、{}月份工作计划\n1.完成食堂改造。\n"
    for name, month in (("街道办事处", 7), ("街道", 8)):
        (tmp_path / f"{month}.txt").write_text(words.format(name, month, month, month + 1), encoding="utf-8")
    assert "新对账 1 个月份" in call("import", tmp_path / "7.txt", tmp_path / "8.txt").stderr


@pytest.mark.parametrize(
    ("form", "begins"), [("svg", "<svg"), ("dot", "digraph"), ("mermaid", "flowchart"), ("graphml", "<?xml")]
)
def test_trace_draws_the_thread(filled: Call, form: str, begins: str) -> None:
    drawn = filled("trace", STATION, "--format", form).stdout
    assert drawn.startswith(begins)
    assert "封顶" in drawn


def test_trace_lists_all_threads_and_names_what_it_does_not_find(filled: Call) -> None:
    assert filled("trace").stdout.splitlines()[2].split()[3] == "2"
    with pytest.raises(ReconcileError, match="holds nothing about"):
        filled("trace", "造船")


def test_judge_records_lists_undoes_and_verifies(filled: Call, tmp_path: Path) -> None:
    plan = task_id(filled)
    assert "第 1 条" in filled("judge", "add", "override", plan, "--status", "delayed", "--reason", "未封顶").stdout
    assert "未封顶" in filled("judge", "list").stdout
    assert "滞后" in filled("trace", STATION).stdout
    filled("judge", "undo", 1)
    assert json.loads(filled("judge", "list", "--format", "json").stdout) == []
    filled("judge", "export", "--output", tmp_path / "a.jsonl")
    assert "2 条意见，哈希链完整" in filled("judge", "verify", tmp_path / "a.jsonl").stderr
    assert "并入 0 条" in filled("judge", "import", tmp_path / "a.jsonl").stderr
    with pytest.raises(ReconcileError, match="overrule"):
        filled("judge", "add", "overrule", plan)


def test_a_broken_chain_is_told_as_what_it_was_read_for(filled: Call, tmp_path: Path) -> None:
    filled("judge", "add", "note", task_id(filled), "--reason", "未封顶", "--actor", "李")
    filled("judge", "export", "--output", tmp_path / "a.jsonl")
    chain = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(chain.replace("未封顶", "已封顶"), encoding="utf-8")
    with pytest.raises(ReconcileError) as verified:
        filled("judge", "verify", tmp_path / "a.jsonl")
    with pytest.raises(ReconcileError) as imported:
        filled("judge", "import", tmp_path / "a.jsonl")
    assert "未导入" not in verified.value.message("zh")
    assert "未导入任何内容" in imported.value.message("zh")


def test_review_goes_out_to_a_sheet_and_comes_back(filled: Call, tmp_path: Path) -> None:
    sheet = tmp_path / "doubtful.xlsx"
    filled("review", "export", sheet, "--all")
    book = openpyxl.load_workbook(sheet)
    keys = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(3, keys.index("verdict") + 1).value = "掉项"
    book.save(sheet)
    assert "记录 1 条意见" in filled("review", "import", sheet, "--actor", "审计员").stderr


def test_a_sample_is_drawn_and_read_back(filled: Call, tmp_path: Path) -> None:
    sheet = tmp_path / "sample.xlsx"
    filled("sample", "--n", 10, "--seed", 7, "--output", sheet)
    book = openpyxl.load_workbook(sheet)
    keys = [cell.value for cell in book.worksheets[0][1]]
    for row in range(3, 13):
        book.worksheets[0].cell(row, keys.index("right") + 1).value = "对"
    book.save(sheet)
    assert "100.0%" in filled("sample", "--read", sheet).stdout
    with pytest.raises(ReconcileError, match="already there"):  # not named, it would be lost
        filled("sample", "--n", 10)


def test_the_ledger_is_backed_up_verified_and_rerun(filled: Call, tmp_path: Path) -> None:
    filled("db", "backup", tmp_path / "copy.db")
    assert "哈希全部相符" in filled("db", "verify", "--store", tmp_path / "copy.db").stderr
    assert "新对账 2 个月份" in filled("db", "rerun").stderr
    assert "结构为" in filled("db", "upgrade").stderr


@pytest.mark.parametrize("period", ["soon", "2023-13", "2023-Q5"])
@pytest.mark.parametrize("command", [("report",), ("sample",), ("review", "export", "r.xlsx")])
def test_a_period_that_is_none_is_a_usage_error(filled: Call, command: tuple[str, ...], period: str) -> None:
    with pytest.raises(ReconcileError, match=f"--period {period}: not a period") as bad:
        filled(*command, "--period", period)
    assert bad.value.exit_code == 2
    assert not Path("r.xlsx").exists()


def test_a_period_may_be_written_short(filled: Call) -> None:
    assert filled("report", "--period", "2024-5", "--format", "json").exit_code == 0


def test_a_backup_that_cannot_be_written_is_named(filled: Call) -> None:
    with pytest.raises(ReconcileError, match=r"copy\.db cannot be written"):
        filled("db", "backup", Path("nowhere") / "copy.db")


def test_an_office_has_another_name_from_one_day_to_another(filled: Call) -> None:
    alias = ("db", "alias", "云溪县水利局", "办公室", "综合科")
    assert "又名" in filled(*alias, "--from", "2024-01-01", "--to", "20241231").stderr
    for option, value in (("--from", "2021/13/45"), ("--to", "2021-02-30")):
        with pytest.raises(ReconcileError, match=f"{option} {value}: not a date"):
            filled(*alias, option, value)


def test_an_archive_is_imported_report_by_report_and_what_is_no_report_is_refused(call: Call, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        for month in MONTHS:
            archive.write(month, month.name)
        archive.writestr("notice.txt", "关于开会的通知\n请各科室参加。\n")
    result = call("import", tmp_path / "months.zip", "--organisation", "云溪县水利局")
    assert result.exit_code == 2
    assert [line.split("：")[0] for line in result.stdout.splitlines()] == [
        f"months.zip/{each.name}" for each in MONTHS
    ]
    assert "notice.txt：没有读出任何事项，也没有期间" in result.stderr

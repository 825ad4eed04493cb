"""`reconcile report` over a ledger: every kind of output, to a file, a folder or standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reconcile.commands import app
from reconcile.errors import ReconcileError
from reconcile.ledger.store import Ledger
from tests.outputs.sample import ORGANISATION, PAIRS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        for pair in PAIRS:
            ledger.record(pair)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", "--lang", "zh", *map(str, arguments)], catch_exceptions=False)


def test_the_ledgers_months_come_as_one_report(store: Path) -> None:
    result = run("--store", store, "--format", "json")
    whole = json.loads(result.stdout)
    assert [pair["period"] for pair in whole["pairs"]] == ["2023-06", "2023-07"]
    assert whole["threads"]


def test_one_period_comes_alone(store: Path) -> None:
    result = run("--store", store, "--format", "json", "--period", "2023-06", "-o", "-")
    assert json.loads(result.stdout)["period"] == "2023-06"


@pytest.mark.parametrize("name", ["xlsx", "docx", "html", "csv", "md", "json", "jsonl"])
def test_the_ending_of_the_file_names_the_format(store: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"report.{name}"
    run("--store", store, "-o", path)
    start = {"xlsx": b"PK", "docx": b"PK", "html": b"<!DOCTYPE html>", "csv": b"\xef\xbb\xbf", "md": b"# "}
    assert path.read_bytes().startswith(start.get(name, b"{"))


def test_a_folder_gets_names_with_organisation_and_period(store: Path, tmp_path: Path) -> None:
    run("--store", store, "-o", tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"{ORGANISATION}-2023-06_2023-07-计划落实情况.xlsx"]


def test_a_folder_gets_a_csv_file_a_table(store: Path, tmp_path: Path) -> None:
    run("--store", store, "-f", "csv", "-o", tmp_path)
    names = {path.stem.rsplit("-", 1)[1] for path in tmp_path.iterdir()}
    assert names == {"问题清单", "科室统计", "全部事项", "计划外", "提示", "来龙去脉", "依据"}


def test_slips_come_in_one_document_or_one_an_office_or_one_a_task(store: Path, tmp_path: Path) -> None:
    run("--store", store, "--slips", "-o", tmp_path / "slips.docx", "--period", "2023-06")
    run("--store", store, "--slips", "-o", tmp_path / "offices", "--period", "2023-06")
    run("--store", store, "--slips", "--per", "task", "-o", tmp_path / "tasks", "--period", "2023-06")
    assert (tmp_path / "slips.docx").exists()
    assert len(list((tmp_path / "offices").iterdir())) == 5
    assert len(list((tmp_path / "tasks").iterdir())) == 16


def test_pictures_come_together_or_each_for_itself(store: Path, tmp_path: Path) -> None:
    assert run("--store", store, "--chart").stdout.startswith("<svg")
    run("--store", store, "--chart", "-o", tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".svg"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_is_there_is_kept_unless_it_is_named_or_forced(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    run("--store", store, "--slips", "-o", folder)
    slip = next(folder.iterdir())
    slip.write_text("mine")
    with pytest.raises(ReconcileError, match="already there"):
        run("--store", store, "--slips", "-o", folder)
    assert slip.read_text() == "mine"
    run("--store", store, "--slips", "-o", folder, "--force")
    assert slip.read_bytes().startswith(b"PK")
    named = tmp_path / "report.md"
    named.write_text("mine")
    run("--store", store, "-o", named)
    assert named.read_text(encoding="utf-8").startswith("# ")


def test_progress_is_silent_where_there_is_no_terminal(store: Path) -> None:
    assert run("--store", store).stderr == ""


def test_a_period_the_ledger_does_not_hold_is_nothing_to_check(store: Path) -> None:
    with pytest.raises(ReconcileError, match="holds no run") as error:
        run("--store", store, "--period", "1999-01")
    assert error.value.exit_code == 5


def test_a_format_a_kind_does_not_have_is_a_usage_error(store: Path) -> None:
    with pytest.raises(ReconcileError, match="svg · png"):
        run("--store", store, "--chart", "--format", "xlsx")


def test_slips_come_by_office_or_by_task_and_by_nothing_else(store: Path) -> None:
    with pytest.raises(ReconcileError, match="--per takes office"):
        run("--store", store, "--slips", "--per", "person", "-o", "-")

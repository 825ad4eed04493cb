"""The working paper of a run: repeated by another auditor, and compared to the byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reconcile.errors import InputError
from reconcile.ledger import manifest
from tests.ledger.test_commands import Call, call
from tests.ledger.test_months import MONTHS

__all__ = ["call"]


@pytest.fixture
def paper(call: Call, tmp_path: Path) -> Path:
    """A run of three months kept with its inputs, its output and its manifest."""
    inputs = [Path(shutil.copy(month, tmp_path)) for month in MONTHS]
    done = call("run", *inputs, "--output", tmp_path / "result.xlsx", "--manifest", tmp_path / "run.json")
    assert done.exit_code == 0
    return tmp_path / "run.json"


def test_a_run_repeats_to_the_byte_even_elsewhere(call: Call, paper: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("run.json", "result.xlsx", *(month.name for month in MONTHS)):
        shutil.copy(tmp_path / name, elsewhere)
    for copy in (paper, elsewhere / "run.json"):
        result = call("verify", copy)
        assert result.exit_code == 0, result.output
        assert "逐字节一致" in result.stdout


def test_the_same_run_writes_the_same_paper(call: Call, paper: Path, tmp_path: Path) -> None:
    before = paper.read_bytes()
    call("run", *(tmp_path / month.name for month in MONTHS), "-o", tmp_path / "result.xlsx", "--manifest", paper)
    assert paper.read_bytes() == before


def test_a_changed_input_is_named(call: Call, paper: Path, tmp_path: Path) -> None:
    (tmp_path / MONTHS[1].name).write_text("…", encoding="utf-8")
    result = call("verify", paper)
    assert result.exit_code == 2
    assert f"{MONTHS[1].name}：输入文件缺失或已被改动" in result.stdout


def test_a_changed_output_is_named(call: Call, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "result.xlsx").write_bytes(b"")
    result = call("verify", paper)
    assert result.exit_code == 2
    assert "result.xlsx：与重新生成的内容不同" in result.stdout


def test_a_result_that_differs_is_told(call: Call, paper: Path) -> None:
    told = manifest.load(paper).result_sha256
    paper.write_text(paper.read_text(encoding="utf-8").replace(told, "0" * 64), encoding="utf-8")
    result = call("verify", paper)
    assert result.exit_code == 2
    assert f"现在 {told}" in result.stdout


def test_what_is_no_manifest_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(InputError, match="not the manifest of a run"):
        call("verify", tmp_path / "a.json")


@pytest.mark.parametrize("name", ["result.html", "result.txt"])
def test_a_folder_is_repeated_file_by_file_whatever_is_written_into_it(
    call: Call, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper lies beside the output unless it is told where; a terminal's width is of no matter."""
    for month in MONTHS:
        shutil.copy(month, tmp_path)
    monkeypatch.setenv("COLUMNS", "77")
    assert call("run", tmp_path, "-o", tmp_path / name).exit_code == 0
    monkeypatch.setenv("COLUMNS", "200")
    result = call("verify", tmp_path / f"{name}.run.json")
    assert result.exit_code == 0, result.output


def test_a_run_into_a_ledger_leaves_its_paper_beside_it(call: Call, tmp_path: Path) -> None:
    call("run", *MONTHS, "--store", tmp_path / "l.db")
    assert manifest.load(tmp_path / "l.db.run.json").counts["pairs"] == 2


def test_a_run_that_only_shows_leaves_no_paper(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    call("run", *MONTHS)
    assert list(tmp_path.iterdir()) == []

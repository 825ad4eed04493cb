"""`reconcile batch`: what a person sees and gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.generate import as_text, organisation

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two bureaus of two months."""
    for number in range(2):
        folder = tmp_path / "reports" / str(number)
        folder.mkdir(parents=True)
        for month in organisation(number, 2, 8):
            (folder / f"{month.period}.txt").write_text(as_text(month), encoding="utf-8")
    return tmp_path / "reports"


def batch(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in English with one process."""
    command = [sys.executable, "cli.py", "batch", *map(str, arguments), "--lang", "en", "--jobs", "1"]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False, encoding="utf-8")


def test_a_folder_becomes_rows(reports: Path, tmp_path: Path) -> None:
    done = batch(reports, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_bytes().splitlines()]
    assert f"2 pairs, {len(rows)} rows" in done.stderr
    assert "0 errors, 2 reports missing" in done.stderr


def test_parquet_holds_the_rows_of_the_json_lines(reports: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: the extra batch")
    assert batch(reports, "-o", tmp_path / "out", "--format", "parquet").returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_bytes().splitlines()]
    assert parquet.read_table(tmp_path / "out" / "results.parquet").to_pylist() == rows


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nowhere", "-o", "out"], "no folder or items table nowhere"),
        (["fixtures", "-o", "out", "--engine", "hadoop"], "--engine does not know “hadoop”; it takes local, spark"),
        (["fixtures", "-o", "out", "--format", "xlsx"], "--format does not know “xlsx”; it takes jsonl, parquet"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: list[str], line: str) -> None:
    done = batch(*arguments)
    assert done.returncode == 2
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_without_files_is_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert batch(tmp_path / "empty", "-o", tmp_path / "out").returncode == 5


def test_results_that_cannot_be_written_are_named(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    done = batch(reports, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert f"{tmp_path / 'out'} cannot be written" in done.stderr

"""A batch on one machine: nothing lost, nothing twice, and the same bytes however it was run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bench.generate import as_text, organisation
from reconcile.config import Config
from reconcile.engines import judge, local
from reconcile.engines.local import Totals
from reconcile.engines.rows import Row
from reconcile.engines.units import Unit
from reconcile.errors import ReconcileError
from reconcile.pipeline import read_report, reconcile
from reconcile.workers import FEW

BUREAUS, MONTHS = 5, 3
assert BUREAUS * MONTHS > FEW, "otherwise nothing here is spread over processes"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some bureaus of three months, a folder each: more reports than one process would do alone."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(BUREAUS):
        (folder / f"{number}").mkdir()
        for month in organisation(number, MONTHS, 8):
            (folder / f"{number}" / f"{month.period}.txt").write_text(as_text(month), encoding="utf-8")
    return folder


def run(source: Path, out: Path, jobs: int = 1, config: Config | None = None) -> Totals:
    """A batch without progress."""
    return local.run(source, out, jobs, config or Config(), lambda _: None)


def rows(out: Path) -> list[Row]:
    """What a batch wrote."""
    return [msgspec.json.decode(line, type=Row) for line in (out / "results.jsonl").read_bytes().splitlines()]


def test_every_pair_of_every_bureau_is_judged(reports: Path, tmp_path: Path) -> None:
    totals = run(reports, tmp_path)
    found = rows(tmp_path)
    assert (totals.pairs, totals.errors, totals.missing) == (BUREAUS * (MONTHS - 1), 0, BUREAUS)
    assert len({(row.organisation, row.period) for row in found if row.record == "plan"}) == totals.pairs
    assert {row.period for row in found if row.record == "missing"} == {"2024-04"}


def test_rows_say_what_the_pair_says(reports: Path, tmp_path: Path) -> None:
    run(reports, tmp_path)
    first, second = (read_report(reports / "2" / f"2024-0{month}.txt") for month in (1, 2))
    verdicts = reconcile(first, second).plans
    found = [row for row in rows(tmp_path) if row.record == "plan" and row.period == "2024-02"]
    own = [row for row in found if row.organisation == first.organisation]
    assert [(row.id, row.status, len(row.links)) for row in own] == [
        (verdict.item.id, verdict.status, len(verdict.links)) for verdict in verdicts
    ]


def test_two_processes_write_the_same_bytes_as_one(reports: Path, tmp_path: Path) -> None:
    run(reports, tmp_path / "one")
    run(reports, tmp_path / "two", jobs=2)
    assert (tmp_path / "one" / "results.jsonl").read_bytes() == (tmp_path / "two" / "results.jsonl").read_bytes()


def test_files_in_one_folder_are_told_apart_by_organisation(reports: Path, tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    for path in reports.rglob("*.txt"):
        (flat / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    run(reports, tmp_path / "folders")
    run(flat, tmp_path / "loose", jobs=2)

    def verdicts(out: Path) -> set[tuple[str, str, str]]:
        return {(row.id, row.record, row.status) for row in rows(out)}

    assert verdicts(tmp_path / "loose") == verdicts(tmp_path / "folders")


def test_a_bad_file_is_a_row(reports: Path, tmp_path: Path) -> None:
    bad = tmp_path / "reports" / "bad"
    bad.mkdir(parents=True)
    (bad / "2024-01.docx").write_bytes(b"PK\x03\x04 not a document")
    for path in (reports / "0").iterdir():
        (bad / path.name).write_bytes(path.read_bytes())
    totals = run(tmp_path / "reports", tmp_path / "out")
    assert (totals.pairs, totals.errors) == (MONTHS - 1, 1)
    [error] = [row for row in rows(tmp_path / "out") if row.record == "error"]
    assert error.source == "2024-01.docx"
    assert error.error


def test_a_name_that_drifts_is_one_organisation(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "street"
    folder.mkdir(parents=True)
    for month in organisation(0, 2, 8):
        text = as_text(month)
        text = text.replace(
            month.organisation, "望江街道办事处" if month.period == "2024-01" else "南湖区望江街道办事处"
        )
        (folder / f"{month.period}.txt").write_text(text, encoding="utf-8")
    totals = run(tmp_path / "reports", tmp_path / "out")
    assert (totals.pairs, totals.errors, totals.missing) == (1, 0, 1)


def test_a_second_report_of_a_period_is_named_and_left_out(reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "twice"
    folder.mkdir(parents=True)
    for path in (reports / "0").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "2024-02-copy.txt").write_bytes((reports / "0" / "2024-02.txt").read_bytes() + b"\n")
    totals = run(tmp_path / "reports", tmp_path / "out")
    assert (totals.pairs, totals.errors) == (MONTHS - 1, 1)


@pytest.mark.parametrize("lines", [0, 1, 2, 3])
def test_what_was_cut_off_is_taken_up_and_ends_in_the_same_bytes(reports: Path, tmp_path: Path, lines: int) -> None:
    run(reports, tmp_path / "whole")
    whole = (tmp_path / "whole" / "results.jsonl").read_bytes()
    journal = (tmp_path / "whole" / "progress.jsonl").read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut"
    cut.mkdir()
    (cut / "results.jsonl").write_bytes(whole[: len(whole) * (lines + 1) // 4])
    (cut / "progress.jsonl").write_bytes(b"".join(journal[: lines + 1]) + b'{"unit": "half a li')
    run(reports, cut)
    assert (cut / "results.jsonl").read_bytes() == whole


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_batch_goes_on(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = (
        "import os, signal, sys; from pathlib import Path; from reconcile.config import Config;"
        "from reconcile.engines import local;"
        "local.run(Path(sys.argv[1]), Path(sys.argv[2]), 1, Config(), lambda _: os.kill(os.getpid(), signal.SIGKILL))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(reports), str(out)], check=False)
    assert killed.returncode == -signal.SIGKILL
    totals = run(reports, out)
    run(reports, tmp_path / "whole")
    assert totals.resumed != (0, 0)
    assert (out / "results.jsonl").read_bytes() == (tmp_path / "whole" / "results.jsonl").read_bytes()


def test_another_configuration_does_not_go_on_in_the_same_folder(reports: Path, tmp_path: Path) -> None:
    run(reports, tmp_path)
    with pytest.raises(ReconcileError, match="another run"):
        run(reports, tmp_path, config=Config(boilerplate=("工作",)))


def dies_on_the_first(unit: Unit, config: Config) -> judge.Found:
    """Judge a unit, unless it is the first: then end the process as the system does when memory runs out."""
    if unit.key == "0":
        os._exit(9)
    return judge_unit(unit, config)


judge_unit = judge.unit


def test_a_worker_that_dies_costs_only_its_own_unit(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "unit", dies_on_the_first)
    totals = run(reports, tmp_path, jobs=2)
    assert (totals.pairs, totals.errors) == ((BUREAUS - 1) * (MONTHS - 1), 1)
    assert "unexpectedly" in next(row.error or "" for row in rows(tmp_path) if row.record == "error")

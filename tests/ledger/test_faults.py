"""What can go wrong with a store: said in plain words, with nothing half-written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from reconcile.errors import StoreError
from reconcile.ledger.store import Ledger
from tests.carryover.test_threads import FEB, JAN, MONTHS
from tests.records import report

CHECKOUT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")
ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")


@POSIX
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_any_point_nothing_acknowledged_is_lost(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = [request.getfixturevalue("postgresql")] if kind == "postgresql" else []
    command = [sys.executable, "-m", "tests.ledger.killing", str(tmp_path), *url]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    print(f"killed on {kind}: {counts}")
    assert min(counts.values()) >= 20


def test_two_imports_at_once_follow_one_another(store: str) -> None:
    """Both even make the ledger; each report is there once, in one chain of versions."""
    months = [report(f"2021-{month:02d}", planned=["甲", "乙"]) for month in range(1, 9)]

    def bring_in(_: int) -> int:
        with Ledger.open(store, create=True) as ledger:
            return sum(ledger.add(each).state == "new" for each in months)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(bring_in, range(2))) == len(months)
    with Ledger.open(store) as ledger:
        assert len(ledger.reports()) == len(months)
        assert ledger.verify().faults == ()


def test_a_locked_store_is_waited_for_then_named(ledger: Ledger, store: str) -> None:
    with Ledger.open(store, wait=0.1) as other, ledger.database.write():
        with pytest.raises(StoreError, match="another program is writing"):
            other.add(JAN)
        assert other.reports() == []  # reading goes on


def test_a_failure_in_the_middle_leaves_nothing_behind(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the plug was pulled")

    monkeypatch.setattr("reconcile.ledger.runs.add", fail)
    with pytest.raises(StoreError, match="the plug was pulled"):
        ledger.record(MONTHS[0])
    assert ledger.reports() == []


def _at_schema(store: str, schema: str) -> None:
    with Ledger.open(store, create=True) as ledger, ledger.database.write() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{schema}'"))


def test_a_newer_schema_is_left_alone(store: str) -> None:
    _at_schema(store, "9999")
    with pytest.raises(StoreError, match="written by a newer version"):
        Ledger.open(store)


def test_an_older_schema_asks_for_an_upgrade(store: str) -> None:
    _at_schema(store, "0000")
    with pytest.raises(StoreError, match="reconcile db upgrade"):
        Ledger.open(store, create=True)


@pytest.mark.parametrize(
    ("store", "why"),
    [
        ("mysql://host/ledger", "not a ledger's address"),
        ("oops://", "not a ledger's address"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be opened"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(store: str, why: str) -> None:
    with pytest.raises(StoreError, match=why):
        Ledger.open(store, create=True)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Ledger.open("postgresql://nobody:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("单位,期间\n" * 200)
    with pytest.raises(StoreError, match="not a ledger, or damaged"):
        Ledger.open(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("reports", "record = replace(record, '水务局', '水利局')"),
        ("reports", "period = '2020-12' WHERE id = 1"),
        ("items", "record = replace(record, '泵房', '水闸')"),
        ("items", "text = replace(text, '泵房', '水闸')"),
        ("tasks", "text = replace(text, '泵房', '水闸')"),
        ("runs", "version = '9'"),
        ("verdicts", "status = 'completed' WHERE status <> 'completed'"),
        ("verdicts", "record = replace(record, 'carried_over', 'completed')"),
        ("links", "score = score - 0.01"),
    ],
)
def test_no_column_can_be_changed_unseen(tmp_path: Path, table: str, change: str) -> None:
    """Somebody who goes past the triggers is found out by the hashes."""
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.record(MONTHS[0])
        assert ledger.verify().faults == ()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute(f"DROP TRIGGER {table}_no_update")
        assert connection.execute(f"UPDATE {table} SET {change}").rowcount
    connection.close()
    with Ledger.open(tmp_path / "a.db") as ledger:
        owner = "run_changed" if table in ("runs", "verdicts", "links") else "report_changed"
        assert owner in {fault.code for fault in ledger.verify().faults}


def test_a_backup_taken_while_the_ledger_is_in_use_is_a_whole_ledger(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.record(MONTHS[0])
        ledger.backup(copy)
        with pytest.raises(StoreError, match="does not overwrite"):
            ledger.backup(copy)
        with Ledger.open(copy) as other:
            assert other.reconciliations() == ledger.reconciliations()
            assert other.verify().faults == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


@ROOT
def test_a_full_disk_is_said_and_nothing_is_half_written(small_disk: Path) -> None:
    with Ledger.open(small_disk / "a.db", create=True) as ledger:
        ledger.add(JAN)
        with pytest.raises(StoreError, match="disk is full"):
            ledger.add(report("2021-02", planned=[f"事项{number}" * 50 for number in range(2000)]))
        assert [each.period for each in ledger.reports()] == ["2021-01"]
    with Ledger.open(small_disk / "a.db") as ledger:
        assert ledger.verify().faults == ()
        assert ledger.add(FEB).state == "new"


@ROOT
def test_a_read_only_store_is_said(small_disk: Path) -> None:
    with Ledger.open(small_disk / "a.db", create=True) as ledger:
        ledger.add(JAN)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with Ledger.open(small_disk / "a.db") as ledger:
        assert len(ledger.reports()) == 1
        with pytest.raises(StoreError, match="read-only"):
            ledger.add(FEB)

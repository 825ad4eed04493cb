"""Output files: names for people, whole or not at all, never overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.errors import ReconcileError
from reconcile.outputs import files
from reconcile.outputs.rows import view
from tests.outputs.sample import PAIR, PAIRS, THREADS


def test_names_carry_the_organisation_and_the_period() -> None:
    assert files.stem(view([PAIR]), "zh") == "云溪县文化和旅游局-2023-06-计划落实情况"
    assert files.stem(view(PAIRS, THREADS), "en", "slips") == "云溪县文化和旅游局-2023-06_2023-07-slips"


@given(st.text())
def test_any_name_is_made_one_that_every_file_system_takes(name: str) -> None:
    safe = files.safe(name)
    assert not set(safe) & set('<>:"/\\|?*\n\t ')
    assert not safe.startswith(".")


def test_a_file_is_written_whole_and_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "新建" / "汇总.csv"
    files.write(path, "一\r\n")
    assert path.read_bytes() == "一\r\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write(path, "old")
    with pytest.raises(ReconcileError, match=r"a\.txt is already there") as error:
        files.write(path, "new")
    assert "--force" in error.value.message("zh")
    assert path.read_text() == "old"
    files.write(path, "new", force=True)
    assert path.read_text() == "new"


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    files.write(path, "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReconcileError, match="No space left"):
        files.write(path, "new", force=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_is_as_private_as_the_user_has_it(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        files.write(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReconcileError, match="cannot be written"):
        files.write(tmp_path / "file" / "a.txt", "x")

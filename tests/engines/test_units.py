"""What a batch is made of: every file and every row in exactly one unit."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench.generate import as_rows, organisation
from reconcile.engines import units
from reconcile.errors import InputError


def items(*numbers: int) -> list[dict[str, object]]:
    """The rows of some organisations, two months each."""
    return [row for number in numbers for month in organisation(number, 2, 5) for row in as_rows(month)]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """An items table as JSON lines."""
    path.write_bytes(msgspec.json.Encoder().encode_lines(rows))
    return path


def test_the_reports_of_a_batch_are_told_apart_by_folder(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/b/3.txt", "c/4.txt", ".hidden/5.txt", "c/.6.txt", "c/~$4.docx", "7.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = units.folders(tmp_path)
    assert [(name, len(paths)) for name, paths in found.items()] == [(".", 1), ("a", 1), ("a/b", 2), ("c", 1)]
    assert units.total(tmp_path) == 5


def test_every_organisation_of_a_table_is_a_unit(tmp_path: Path) -> None:
    rows = items(1, 2, 3)
    found = list(units.organisations(write(tmp_path / "items.jsonl", rows)))
    assert [unit.key for unit in found] == list(dict.fromkeys(row["organisation"] for row in rows))
    assert sum(unit.size for unit in found) == units.total(tmp_path / "items.jsonl") == len(rows)


def test_a_parquet_table_gives_the_same_units(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra batch")
    import pyarrow.parquet

    rows = items(1, 2)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "items.parquet", row_group_size=7)
    [first, second] = units.organisations(tmp_path / "items.parquet")
    [one, two] = units.organisations(write(tmp_path / "items.jsonl", rows))
    assert [msgspec.json.decode(line) for line in first.table.splitlines()] == [
        msgspec.json.decode(line) for line in one.table.splitlines()
    ]
    assert (second.key, second.size) == (two.key, two.size)
    assert units.total(tmp_path / "items.parquet") == len(rows)


def test_a_table_that_is_not_sorted_is_refused(tmp_path: Path) -> None:
    table = write(tmp_path / "items.jsonl", items(1, 2, 1))
    with pytest.raises(InputError, match="not sorted by organisation"):
        list(units.organisations(table))


def test_a_row_without_an_organisation_is_named_by_its_line(tmp_path: Path) -> None:
    table = write(tmp_path / "items.jsonl", [*items(1)[:2], {"text": "完成一件事"}])
    with pytest.raises(InputError, match="line 3"):
        list(units.organisations(table))

"""What a batch is made of: units that can be judged apart, each all the reports of one organisation or one folder.

A folder holds one folder a bureau, at any depth; files that lie directly in it are told apart by the organisation they
name. An items table (``.jsonl`` or ``.parquet``) holds many organisations: the columns of an items table, with
``organisation``, ``report`` (the period of the report a row comes from) and ``ordinal`` (its place there), sorted by
organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reconcile.errors import InputError, ReconcileError
from reconcile.intake.archive import reports_in


class Unit(Struct, frozen=True):
    """One part of a batch: files, or the rows of one organisation as JSON lines. `size` is its share of the work."""

    key: str
    size: int
    files: tuple[str, ...] = ()
    table: bytes = b""


class _Owner(Struct):
    """The column of a row that says whose it is."""

    organisation: str


def total(source: Path) -> int:
    """The sizes of all units of a source together: files of a folder, rows of a table."""
    if source.is_dir():
        return len(reports_in(source))
    if source.suffix == ".parquet":
        return int(_parquet(source).metadata.num_rows)
    with source.open("rb") as lines:
        return sum(1 for _ in lines)


def folders(source: Path) -> dict[str, tuple[str, ...]]:
    """The reports of every folder below `source` that holds any, by its path in it; "." are those directly there."""
    inside = sorted(reports_in(source), key=lambda path: (path.parent, path))
    return {
        folder.relative_to(source).as_posix(): tuple(map(str, paths))
        for folder, paths in groupby(inside, key=lambda path: path.parent)
    }


def organisations(table: Path) -> Iterator[Unit]:
    """One unit an organisation of an items table; `InputError` where it is not sorted by organisation."""
    seen: set[str] = set()
    lines = _parquet_lines(table) if table.suffix == ".parquet" else _lines(table)
    for organisation, rows in groupby(lines, key=lambda line: line[0]):
        if organisation in seen:
            raise InputError("batch.unsorted", file=table.name, organisation=organisation)
        seen.add(organisation)
        own = [row for _, row in rows]
        yield Unit(organisation, len(own), table=b"\n".join(own))


def _lines(table: Path) -> Iterator[tuple[str, bytes]]:
    decoder = msgspec.json.Decoder(_Owner)
    with table.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield decoder.decode(line).organisation, line.rstrip()
                except msgspec.MsgspecError as error:
                    raise InputError("batch.bad_row", file=table.name, line=number, why=error) from error


def _parquet_lines(table: Path) -> Iterator[tuple[str, bytes]]:
    encoder = msgspec.json.Encoder()
    for batch in _parquet(table).iter_batches():
        for row in batch.to_pylist():
            yield row["organisation"], encoder.encode(row)


def _parquet(table: Path) -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ReconcileError("batch.no_pyarrow") from error
    return pyarrow.parquet.ParquetFile(table)

"""The rows of a batch as a Parquet table, drawn from its JSON lines without holding them all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from reconcile.engines.rows import Row
from reconcile.errors import ReconcileError

CHUNK = 20_000
"""Rows held at a time: one row group."""


def require() -> None:
    """`ReconcileError` where Parquet cannot be written, with the next step."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise ReconcileError("batch.no_pyarrow") from error


def write(results: Path, table: Path) -> None:
    """Write ``results.jsonl`` as Parquet; the table appears only when it is whole."""
    import pyarrow.parquet

    columns = schema()
    unfinished = table.with_name(f".{table.name}")
    with pyarrow.parquet.ParquetWriter(unfinished, columns) as writer:
        for rows in _chunks(results):
            writer.write_table(pyarrow.Table.from_pylist(rows, columns))
    unfinished.replace(table)


def schema() -> Any:
    """The columns of `reconcile.engines.rows.Row`."""
    import pyarrow as pa

    text = [("item", pa.string()), ("office", pa.string()), ("number", pa.int64()), ("text", pa.string())]
    link = pa.struct([*text, ("score", pa.float64()), ("relation", pa.string())])
    special = {
        "number": pa.int64(),
        "confidence": pa.float64(),
        "standing": pa.bool_(),
        "links": pa.list_(link),
        "carried_to": pa.list_(link),
    }
    return pa.schema([(name, special.get(name, pa.string())) for name in Row.__struct_fields__])


def _chunks(results: Path) -> Iterator[list[dict[str, Any]]]:
    with results.open("rb") as lines:
        while rows := [msgspec.json.decode(line) for line in islice(lines, CHUNK)]:
            yield rows

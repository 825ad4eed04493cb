"""The labelled tables beside these tests, and how many of their rows come out right."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

REQUIRED = 0.97
"""The share of a table that must come out right."""


def lines(table: str, part: str) -> list[str]:
    """The rows of one part ("tuned" or "held_out") of a table."""
    content = tomllib.loads((Path(__file__).parent / f"{table}.toml").read_text(encoding="utf-8"))
    rows: str = content[part]
    return [line for line in rows.splitlines() if line.strip()]


def wrong(table: str, part: str, judge: Callable[[str], tuple[object, object]]) -> tuple[float, list[str]]:
    """The share of rows that come out right, and a line for each that does not; `judge` gives (expected, found)."""
    rows = lines(table, part)
    faults = []
    for row in rows:
        expected, found = judge(row)
        if expected != found:
            faults.append(f"{row}: expected {expected}, found {found}")
    return 1 - len(faults) / max(len(rows), 1), faults

"""The time as the ledger writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This second in UTC, ISO 8601: ``2026-01-31T08:00:00+00:00``."""
    return datetime.now(UTC).isoformat(timespec="seconds")

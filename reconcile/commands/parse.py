"""`reconcile parse`."""

from __future__ import annotations


def parse() -> None:
    """To come."""
    raise NotImplementedError

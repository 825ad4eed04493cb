"""Plan against completion: what was promised last month, and what became of it.

The public API is what this module names; everything else is internal. Names are loaded when first used, so that
importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconcile.config import Config
    from reconcile.ledger.store import Ledger
    from reconcile.model import Item, Link, Reconciliation, Report, Task, Thread
    from reconcile.pipeline import read_report, reconcile

__version__ = "0.1.0"

__all__ = [
    "Config",
    "Item",
    "Ledger",
    "Link",
    "Reconciliation",
    "Report",
    "Task",
    "Thread",
    "__version__",
    "read_report",
    "reconcile",
]

_HOME = {
    "Config": "config",
    "Ledger": "ledger.store",
    "read_report": "pipeline",
    "reconcile": "pipeline",
} | dict.fromkeys(["Item", "Link", "Reconciliation", "Report", "Task", "Thread"], "model")


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"reconcile.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

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
    from reconcile.model.links import Link
    from reconcile.model.reconciliation import Reconciliation
    from reconcile.model.reports import Item, Report, Task
    from reconcile.model.threads import Thread
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
    "Item": "model.reports",
    "Ledger": "ledger.store",
    "Link": "model.links",
    "Reconciliation": "model.reconciliation",
    "Report": "model.reports",
    "Task": "model.reports",
    "Thread": "model.threads",
    "read_report": "pipeline",
    "reconcile": "pipeline",
}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"reconcile.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""What commands over the ledger share: the configuration in force, and the ledger it or ``--store`` names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reconcile import config as configuration
from reconcile.config import Config

if TYPE_CHECKING:
    from reconcile.ledger.store import Ledger


def config(path: Path | None) -> Config:
    """The configuration in a file, or the nearest one from the working directory upwards, or the defaults."""
    return configuration.load(path or configuration.find(Path.cwd()))


def ledger(store: str | None, settings: Config, *, create: bool = False) -> Ledger:
    """The ledger ``--store`` names, else the configuration's, else the one in the working directory."""
    from reconcile.ledger.store import Ledger

    return Ledger.open(store, settings, create=create)

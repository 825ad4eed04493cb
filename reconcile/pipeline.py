"""The whole way from files to a verdict, as pure functions over the layers below.

`read_report` touches the disk; `reconcile` does not, so the same function serves the command line, a process pool and
a cluster.
"""

from __future__ import annotations

from pathlib import Path

from reconcile.config import Config
from reconcile.model import Reconciliation, Report


def read_report(path: Path | str, config: Config | None = None) -> Report:
    """Read one report from a file of any supported format; `InputError` says what cannot be read and why."""
    raise NotImplementedError


def reconcile(plan_report: Report, completion_report: Report, config: Config | None = None) -> Reconciliation:
    """Judge every plan item of one report by the completions of the report that follows it."""
    raise NotImplementedError

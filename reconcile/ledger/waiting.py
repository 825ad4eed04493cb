"""Two consecutive reports of the ledger that are to be judged; the engine comes along when they are."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from reconcile.config import Config
from reconcile.ledger.reports import Filed
from reconcile.model.links import Barred
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report


class Waiting(Struct, frozen=True):
    """The reports, the configuration in force for them, and the links that people rejected."""

    filed: tuple[Filed, Filed]
    plan: Report
    completion: Report
    config: Config
    barred: tuple[Barred, ...] = ()

    def judged(self) -> Reconciliation:
        """What the engine says of them: they are filed as one organisation's, whatever they call it.

        `NothingToCheck` where one of them has nothing to judge.
        """
        from reconcile import pipeline

        named = replace(self.plan, organisation=self.completion.organisation)
        pair = pipeline.reconcile_next(named, self.completion, self.config, self.barred)
        return replace(pair, plan_report=self.plan)

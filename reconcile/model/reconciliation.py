"""Everything one pair of reports gave, counted and complete: the record from which every output is drawn."""

from __future__ import annotations

from msgspec import Struct

from reconcile.model.links import Barred, Link
from reconcile.model.reports import Item, Report
from reconcile.model.verdicts import Finding, ItemVerdict
from reconcile.period import Period


class OfficeCount(Struct, frozen=True):
    """One row of the office table (科室统计): the rate is `done` over `judged`, without standing and undetermined."""

    office: str
    plans: int
    judged: int
    done: int
    done_on_time: int
    partial: int
    slipped: int
    dropped: int
    withdrawn: int
    undetermined: int
    slipped_twice: int
    missing: bool
    unplanned: int


class Summary(Struct, frozen=True):
    """Counts that always add up: `by_status` over tasks sums to `tasks`, `by_outcome` over items to `items`.

    `renamed` are names the later report has for offices of the plan (县计生协会: 计划生育协会), counted as one.
    """

    items: int
    tasks: int
    by_status: dict[str, int]
    by_outcome: dict[str, int]
    by_office: tuple[OfficeCount, ...]
    renamed: dict[str, str] = {}


class Reconciliation(Struct, frozen=True):
    """Everything one pair of reports gave: the single record from which every output is drawn.

    `plans` are the plan items of `plan_report` in document order; `unplanned` (计划外) the completions no plan accounts
    for; `late` (补完成) leads from plan items of earlier periods, left undone, to those of them that make up for it;
    `barred` are links that people rejected, so that verdicts were given without them;
    `config_sha256` and `model` name what the run depended on, so that it can be repeated to the byte.
    """

    version: str
    config_sha256: str
    model: str
    plan_report: Report
    completion_report: Report
    period: Period
    plans: tuple[ItemVerdict, ...]
    unplanned: tuple[Item, ...]
    summary: Summary
    findings: tuple[Finding, ...] = ()
    late: tuple[Link, ...] = ()
    barred: tuple[Barred, ...] = ()

    def item(self, item_id: str) -> Item:
        """The item of either report with this id; `KeyError` where there is none."""
        for report in (self.plan_report, self.completion_report):
            for item in report.items:
                if item.id == item_id:
                    return item
        raise KeyError(item_id)

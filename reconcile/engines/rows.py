"""What a batch writes: one flat row a verdict, the same from every engine, as JSON lines or as a table.

`record` says what a row is: a judged plan item (``plan``), a completion no plan accounts for (``unplanned``), a period
whose report is not there (``missing``), or something that could not be read or judged (``error``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from reconcile.errors import ReconcileError
from reconcile.model.links import Link
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Report
from reconcile.period import Period


class RowLink(Struct, frozen=True):
    """One link of a plan item, with the item it leads to."""

    item: str
    office: str
    number: int | None
    text: str
    score: float
    relation: str


class Row(Struct, frozen=True):
    """One line of the result; `period` is the month judged, `source` the report an item or an error comes from."""

    record: Literal["plan", "unplanned", "missing", "error"]
    organisation: str
    period: Period
    source: str
    id: str = ""
    office: str = ""
    number: int | None = None
    text: str = ""
    status: str = ""
    outcome: str = ""
    confidence: float | None = None
    code: str | None = None
    reason: str | None = None
    due: str | None = None
    standing: bool = False
    links: tuple[RowLink, ...] = ()
    carried_to: tuple[RowLink, ...] = ()
    error: str | None = None


def of_pair(pair: Reconciliation) -> list[Row]:
    """The rows of one reconciled pair: its plan items in document order, then its unplanned completions."""
    items = {item.id: item for report in (pair.plan_report, pair.completion_report) for item in report.items}
    organisation = pair.plan_report.organisation
    return [
        *(
            Row(
                record="plan",
                organisation=organisation,
                period=pair.period,
                source=pair.plan_report.file.name,
                id=verdict.item.id,
                office=verdict.item.office,
                number=verdict.item.number,
                text=verdict.item.text,
                status=verdict.status,
                outcome=verdict.outcome,
                confidence=round(verdict.confidence, 4),
                code=verdict.code,
                reason=verdict.reason,
                due=verdict.due,
                standing=verdict.standing,
                links=_links(verdict.links, items),
                carried_to=_links(verdict.carried_to, items),
            )
            for verdict in pair.plans
        ),
        *(
            Row(
                record="unplanned",
                organisation=organisation,
                period=pair.period,
                source=pair.completion_report.file.name,
                id=item.id,
                office=item.office,
                number=item.number,
                text=item.text,
            )
            for item in pair.unplanned
        ),
    ]


def missing(report: Report, period: Period, why: ReconcileError | None = None) -> Row:
    """What should say what became of a report's plan is not there: the next report, or (`why`) its half of it."""
    return Row("missing", report.organisation, period, report.file.name, error=str(why) if why else None)


def failed(organisation: str, period: Period, source: str, error: Exception) -> Row:
    """What could not be read or judged, with the reason: one bad file is a row, not the end of the batch."""
    why = str(error) if isinstance(error, ReconcileError) else f"{type(error).__name__}: {error}"
    return Row("error", organisation, period, source, error=why)


def _links(links: Iterable[Link], items: dict[str, Item]) -> tuple[RowLink, ...]:
    def spelled_out() -> Iterator[RowLink]:
        for link in links:
            item = items[link.target]
            yield RowLink(item.id, item.office, item.number, item.text, round(link.score, 4), link.relation)

    return tuple(spelled_out())

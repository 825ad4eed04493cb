"""Small reports put together in a line or two, for tests of matching and verdicts."""

from __future__ import annotations

from reconcile.language import tasks
from reconcile.model.documents import Anchor, SourceFile
from reconcile.model.reports import Genre, Item, Kind, Report, Task

ORGANISATION = "青屿县文化广电局"


def item(text: str, kind: Kind = Kind.PLAN, office: str = "办公室", period: str = "2023-05") -> Item:
    """One item with its tasks; its id is made of what it says."""
    id_ = f"{kind.value}:{office}:{text}"
    clauses = tasks.split(text)
    return Item(
        id=id_,
        kind=kind,
        period=period,
        office=office,
        text=text,
        number=None,
        ordinal=1,
        anchor=Anchor("report.txt", None, 1, 0, len(text)),
        tasks=tuple(Task(f"{id_}.{place}", one.text, one.start, one.end) for place, one in enumerate(clauses)),
    )


def report(period: str, *items: Item) -> Report:
    """A report of the fictional bureau."""
    name = f"{period}.txt"
    return Report(SourceFile(name, f"sha256 of {name}", 1, "txt"), ORGANISATION, name, Genre.MONTHLY, period, items)


def plan(text: str, office: str = "办公室") -> Item:
    """A plan item for May."""
    return item(text, Kind.PLAN, office, "2023-05")


def done(text: str, office: str = "办公室") -> Item:
    """A completion of May."""
    return item(text, Kind.COMPLETION, office, "2023-05")


def again(text: str, office: str = "办公室") -> Item:
    """A plan item for June."""
    return item(text, Kind.PLAN, office, "2023-06")

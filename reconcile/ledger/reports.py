"""Reports in the ledger: stored once by content, corrected by a new version, read back to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, TypeVar

import msgspec
import sqlalchemy
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Table, insert, select

from reconcile.ledger.clock import now
from reconcile.ledger.tables import items, organisation_names, organisations, reports, tasks
from reconcile.model.reports import Item, Kind, Report
from reconcile.period import Period

T = TypeVar("T")

Row = Mapping[str, object]
"""What is inserted: column and value."""


class Stored(Struct, frozen=True):
    """What importing a report came to.

    `state` is "new", "unchanged" (its content was there already) or "corrected" (a new version that supersedes the one
    before); `organisation` is the name it was filed under, which may be a longer or shorter form of its own.
    """

    report_id: int
    state: Literal["new", "unchanged", "corrected"]
    version: int
    organisation: str
    period: Period
    items: int


Part = Literal["plan", "report"]
"""Whether a file holds a plan alone, issued apart from the report of its period, or a report, with or without plans."""


class Filed(Struct, frozen=True):
    """A current report: the newest version for its organisation, period and part."""

    id: int
    organisation_id: int
    organisation: str
    period: Period
    part: Part


def add(connection: Connection, report: Report, name: str) -> Stored:
    """File a report under the organisation of this name, and its period."""
    organisation_id, organisation = _organisation(connection, name)
    content, part = report.file.sha256, part_of(report)
    versions = connection.execute(
        select(reports)
        .where(reports.c.organisation_id == organisation_id, reports.c.period == report.period, reports.c.part == part)
        .order_by(reports.c.version)
    ).all()
    latest = versions[-1] if versions else None
    for known in versions:
        if known.content_sha256 == content and (known is not latest or _read_alike(connection, known.id, report)):
            return Stored(known.id, "unchanged", known.version, organisation, report.period, len(report.items))
    version = latest.version + 1 if latest else 1
    head = {
        "organisation_id": organisation_id,
        "period": report.period,
        "part": part,
        "version": version,
        "supersedes": latest.id if latest else None,
        "content_sha256": content,
        "file": report.file.name,
        "imported_at": now(),
        "record": _text(replace(report, items=())),
    }
    wholes, parts = _item_rows(report.items), _task_rows(report.items)
    report_id = insert_row(connection, reports, **head, record_sha256=digest(head, wholes, parts))
    insert_rows(connection, items, wholes, report_id=report_id)
    insert_rows(connection, tasks, parts, report_id=report_id)
    state: Literal["new", "corrected"] = "corrected" if latest else "new"
    return Stored(report_id, state, version, organisation, report.period, len(report.items))


def recorded(connection: Connection, report_id: int) -> str:
    """The hash of a report as it stands in the ledger, every column of it."""
    head = rows(connection, reports, reports.c.id == report_id, leave={"id", "record_sha256"})[0]
    wholes = rows(connection, items, items.c.report_id == report_id, leave={"report_id"})
    return digest(head, wholes, rows(connection, tasks, tasks.c.report_id == report_id, leave={"report_id"}))


def current(connection: Connection, organisation: str | None = None) -> list[Filed]:
    """The newest version of every report, by organisation and period."""
    superseded = select(reports.c.supersedes).where(reports.c.supersedes.is_not(None))
    query = (
        select(reports.c.id, reports.c.organisation_id, organisations.c.name, reports.c.period, reports.c.part)
        .join(organisations)
        .where(reports.c.id.not_in(superseded))
        .order_by(organisations.c.name, reports.c.period, reports.c.part)
    )
    if organisation is not None:
        called = select(organisation_names.c.organisation_id).where(organisation_names.c.name == organisation)
        query = query.where(organisations.c.id.in_(called))
    return [Filed(*row) for row in connection.execute(query)]


def part_of(report: Report) -> Part:
    """A plan alone where nothing is reported as completed."""
    return "plan" if report.of(Kind.PLAN) and not report.of(Kind.COMPLETION) else "report"


def contents(connection: Connection) -> frozenset[str]:
    """The hash of the content of every report, of whatever version."""
    return frozenset(connection.execute(select(reports.c.content_sha256)).scalars())


def load(connection: Connection, report_id: int, only: Collection[str] | None = None) -> Report:
    """A report as it was read, or just those of its items whose ids are in `only`."""
    header = connection.execute(select(reports.c.record).where(reports.c.id == report_id)).scalar_one()
    query = select(items.c.record).where(items.c.report_id == report_id).order_by(items.c.position)
    if only is not None:
        query = query.where(items.c.id.in_(only))
    found = many(connection.execute(query).scalars(), Item)
    return replace(msgspec.json.decode(header, type=Report), items=tuple(found))


def many(records: Iterable[str], kind: type[T]) -> list[T]:
    """Decode JSON records of one type in one go."""
    return msgspec.json.decode(f"[{','.join(records)}]", type=list[kind])  # type: ignore[valid-type]


def insert_row(connection: Connection, table: Table, **values: object) -> int:
    """Insert one row; the number it got."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_rows(connection: Connection, table: Table, found: Iterable[Row], **owner: int) -> None:
    """Insert rows that all belong to one owner."""
    if owned := [{**row, **owner} for row in found]:
        connection.execute(insert(table), owned)


def rows(connection: Connection, table: Table, of: ColumnElement[bool], leave: Collection[str]) -> list[Row]:
    """Rows of a table, without some columns."""
    columns = [column for column in table.c if column.name not in leave]
    return [dict(row) for row in connection.execute(select(*columns).where(of)).mappings()]


def digest(head: Row, *lists: Iterable[Row]) -> str:
    """The hash of a row and of what belongs to it, in whatever order the rows and columns come."""
    encode = msgspec.json.Encoder(order="sorted").encode
    return sha256(b"\n".join([encode(head), *(line for each in lists for line in (b"", *sorted(map(encode, each))))]))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_alike(connection: Connection, report_id: int, report: Report) -> bool:
    """Whether a stored reading of the same content found the same items and tasks, whatever the file's name."""
    stored = load(connection, report_id)
    return [(item.id, item.tasks) for item in stored.items] == [(item.id, item.tasks) for item in report.items]


def _item_rows(found: Iterable[Item]) -> list[Row]:
    return [
        {
            "id": item.id,
            "position": position,
            "kind": item.kind.value,
            "period": item.period,
            "office": item.office,
            "text": item.text,
            "record": _text(item),
        }
        for position, item in enumerate(found)
    ]


def _task_rows(found: Iterable[Item]) -> list[Row]:
    return [{"id": task.id, "item_id": item.id, "text": task.head + task.text} for item in found for task in item.tasks]


def called(connection: Connection, name: str) -> tuple[int, str] | None:
    """The organisation that goes by a name: one it has had, or a longer or shorter form of all of them.

    望江街道办事处 is 南湖区望江街道办事处 as long as only one organisation answers to both.
    """
    known: list[sqlalchemy.Row[Any]] = list(
        connection.execute(
            select(organisations.c.id, organisations.c.name, organisation_names.c.name.label("form")).join(
                organisation_names
            )
        )
    )
    for row in known:
        if row.form == name:
            return row.id, row.name
    fits = {row.id: row.name for row in known if all(_same(name, other.form) for other in known if other.id == row.id)}
    return next(iter(fits.items())) if len(fits) == 1 else None


def _organisation(connection: Connection, name: str) -> tuple[int, str]:
    """The organisation a report is filed under: the one that goes by its name, else a new one."""
    found = called(connection, name)
    if found is None:
        found = insert_row(connection, organisations, name=name), name
    elif connection.scalar(select(organisation_names.c.name).where(organisation_names.c.name == name)):
        return found
    connection.execute(insert(organisation_names).values(name=name, organisation_id=found[0]))
    return found


def _same(name: str, other: str) -> bool:
    """望江街道 is the same as 望江街道办事处, and either as 南湖区望江街道办事处."""
    shorter, longer = sorted((name.removesuffix("办事处"), other.removesuffix("办事处")), key=len)
    return len(shorter) >= 4 and longer.endswith(shorter)


def _text(record: Struct) -> str:
    return msgspec.json.encode(record).decode()

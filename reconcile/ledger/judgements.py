"""What people decided (复核意见): appended, never changed, each entry chained to the one before by its hash.

The engine writes none of these. Taking one back is a new entry that names it. An entry's `id` is the hash of what was
decided, its `hash` that of the chain up to it: change, drop or reorder an entry, and every hash after it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from reconcile.errors import InputError, StoreError
from reconcile.ledger.reports import sha256
from reconcile.ledger.tables import judgements
from reconcile.model.links import Relation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Status
from reconcile.period import Period

ORIGIN = "0" * 64
"""What the first entry of a chain names as the one before it."""


class Action(StrEnum):
    """What a person may do."""

    CONFIRM = "confirm"
    REJECT = "reject"
    ADD = "add"
    OVERRIDE = "override"
    NOTE = "note"
    UNDO = "undo"


Level = Literal["item", "task"]


class Side(Struct, frozen=True):
    """One end of what was judged, as it was shown: enough to find it again when ids change."""

    id: str
    level: Level
    organisation: str
    period: Period
    kind: Kind
    office: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the words, whatever the office and the place."""
        return sha256(self.text.encode())


class Shown(Struct, frozen=True):
    """What the person saw: hashes of both texts, the engine's score and verdict, and what engine that was."""

    plan_sha256: str
    target_sha256: str | None
    score: float | None
    status: Status | None
    version: str
    model: str
    config_sha256: str


class Judgement(Struct, frozen=True, dict=True):
    """One decision. `target` is None where the verdict itself is judged; `undoes` is the id of the entry taken back.

    `relation` is what an added link means, `status` the verdict set in place of the engine's. `time` is ISO 8601, UTC.
    """

    action: Action
    plan: Side
    actor: str
    time: str
    reason: str = ""
    target: Side | None = None
    relation: Relation | None = None
    status: Status | None = None
    undoes: str | None = None
    shown: Shown | None = None

    @cached_property
    def id(self) -> str:
        return sha256(msgspec.json.encode(self))


class Entry(Struct, frozen=True):
    """A judgement in its place in the chain; `number` counts from 1."""

    number: int
    id: str
    previous: str
    hash: str
    judgement: Judgement


def append(connection: Connection, judgement: Judgement) -> Entry:
    """Add a judgement to the end of the chain; the same one a second time is the entry already there."""
    known = connection.execute(select(judgements).where(judgements.c.id == judgement.id)).first()
    if known:
        return Entry(known.number, known.id, known.previous, known.hash, judgement)
    last = connection.execute(select(judgements).order_by(judgements.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, ORIGIN)
    entry = Entry(number, judgement.id, previous, _chained(previous, judgement.id), judgement)
    connection.execute(
        insert(judgements).values(
            number=number,
            id=entry.id,
            previous=previous,
            hash=entry.hash,
            action=judgement.action.value,
            plan_id=judgement.plan.id,
            actor=judgement.actor,
            time=judgement.time,
            record=msgspec.json.encode(judgement).decode(),
        )
    )
    return entry


def load(connection: Connection) -> tuple[Entry, ...]:
    """The whole chain, oldest first."""
    return tuple(
        Entry(row.number, row.id, row.previous, row.hash, msgspec.json.decode(row.record, type=Judgement))
        for row in connection.execute(select(judgements).order_by(judgements.c.number))
    )


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that stand: neither taken back nor themselves an undoing, oldest first."""
    undone: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.number, reverse=True):
        if entry.judgement.undoes and entry.id not in undone:
            undone.add(entry.judgement.undoes)
    return tuple(e for e in entries if e.judgement.action is not Action.UNDO and e.id not in undone)


def broken(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry whose hashes do not hold; None where the chain is whole."""
    previous = ORIGIN
    for number, entry in enumerate(entries, 1):
        sound = entry.id == entry.judgement.id and entry.hash == _chained(previous, entry.id)
        if not sound or (entry.number, entry.previous) != (number, previous):
            return number
        previous = entry.hash
    return None


def to_lines(entries: Iterable[Entry]) -> str:
    """The chain as JSONL, one entry a line."""
    return "".join(msgspec.json.encode(entry).decode() + "\n" for entry in entries)


def of_lines(text: str, file: str, fault: str = "judge.broken_chain") -> tuple[Entry, ...]:
    """A chain read back from JSONL; `InputError` names a line that is none, or whose hashes do not hold (`fault`)."""
    entries = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            entries.append(msgspec.json.decode(line, type=Entry))
        except msgspec.DecodeError as error:
            raise InputError("judge.not_an_entry", file=file, line=number, why=error) from error
    if wrong := broken(entries):
        raise InputError(fault, store=file, number=wrong)
    return tuple(entries)


def find(entries: Iterable[Entry], prefix: str) -> Entry:
    """The entry whose id begins with `prefix`, or whose number it is; `StoreError` where there is not just one."""
    found = [each for each in entries if each.id.startswith(prefix) or str(each.number) == prefix]
    exact = [each for each in found if str(each.number) == prefix] or found
    if len(exact) != 1:
        raise StoreError("judge.no_such_entry", entry=prefix, count=len(exact))
    return exact[0]


def _chained(previous: str, identity: str) -> str:
    return sha256(f"{previous}{identity}".encode())

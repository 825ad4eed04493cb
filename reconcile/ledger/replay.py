"""Judgements replayed on what the ledger holds now: after a re-import, a correction, a new model.

Each judgement in force is anchored anew: by id, else by the very words it was given on. What is found is applied; words
that changed make it stale, words that stand in several places ambiguous, words that are gone unanchorable. Only what is
applied shows in a verdict; the rest is counted and listed for a person to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from rapidfuzz import fuzz
from sqlalchemy import Connection, literal, select, union_all

from reconcile.ledger import judgements
from reconcile.ledger.judgements import Entry, Level, Side
from reconcile.ledger.reports import Filed
from reconcile.ledger.tables import items, organisations, reports, tasks
from reconcile.model.links import CARRIES
from reconcile.model.reports import Kind
from reconcile.period import Period

CHANGED = 60.0
"""From this likeness of two texts (0–100) on, one is taken for a changed form of the other."""


class State(StrEnum):
    """What became of a judgement in the replay."""

    APPLIED = "applied"
    STALE = "stale"
    AMBIGUOUS = "ambiguous"
    UNANCHORABLE = "unanchorable"


_WORST_FIRST = (State.UNANCHORABLE, State.AMBIGUOUS, State.STALE, State.APPLIED)


class Replayed(Struct, frozen=True):
    """A judgement with what became of it, and the ids its two ends have today (None where they were not found)."""

    entry: Entry
    state: State
    plan: str | None
    target: str | None


class Replay(Struct, frozen=True):
    """Every judgement in force, oldest first."""

    entries: tuple[Replayed, ...]

    @property
    def applied(self) -> tuple[Replayed, ...]:
        return tuple(each for each in self.entries if each.state is State.APPLIED)

    @property
    def counts(self) -> dict[State, int]:
        """How many judgements are in each state; all four are named."""
        found = Counter(each.state for each in self.entries)
        return {state: found[state] for state in State}

    @property
    def ties(self) -> tuple[tuple[str, str], ...]:
        """The carries links people added or confirmed: plan and later plan."""
        return tuple(
            (each.plan, each.target)
            for each in self.applied
            if each.plan and each.target and each.entry.judgement.relation in CARRIES
        )


def replay(connection: Connection, filed: Iterable[Filed]) -> Replay:
    """Anchor every judgement in force in the current reports."""
    entries = judgements.in_force(judgements.load(connection))
    index = Index(connection, filed)
    index.expect(side.id for entry in entries for side in _sides(entry))
    return Replay(tuple(_replayed(entry, index) for entry in entries))


class Index:
    """The plan and completion texts of the current reports, read as far as they are asked for."""

    def __init__(self, connection: Connection, filed: Iterable[Filed]) -> None:
        self._connection = connection
        self._filed = [each.id for each in filed]
        self._known: dict[str, Side] = {}
        self._read: dict[tuple[str, Period, Kind, Level], list[Side]] = {}

    def expect(self, ids: Iterable[str]) -> None:
        """Read many ids at once."""
        wanted = sorted(set(ids))
        for some in (wanted[start : start + 1000] for start in range(0, len(wanted), 1000)):
            self._known |= {side.id: side for side in self._sides(ids=some)}

    def get(self, unit: str) -> Side | None:
        """The task or item with this id."""
        if unit not in self._known:
            self.expect([unit])
        return self._known.get(unit)

    def beside(self, side: Side) -> list[Side]:
        """All that stands where `side` stood: same organisation, period and kind, tasks with tasks."""
        key = (side.organisation, side.period, side.kind, side.level)
        if key not in self._read:
            self._read[key] = [
                each
                for each in self._sides(period=side.period)
                if (each.organisation, each.period, each.kind, each.level) == key
            ]
        return self._read[key]

    def _sides(self, ids: list[str] | None = None, period: Period | None = None) -> Iterable[Side]:
        place = (organisations.c.name, items.c.period, items.c.kind, items.c.office)
        source = items.join(reports, reports.c.id == items.c.report_id).join(organisations)
        whole = select(items.c.id, literal("item").label("level"), *place, items.c.text).select_from(source)
        parts = select(tasks.c.id, literal("task"), *place, tasks.c.text).select_from(
            tasks.join(source, (tasks.c.report_id == items.c.report_id) & (tasks.c.item_id == items.c.id))
        )
        if ids is not None:
            whole, parts = whole.where(items.c.id.in_(ids)), parts.where(tasks.c.id.in_(ids))
        if period is not None:
            whole, parts = whole.where(items.c.period == period), parts.where(items.c.period == period)
        current = items.c.report_id.in_(self._filed)
        for row in self._connection.execute(union_all(whole.where(current), parts.where(current))):
            yield Side(row[0], row[1], row[2], row[3], Kind(row[4]), row[5], row[6])


def _sides(entry: Entry) -> tuple[Side, ...]:
    judgement = entry.judgement
    return (judgement.plan, judgement.target) if judgement.target else (judgement.plan,)


def _replayed(entry: Entry, index: Index) -> Replayed:
    found = [_anchored(side, index) for side in _sides(entry)]
    state = min((state for state, _ in found), key=_WORST_FIRST.index)
    ids = [unit for _, unit in found] + [None]
    return Replayed(entry, state, ids[0], ids[1])


def _anchored(side: Side, index: Index) -> tuple[State, str | None]:
    """Where a text that was judged stands today."""
    now = index.get(side.id)
    if now:
        return (State.APPLIED if now.text == side.text else State.STALE), now.id
    beside = index.beside(side)
    same = [each for each in beside if each.text == side.text]
    at_home = [each for each in same if each.office == side.office]
    if len(same) == 1 or len(at_home) == 1:
        return State.APPLIED, (at_home or same)[0].id
    if same:
        return State.AMBIGUOUS, None
    if any(fuzz.ratio(each.text, side.text) >= CHANGED for each in beside):
        return State.STALE, None
    return State.UNANCHORABLE, None

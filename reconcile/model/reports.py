"""What a report says: its items, done or promised, and the tasks of each."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from reconcile.model.documents import Anchor, SourceFile, SourceWarning
from reconcile.period import Period


class Kind(StrEnum):
    """Whether an item reports work done (完成情况) or promises it (工作计划). The section decides, never the verb."""

    COMPLETION = "completion"
    PLAN = "plan"


class Genre(StrEnum):
    """The form of a report: what span of time it covers and how it is laid out."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    PLAN_TABLE = "plan_table"


class Task(Struct, frozen=True):
    """One clause of an item that can be done on its own (任务): the unit that is judged.

    `text` stands in the item's text from `start` to `end`. `head` is what the clause shares with its neighbours and
    needs to be understood ("开展" in 开展A、B、C三项检查); empty where the clause stands by itself.
    """

    id: str
    text: str
    start: int
    end: int
    head: str = ""


class Person(Struct, frozen=True):
    """A person a report names as answerable (责任领导, 责任人): kept, and left out of every output unless asked for."""

    role: str
    name: str


class Item(Struct, frozen=True):
    """One numbered entry of a report (事项): work done or work promised, by one office in one period.

    `text` is the item without its mark and its office suffix, page-width line breaks removed, nothing else changed.
    `office` is as the report writes it, empty where there is none; `office_path` leads from the group to the office.
    `number` is the number printed, `ordinal` the 1-based place in its section. `tasks` are never empty: an item that is
    given none is its own single task.
    """

    id: str
    kind: Kind
    period: Period
    office: str
    text: str
    number: int | None
    ordinal: int
    anchor: Anchor
    tasks: tuple[Task, ...] = ()
    office_path: tuple[str, ...] = ()
    co_offices: tuple[str, ...] = ()
    section: str = ""
    standing: bool = False
    due: str | None = None
    redacted: bool = False
    project: str | None = None
    target: str | None = None
    persons: tuple[Person, ...] = ()

    def __post_init__(self) -> None:
        if not self.tasks:
            force_setattr(self, "tasks", (Task(f"{self.id}.1", self.text, 0, len(self.text)),))


class Report(Struct, frozen=True):
    """What one file says: whose report it is, for which period, and its items in document order.

    `period` is the period whose completions it holds; its plan items carry their own (usually the next). `cutoff` is
    the date the figures stand at (ISO), where the text says so.
    """

    file: SourceFile
    organisation: str
    title: str
    genre: Genre
    period: Period
    items: tuple[Item, ...]
    warnings: tuple[SourceWarning, ...] = ()
    cutoff: str | None = None

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """The items of one kind, in document order."""
        return tuple(item for item in self.items if item.kind is kind)

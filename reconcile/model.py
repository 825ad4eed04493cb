"""Every domain type: frozen, typed, and ready to be written as JSON.

The flow is one way: a file becomes a `Document` of `Block`s, a document becomes a `Report` of `Item`s, two reports
become one `Reconciliation`, and every view a reader sees is drawn from that record alone.

Invariants: all types are immutable; collections are tuples; ids are functions of content, so the same file gives the
same ids on every machine; offsets count characters of `Document.text`.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

Period = str
"""A month ``2020-10``, a quarter ``2020-Q1`` or a year ``2022``: see `reconcile.period`."""


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


class Status(StrEnum):
    """The verdict on one planned task, in the order they are counted in; docs/contract.md says when each holds."""

    WITHDRAWN = "withdrawn"
    REPORT_MISSING = "report_missing"
    OFFICE_MISSING = "office_missing"
    UNVERIFIABLE = "unverifiable"
    DELAYED = "delayed"
    PARTIAL = "partial"
    EXCEEDED = "exceeded"
    COMPLETED = "completed"
    NOT_YET_DUE = "not_yet_due"
    CARRIED_OVER = "carried_over"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """The coarse word people count."""

    DONE = "done"
    PARTIAL = "partial"
    SLIPPED = "slipped"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    UNDETERMINED = "undetermined"


OUTCOME_OF: dict[Status, Outcome] = {
    Status.WITHDRAWN: Outcome.WITHDRAWN,
    Status.REPORT_MISSING: Outcome.UNDETERMINED,
    Status.OFFICE_MISSING: Outcome.UNDETERMINED,
    Status.UNVERIFIABLE: Outcome.UNDETERMINED,
    Status.DELAYED: Outcome.SLIPPED,
    Status.PARTIAL: Outcome.PARTIAL,
    Status.EXCEEDED: Outcome.DONE,
    Status.COMPLETED: Outcome.DONE,
    Status.NOT_YET_DUE: Outcome.UNDETERMINED,
    Status.CARRIED_OVER: Outcome.SLIPPED,
    Status.DROPPED: Outcome.DROPPED,
}
"""Which outcome each status counts as."""


class Relation(StrEnum):
    """What an edge of the carry-over graph means.

    `full`, `partial` and `negative` are fulfils edges (plan → completion); the others are carries edges (plan → a
    later plan).
    """

    FULL = "full"
    PARTIAL = "partial"
    NEGATIVE = "negative"
    REPLAN = "replan"
    NEXT_PHASE = "next_phase"
    WINDOW_ROLL = "window_roll"
    STANDING = "standing"


CARRIES = frozenset({Relation.REPLAN, Relation.NEXT_PHASE, Relation.WINDOW_ROLL, Relation.STANDING})
"""The relations that lead from a plan to a later plan; all others lead to a completion."""


class Review(StrEnum):
    """Whether a person has looked at a verdict (复核)."""

    AUTO = "auto"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    DISPUTED = "disputed"


# --- what was read -----------------------------------------------------------------------------------------------


class SourceFile(Struct, frozen=True):
    """The file as it was given: `format` is what its content proved to be, whatever its extension says."""

    name: str
    sha256: str
    bytes: int
    format: str


class Anchor(Struct, frozen=True):
    """Where a piece of text stands: 1-based page and paragraph, and character offsets into the text that was read.

    `cell` is the spreadsheet address (``Sheet1!C5``) or ``table.row.column`` (1-based) of text from a table.
    """

    file: str
    page: int | None
    paragraph: int | None
    start: int
    end: int
    cell: str | None = None


class Cell(Struct, frozen=True):
    """One cell of a table row; `start`/`end` are its offsets in `Document.text`, `column` is 0-based.

    A merged cell is given once, at its first row and column, with its extent in `rows` and `columns`.
    """

    text: str
    start: int
    end: int
    column: int
    rows: int = 1
    columns: int = 1
    address: str | None = None


class Block(Struct, frozen=True):
    """A paragraph, or one row of a table when `cells` is not empty.

    `paragraph` counts blocks from 1; `heading` is the outline level of a styled heading (1 the highest), None for
    body text and wherever the format has no styles; `table` numbers the tables of a document from 1. An automatic list
    number that the format keeps apart ("（一）", "3.") opens `text`.
    """

    text: str
    start: int
    end: int
    paragraph: int
    page: int | None = None
    heading: int | None = None
    table: int | None = None
    cells: tuple[Cell, ...] = ()


Fact = str | int | tuple[str, ...]
"""What fills a placeholder of a sentence: words, a count, or a list of names."""


class SourceWarning(Struct, frozen=True):
    """Something in a source that looks wrong: never a silent guess.

    ``warnings.<code>`` of the catalogue, filled with `facts`, says it in the reader's language.
    """

    code: str
    anchor: Anchor | None = None
    facts: dict[str, Fact] = {}


class Document(Struct, frozen=True):
    """A file turned into text: `text` is everything that was read, blocks are in reading order and point into it."""

    file: SourceFile
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[SourceWarning, ...] = ()


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


# --- what was concluded ------------------------------------------------------------------------------------------


class Part(Struct, frozen=True):
    """One term of a score: `contribution` = `weight` × standardised `value`; the parts of a link sum to its logit."""

    name: str
    value: float
    weight: float
    contribution: float


class Link(Struct, frozen=True):
    """A plan task or item tied to what reports on it or plans it again (关联).

    `plan` and `target` are ids of items or of tasks: both ends are at the same level. `score` is a calibrated
    probability in 0–1 that both speak of the same work.
    """

    id: str
    plan: str
    target: str
    score: float
    relation: Relation


class Quantity(Struct, frozen=True):
    """A figure with what it counts: `value` in `unit` ("人次", "%"; 万 and 亿 multiplied out) and the words quoted."""

    value: float
    unit: str
    text: str


class Quote(Struct, frozen=True):
    """Words of a report, with where they stand."""

    text: str
    office: str
    anchor: Anchor


class Finding(Struct, frozen=True):
    """Something an auditor wants to see beside the verdict (提示), worded as a question, with its quotes.

    ``findings.<code>`` of the catalogue, filled with `facts`, says it in the reader's language.
    """

    code: str
    quotes: tuple[Quote, ...] = ()
    facts: dict[str, Fact] = {}


class TaskVerdict(Struct, frozen=True):
    """The judgement on one planned task: `rule` names the rung of the ladder that gave it, `code` the doubt."""

    task: Task
    status: Status
    confidence: float
    rule: str
    links: tuple[Link, ...] = ()
    carried_to: tuple[Link, ...] = ()
    code: str | None = None
    reason: str | None = None
    target: Quantity | None = None
    actual: Quantity | None = None

    @property
    def outcome(self) -> Outcome:
        return OUTCOME_OF[self.status]


class ItemVerdict(Struct, frozen=True):
    """The judgement on one planned item (计划事项), rolled up from its tasks.

    `links` and `carried_to` are item-level; `rejected` are the best candidates that were not accepted, best first.
    """

    item: Item
    status: Status
    outcome: Outcome
    confidence: float
    rule: str
    tasks: tuple[TaskVerdict, ...]
    links: tuple[Link, ...] = ()
    carried_to: tuple[Link, ...] = ()
    rejected: tuple[Link, ...] = ()
    code: str | None = None
    reason: str | None = None
    target: Quantity | None = None
    actual: Quantity | None = None
    due: str | None = None
    standing: bool = False
    slip_count: int = 0
    light: str = ""
    review: Review = Review.AUTO
    findings: tuple[Finding, ...] = ()


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


Barred = tuple[str, str]
"""A link that people rejected: the ids of its plan item and of its target."""


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


# --- the months together ------------------------------------------------------------------------------------------


class Step(Struct, frozen=True):
    """One stop of a thread: a task in its period, and how the thread reached it (None at its start).

    `task` is the part of the item the thread follows, None where the item is one piece; `status` is the verdict its own
    month gave a planned task, None for completions and for plans not yet judged.
    """

    item: Item
    period: Period
    relation: Relation | None = None
    status: Status | None = None
    task: Task | None = None


class Thread(Struct, frozen=True):
    """One piece of work followed over the months (一件事的来龙去脉).

    `first_promised` is the period it was first planned for, `slip_count` the replan edges on its path (顺延次数),
    `status` the latest verdict, `late_done` whether it was completed after it had slipped (补完成).
    """

    id: str
    office: str
    title: str
    first_promised: Period
    due: str | None
    slip_count: int
    status: Status
    late_done: bool
    steps: tuple[Step, ...]

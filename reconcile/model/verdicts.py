"""What was concluded of each planned task and item, and the findings beside it with their quotes."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reconcile.model.documents import Anchor, Fact
from reconcile.model.links import Link
from reconcile.model.reports import Item, Task


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


class Review(StrEnum):
    """Whether a person has looked at a verdict (复核)."""

    AUTO = "auto"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    DISPUTED = "disputed"


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

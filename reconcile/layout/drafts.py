"""What a walk over a report gathers: items before they have ids, and the headings they stand under."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from reconcile.layout import offices
from reconcile.layout.lines import Line
from reconcile.layout.offices import Answering
from reconcile.layout.passage import Passage
from reconcile.model.reports import Kind, Person
from reconcile.period import Period

_MOST = 0.6


class Draft(Struct, frozen=True):
    """An item before it has an id. `numbered` says that its number is printed; `list_id` tells lists apart;
    `deadline` is what a label or a column says, as it is written."""

    kind: Kind
    period: Period
    passage: Passage
    number: int | None
    office: str = ""
    office_path: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    section: str = ""
    project: str | None = None
    target: str | None = None
    deadline: str | None = None
    list_id: int = 0
    numbered: bool = False


Key = tuple[str, object]
"""What headings that stand beside each other share."""


class Frame(Struct):
    """A heading the walk stands under. `kind` is None for offices and topics; `holds` whether its lines are items.

    `still` is the word that says of its items that they are not done (未完成), `style` the style of their marks, `last`
    the last of their numbers, `count` what has been read under it.
    """

    key: Key
    line: Line | None
    list_id: int
    office: str | None = None
    kind: Kind | None = None
    period: Period | None = None
    holds: bool = True
    title: str = ""
    still: str = ""
    style: str | None = None
    last: int | None = None
    count: int = 0

    @property
    def is_topic(self) -> bool:
        """Whether it is neither a section nor an office."""
        return self.office is None and self.kind is None and self.holds


class Reading(Struct, frozen=True):
    """What a walk found: drafts in order, headings with nothing below them, paragraphs that belong to no item."""

    drafts: tuple[Draft, ...]
    empty: tuple[Frame, ...]
    loose: tuple[Passage, ...]


def with_bare_offices(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Where most items without an office end in the name of one in brackets, that is who answers for them."""
    found = [Answering(draft.passage) if draft.office else offices.bare(draft.passage) for draft in drafts]
    without = sum(not draft.office for draft in drafts)
    fewest = 2 if without == len(drafts) else 1
    if sum(answer.office is not None for answer in found) < max(fewest, _MOST * without):
        return drafts
    return [
        structs.replace(draft, passage=answer.passage, office=answer.office or "", office_path=(answer.office,))
        if answer.office
        else draft
        for draft, answer in zip(drafts, found, strict=True)
    ]

"""Drafts → items: ids, ordinals, tasks, anchors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reconcile.language import dates, standing, tasks
from reconcile.layout import copies
from reconcile.layout.drafts import Draft
from reconcile.layout.ids import ItemIds, task_id
from reconcile.layout.passage import Passage
from reconcile.model.documents import Anchor
from reconcile.model.reports import Item, Kind, Task


def items_of(drafts: Sequence[Draft], file: str, organisation: str) -> tuple[Item, ...]:
    """The items of a report, in document order."""
    ids = ItemIds(organisation)
    stripped = copies.has_no_figures([draft.passage for draft in drafts])
    ordinals: Counter[tuple[object, ...]] = Counter()
    items: list[Item] = []
    for draft in drafts:
        ordinal_key = (draft.kind, draft.period, draft.office, draft.section)
        ordinals[ordinal_key] += 1
        text = draft.passage.text
        item_id = ids.of(draft.kind, draft.period, draft.office, text)
        items.append(
            Item(
                id=item_id,
                kind=draft.kind,
                period=draft.period,
                office=draft.office,
                text=text,
                number=draft.number,
                ordinal=ordinals[ordinal_key],
                anchor=anchor_of(draft.passage, file),
                tasks=_tasks(item_id, text),
                office_path=draft.office_path,
                co_offices=draft.partners,
                section=draft.section,
                standing=draft.kind is Kind.PLAN and standing.is_standing(text),
                due=_due(draft),
                redacted=stripped and copies.has_gap(text),
                project=draft.project,
                target=draft.target,
                persons=draft.persons,
            )
        )
    return tuple(items)


def _due(draft: Draft) -> str | None:
    """When a planned item is due: by its label or column, else by its words."""
    if draft.kind is not Kind.PLAN:
        return None
    stated = dates.due(draft.deadline, draft.period) if draft.deadline else None
    return stated or dates.due(draft.passage.text, draft.period)


def _tasks(item_id: str, text: str) -> tuple[Task, ...]:
    """The tasks of an item; a text without any word has none of its own."""
    seen: Counter[str] = Counter()
    found: list[Task] = []
    for clause in tasks.split(text):
        seen[clause.text] += 1
        id_ = task_id(item_id, clause.text, seen[clause.text])
        found.append(Task(id_, clause.text, clause.start, clause.end, clause.head))
    return tuple(found)


def anchor_of(passage: Passage, file: str) -> Anchor:
    """Where a passage stands, from its first piece to its last."""
    first = passage.pieces[0]
    return Anchor(file, first.page, first.paragraph, passage.start, passage.end, first.cell)

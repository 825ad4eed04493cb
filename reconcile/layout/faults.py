"""What looks wrong in a source: numbers that repeat or skip, headings without items, items without an office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reconcile.layout.drafts import Draft, Reading
from reconcile.layout.items import anchor_of
from reconcile.layout.title import Head
from reconcile.model.documents import Fact, SourceWarning
from reconcile.model.reports import Item

_SHOWN = 40


def faults(reading: Reading, items: Sequence[Item], head: Head, file: str) -> Iterator[SourceWarning]:
    """The warnings of one report, kind by kind, each kind in the order of the document."""
    if not items:
        yield SourceWarning("no_items")
    if not head.has_period:
        yield SourceWarning("no_period", facts={"period": head.period})
    yield from _numbering(reading.drafts, items)
    for frame in reading.empty:
        if frame.line is not None:
            code = "empty_section" if frame.holds else "other_section"
            yield SourceWarning(code, anchor_of(frame.line.passage, file), {"heading": frame.line.passage.text})
    if any(item.office for item in items):
        for item in items:
            if not item.office:
                yield SourceWarning("no_office", item.anchor)
    for passage in reading.loose:
        shown = passage.text if len(passage.text) <= _SHOWN else passage.text[:_SHOWN] + "…"
        yield SourceWarning("loose_text", anchor_of(passage, file), {"text": shown})


def _numbering(drafts: Sequence[Draft], items: Sequence[Item]) -> Iterator[SourceWarning]:
    """Numbers within one list, as printed, or running on from one list into the next."""
    for (before, _), (draft, item) in pairwise(zip(drafts, items, strict=True)):
        if not (before.numbered and draft.numbered) or before.number is None or draft.number is None:
            continue
        facts: dict[str, Fact] = {
            "office": item.office,
            "kind": item.kind.value,
            "number": draft.number,
            "before": before.number,
        }
        if before.list_id == draft.list_id and before.number == draft.number:
            yield SourceWarning("duplicate_number", item.anchor, facts)
        elif draft.number > before.number + 1:
            yield SourceWarning("skipped_number", item.anchor, facts)

"""Ids made from content alone, so that the same file gives the same ids on every machine and in every order."""

from __future__ import annotations

import hashlib
from collections import Counter

from reconcile.model.reports import Kind
from reconcile.period import Period

_LENGTH = 12


def digest(*parts: str) -> str:
    """A short id of some words."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


class ItemIds:
    """Ids for the items of one report: equal items are told apart by their occurrence, never by their position."""

    def __init__(self, organisation: str) -> None:
        self._organisation = organisation
        self._seen: Counter[tuple[str, ...]] = Counter()

    def of(self, kind: Kind, period: Period, office: str, text: str) -> str:
        """The id of an item."""
        content = (self._organisation, kind.value, period, office, "".join(text.split()))
        self._seen[content] += 1
        return digest(*content, str(self._seen[content]))


def task_id(item_id: str, text: str, occurrence: int) -> str:
    """The id of the task with this text in an item; `occurrence` counts equal texts in it from 1."""
    return digest(item_id, "".join(text.split()), str(occurrence))

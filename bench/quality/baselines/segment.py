"""Words of a Chinese text: without them every token scorer sees one long token."""

from __future__ import annotations

from collections.abc import Sequence

import rjieba

from reconcile.model.reports import Item


def words(text: str) -> list[str]:
    """The words of a text, punctuation left out."""
    return [word for word in rjieba.cut(text) if any(char.isalnum() for char in word)]


def segmented(items: Sequence[Item]) -> list[str]:
    """The texts of items with spaces between the words."""
    return [" ".join(words(item.text)) for item in items]

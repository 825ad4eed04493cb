"""Standing work (常态化): what recurs each period and has no end state, such as duty rosters, documents, supervision.

It is read from the words alone, by weights in standing.toml. A duty for one holiday, an inspection once, a project that
goes on (继续推进) are not standing: they end.
"""

from __future__ import annotations

import re
from typing import Any

from reconcile.language import data
from reconcile.language.tokens import fold
from reconcile.language.word_list import WordList

_ROWS: list[dict[str, Any]] = [
    {**row, "weight": sign * row["weight"]}
    for table, sign in (("signs", 1), ("ends", -1))
    for row in data.rules("standing")[table]
]
_THRESHOLD: int = data.rules("standing")["threshold"]
_ROW_OF = {word: place for place, row in enumerate(_ROWS) for word in row.get("words", "").split()}
_WORDS = WordList(_ROW_OF)
_PATTERNS = [(place, re.compile(row["pattern"])) for place, row in enumerate(_ROWS) if "pattern" in row]


def is_standing(text: str) -> bool:
    """Whether a planned text is standing work."""
    folded = fold(text)
    rows = {_ROW_OF[word] for _, word in _WORDS.every(folded)}
    rows |= {place for place, pattern in _PATTERNS if pattern.search(folded)}
    weights: list[int] = [_ROWS[place]["weight"] for place in rows]
    return sum(weight for weight in weights if weight > 0) >= _THRESHOLD <= sum(weights)

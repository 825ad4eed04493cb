"""Standing work (常态化): what recurs each period and has no end state, such as duty rosters, documents, supervision.

It is read from the words alone, by weights in standing.toml. A duty for one holiday, an inspection once, a project that
goes on (继续推进) are not standing: they end.
"""

from __future__ import annotations

import re
from typing import Any

from reconcile.language import data
from reconcile.language.tokens import fold

_RULES = data.rules("standing")


def _weighed(rows: list[dict[str, Any]]) -> list[tuple[int, re.Pattern[str]]]:
    return [(row["weight"], re.compile(row.get("pattern") or data.either(row["words"].split()))) for row in rows]


_SIGNS = _weighed(_RULES["signs"])
_ENDS = _weighed(_RULES["ends"])
_THRESHOLD: int = _RULES["threshold"]


def is_standing(text: str) -> bool:
    """Whether a planned text is standing work."""
    folded = fold(text)
    signs = sum(weight for weight, pattern in _SIGNS if pattern.search(folded))
    return (
        signs >= _THRESHOLD and signs - sum(weight for weight, pattern in _ENDS if pattern.search(folded)) >= _THRESHOLD
    )

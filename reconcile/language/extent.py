"""How far the words of a clause say the work went (程度): something left over, short of the plan, the whole of it."""

from __future__ import annotations

import re
from functools import cache

from reconcile.language import data


def mentions(name: str, text: str) -> bool:
    """Whether a text has wording of one of the lists of extent.toml ("remainder", "shortfall", "whole" …)."""
    words, pattern = _wording(name)
    for word in words:  # asked a dozen times of every item, and three times as quick as `any`
        if word in text:
            return True
    return bool(pattern and pattern.search(text))


@cache
def _wording(name: str) -> tuple[list[str], re.Pattern[str] | None]:
    """The plain words of a list, and one pattern for all that is more than that."""
    sources = data.rules("extent")[name]
    plain = [source for source in sources if re.escape(source) == source]
    patterns = [f"(?:{source})" for source in sources if source not in plain]
    return plain, re.compile("|".join(patterns)) if patterns else None

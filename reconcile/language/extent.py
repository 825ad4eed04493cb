"""How far the words of a clause say the work went (程度): something left over, short of the plan, the whole of it."""

from __future__ import annotations

import re
from functools import cache

from reconcile.language import data


def mentions(name: str, text: str) -> bool:
    """Whether a text has wording of one of the lists of extent.toml ("remainder", "shortfall", "whole" …)."""
    return bool(_pattern(name).search(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{source})" for source in data.rules("extent")[name]))

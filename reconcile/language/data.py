"""The rule files beside this code: TOML that a domain expert can read and extend, loaded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def rules(name: str) -> dict[str, Any]:
    """The contents of ``<name>.toml`` in this folder."""
    return load(__file__, name)


def load(beside: str, name: str) -> dict[str, Any]:
    """The contents of ``<name>.toml`` beside a module, which gives its ``__file__``."""
    with Path(beside).with_name(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def words(name: str, *tables: str) -> frozenset[str]:
    """The words of a vocabulary file: of the tables named, or of all; each key holds a string of words or a list."""
    content = rules(name)
    found: set[str] = set()
    for table in tables or content:
        value = content[table]
        for entry in value.values() if isinstance(value, dict) else [value]:
            found.update(entry.split() if isinstance(entry, str) else entry)
    return frozenset(found)


def either(options: Iterable[str]) -> str:
    """A regular expression source matching any of the words literally, the longest first: for short lists.

    Long ones are quicker to build and to search as a `WordList`.
    """
    return "(?:" + "|".join(map(re.escape, sorted(set(options), key=lambda word: (-len(word), word)))) + ")"

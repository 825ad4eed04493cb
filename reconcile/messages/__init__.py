"""The one catalogue of everything a person reads, in Chinese and in English.

Each area of the program has a file ``<area>.toml`` beside this module, with an entry a message::

    [empty_file]
    zh = "{file} 是空文件。"
    en = "{file} is empty."

A message is named ``area.name``. Files are read when first needed. A whole number may bring its noun along, in English:
``{count:month|months}`` is "1 month" or "2 months".
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Lang = Literal["zh", "en"]

_HERE = Path(__file__).parent


@cache
def catalogue(area: str) -> dict[str, dict[str, str]]:
    """All messages of one area: name → language → template."""
    with (_HERE / f"{area}.toml").open("rb") as file:
        return tomllib.load(file)


def areas() -> list[str]:
    """The names of all areas, sorted."""
    return sorted(path.stem for path in _HERE.glob("*.toml"))


def text(key: str, lang: Lang, /, **facts: object) -> str:
    """The message ``area.name`` in one language, with its placeholders filled; `KeyError` where there is none."""
    area, name = key.split(".", 1)
    template = catalogue(area)[name][lang]
    counted = {fact: _Count(value) if type(value) is int else value for fact, value in facts.items()}
    return template.format(**counted) if facts else template


class _Count(int):
    """A whole number that is written with its noun, in the singular or the plural."""

    def __format__(self, spec: str) -> str:
        one, several, many = spec.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if several else int.__format__(self, spec)

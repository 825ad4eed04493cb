"""What tells two texts apart although they read alike (区分要素): 第二批 and 第三批, 机构内 and 机构间, G528 and S218.

`marks` reads one text once; `conflicts` and `agreements` then compare two of them cheaply, so they may be asked for
thousands of pairs. Two texts conflict where both carry marks of one kind and slot and share none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from reconcile.language import data, numerals
from reconcile.language.tokens import fold, pairs

Span = tuple[int, int]
Marks = dict[tuple[str, str], dict[str, Span]]
"""Kind and slot ("ordinal", "批") → value ("2") → where it stands in the text, first occurrence."""


class Shared(Struct, frozen=True):
    """One kind in which two texts conflict or agree, with the spans that show it in the left and the right text."""

    kind: str
    left: Span
    right: Span


class _Rule(Struct, frozen=True):
    kind: str
    hints: frozenset[str]
    pattern: re.Pattern[str]
    number: bool
    same: dict[str, str]
    slot: str
    skip: frozenset[str]
    forks: tuple[str, ...]


_TITLE = re.compile(r"《([^《》]{2,60})》")
_ASIDE = re.compile(r"[(\[].*?[)\]]|\W|_")
_LIKE = 0.5
"""Titles sharing this much of their character pairs are one title shortened or reworded, and do not conflict."""


def kinds() -> tuple[str, ...]:
    """All kinds of marks, in a fixed order."""
    return tuple(sorted({rule.kind for rule in _rules()} | {"title"}))


@lru_cache(maxsize=4096)
def marks(text: str) -> Marks:
    """The distinguishing marks of a text."""
    folded = fold(text)
    chars = set(folded)
    found: Marks = {}
    for rule in _rules():
        if not rule.hints.isdisjoint(chars):
            for slot, value, span in _read(rule, folded):
                found.setdefault((rule.kind, slot), {}).setdefault(value, span)
    for title in _TITLE.finditer(folded):
        if name := _ASIDE.sub("", title[1]):
            found.setdefault(("title", ""), {}).setdefault(name, title.span())
    return found


def conflicts(left: Marks, right: Marks) -> list[Shared]:
    """The kinds in which both texts carry marks and share none, in a fixed order."""
    found = []
    for key in sorted(left.keys() & right.keys()):
        mine, theirs = left[key], right[key]
        if mine.keys().isdisjoint(theirs) and not (key[0] == "title" and _akin(mine, theirs)):
            found.append(Shared(key[0], next(iter(mine.values())), next(iter(theirs.values()))))
    return found


def agreements(left: Marks, right: Marks) -> list[Shared]:
    """The kinds in which both texts carry the same mark, in a fixed order."""
    found = []
    for key in sorted(left.keys() & right.keys()):
        mine, theirs = left[key], right[key]
        if shared := [value for value in mine if value in theirs]:
            found.append(Shared(key[0], mine[shared[0]], theirs[shared[0]]))
        elif key[0] == "title" and (akin := _akin(mine, theirs)):
            found.append(Shared("title", mine[akin[0]], theirs[akin[1]]))
    return found


def _akin(mine: dict[str, Span], theirs: dict[str, Span]) -> tuple[str, str] | None:
    """Two titles of which one is contained in the other, or that share most of their character pairs."""
    for one in mine:
        for other in theirs:
            if one in other or other in one:
                return one, other
            left, right = set(pairs(one)), set(pairs(other))
            if len(left & right) >= _LIKE * min(len(left), len(right)) > 0:
                return one, other
    return None


def _read(rule: _Rule, text: str) -> Iterator[tuple[str, str, Span]]:
    for found in rule.pattern.finditer(text):
        groups = found.groupdict()
        for fork in rule.forks:
            value = groups.get("value" + fork)
            if value is not None and value not in rule.skip:
                slot = groups.get("slot" + fork) or ""
                end = found.end("slot" + fork) if slot else found.end()
                span = found.start(), max(end, found.end())
                for meant in rule.same.get(value, value).split():
                    number = numerals.ordinal(meant) if rule.number else None
                    yield slot or rule.slot, meant if number is None else str(number), span


@cache
def _rules() -> tuple[_Rule, ...]:
    compiled = []
    for rule in data.rules("distinct")["mark"]:
        source = rule["pattern"].replace("{n}", numerals.INTEGER).replace("{dull}", f"[{rule.get('dull', '')}]")
        pattern = re.compile(source)
        forks = sorted(name.removeprefix("value") for name in pattern.groupindex if name.startswith("value"))
        hints = frozenset(fold(rule["hint"]) + rule["hint"].lower())
        skip = frozenset(rule.get("skip", "").split())
        same = rule.get("same", {})
        number, slot = rule.get("number", False), rule.get("slot", "")
        compiled.append(_Rule(rule["kind"], hints, pattern, number, same, slot, skip, tuple(forks)))
    return tuple(compiled)

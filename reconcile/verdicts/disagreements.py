"""Figures that disagree (数据打架): two offices count one thing in one report and come to different numbers.

Unit, what is counted, window of time and nearly all telling words before the figure must be the same, and one object
must be named by both. In doubt nothing is asked: two offices may well have done two things of one kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from operator import add

from msgspec import Struct

from reconcile.language import data, distinct, quantities, tokens
from reconcile.language.quantities import Bound, Figure
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.verdicts import Quote

_ALIKE = 0.75
"""The share of their telling words that two clauses must have in common."""
_AT_LEAST = 3
"""How many telling words they must have in common."""
_TELLING = 5.0
"""From this weight on a word tells what a text is about."""
_OBJECT = 8.0
"""From this weight on a word names an object."""
_NEAR, _ROUGHLY = 4, 0.4
"""Two clauses with fewer pairs of characters in common, or a smaller share of them, are not looked at."""
_NOUN = re.compile(r"[^\W\d]{0,2}")
_DAY = re.compile(r"(?:\d+月)?\d+日")
_PART = re.compile(data.either(data.rules("quantities")["shares"]["portion"].split()))


class Count(Struct, frozen=True, eq=False):
    """A figure in its item, with what is said of it before it and the pairs of characters of that."""

    item: Item
    figure: Figure
    before: str
    pairs: frozenset[str]

    @property
    def words(self) -> str:
        """The figure as it is written."""
        return self.item.text[self.figure.start : self.figure.end]

    @property
    def quote(self) -> Quote:
        """The clause that gives the figure."""
        start, end = self.figure.said
        return Quote(self.item.text[start:end].strip("，,。；; "), self.item.office, self.item.anchor)


def across(report: Report) -> Iterator[tuple[Count, Count]]:
    """The figures of two offices that differ for one thing, in the order of the report."""
    asked: set[frozenset[str]] = set()
    for group in _groups(report.of(Kind.COMPLETION)):
        for one, other in combinations(group, 2):
            items = frozenset((one.item.id, other.item.id))
            if one.item.office != other.item.office and items not in asked and _disagree(one, other):
                asked.add(items)
                yield one, other


def _groups(completions: Iterable[Item]) -> Iterator[list[Count]]:
    """The figures that count in one unit the same noun over the same time, where several offices have such."""
    found: dict[tuple[object, ...], list[tuple[Item, Figure, str]]] = defaultdict(list)
    for item in completions:
        text = tokens.fold(item.text) if item.office else ""
        for figure in quantities.read(item.text) if text else ():
            if figure.each or figure.change or figure.bound is not Bound.EXACT or figure.upper is not None:
                continue
            noun = _NOUN.match(text, figure.end)
            before = text[figure.said[0] : figure.start]
            if len(before) > _NEAR and not _PART.search(before):
                window = "" if figure.window == "month" else figure.window
                key = figure.unit, noun and noun[0], window, figure.added, figure.running
                found[key].append((item, figure, before))
    for group in found.values():
        if len({item.office for item, _, _ in group}) > 1:
            yield [Count(*one, frozenset(map(add, one[2], one[2][1:]))) for one in group]


def _disagree(one: Count, other: Count) -> bool:
    near = max(_NEAR, _ROUGHLY * max(len(one.pairs), len(other.pairs)))
    if one.figure.value == other.figure.value or len(one.pairs & other.pairs) < near:
        return False
    days, others = set(_DAY.findall(one.before)), set(_DAY.findall(other.before))
    if days != others or distinct.conflicts(distinct.marks(one.before), distinct.marks(other.before)):
        return False
    mine, theirs = (tokens.telling(count.before, _TELLING) for count in (one, other))
    both = mine & theirs
    enough = len(both) >= _AT_LEAST and len(both) >= _ALIKE * max(len(mine), len(theirs))
    return enough and any(tokens.idf(word) >= _OBJECT for word in both)

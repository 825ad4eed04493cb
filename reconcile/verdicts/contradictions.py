"""Offices that contradict each other (口径不一): one says of a work that it is done, another that it is not.

All completions of a report are looked at, whatever plan they report on. Two entries speak of one work where what one
says was not done is what the other says was done, and both name one object besides. In doubt nothing is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain

from msgspec import Struct

from reconcile.language import aspect, distinct, punctuation, tokens
from reconcile.language.aspect import Aspect
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.verdicts import Quote

_SAME_ACT = 0.7
"""The share of its telling words that a clause not done must have in common with a clause done elsewhere."""
_AT_LEAST = 2
"""How many telling words a clause must have to be held against another."""
_TELLING = 5.0
"""From this weight on a word tells what a text is about: 设计 does, 工作 does not."""
_OBJECT = 8.5
"""From this weight on a word names an object: 感染楼."""
_BAD = frozenset({aspect.Kind.NOT_DONE, aspect.Kind.WITHDRAWN})


class Undone(Struct, frozen=True):
    """A clause that says of something that it was not done: its telling words, and those that name its object."""

    item: Item
    clause: str
    words: frozenset[str]
    objects: frozenset[str]


def across(report: Report) -> Iterator[tuple[Quote, Quote]]:
    """The clauses of two offices that contradict each other, what was not done first."""
    completions = report.of(Kind.COMPLETION)
    if len({item.office for item in completions}) < 2:
        return
    texts = [tokens.fold(item.text) for item in completions]
    having = _places(texts)
    for one in (found for item in completions for found in _undone(item)):
        told = Counter(chain.from_iterable(map(having, one.words)))
        rivals = (
            (completions[place], clause)
            for place in sorted(place for place, words in told.items() if words >= _SAME_ACT * len(one.words))
            if completions[place].office != one.item.office
            for clause in _done(completions[place], texts[place], one)
        )
        if rival := next(rivals, None):
            item, clause = rival
            yield Quote(one.clause, one.item.office, one.item.anchor), Quote(clause, item.office, item.anchor)


def _places(texts: Sequence[str]) -> Callable[[str], frozenset[int]]:
    """What tells in which of some texts a word stands."""

    @cache
    def having(word: str) -> frozenset[int]:
        return frozenset(place for place, text in enumerate(texts) if word in text)

    return having


def _undone(item: Item) -> Iterator[Undone]:
    if not aspect.hints(item.text, _BAD):
        return
    for found in aspect.read(item.text):
        if found.kind in _BAD:
            clause = item.text[found.start : found.end]
            words = tokens.telling(clause, _TELLING)
            if len(words) >= _AT_LEAST:
                objects = tokens.telling(_sentence(tokens.fold(item.text), found), _OBJECT)
                yield Undone(item, clause, words, objects)


def _done(item: Item, text: str, one: Undone) -> Iterator[str]:
    """The clauses of another entry that say the same was done, of an object it names too."""
    for found in aspect.read(item.text):
        clause = text[found.start : found.end]
        if found.kind is aspect.Kind.DONE and found.firm and _tells_of(clause, one):
            alike = any(word in _sentence(text, found) for word in one.objects)
            if alike and not distinct.conflicts(distinct.marks(one.clause), distinct.marks(clause)):
                yield item.text[found.start : found.end]


def _tells_of(text: str, one: Undone) -> bool:
    return sum(word in text for word in one.words) >= _SAME_ACT * len(one.words)


def _sentence(text: str, found: Aspect) -> str:
    return next(one[0] for one in punctuation.SENTENCE.finditer(text) if one.start() <= found.start < one.end())

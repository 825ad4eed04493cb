"""Wording that means the same thing (同义说法) and wording that is evidence of an act (佐证说法).

Two plain files a domain expert can extend: ``synonyms.txt`` holds a group of equal wording a line (财评 财政评审);
``evidence.txt`` says by which words a report shows that a planned act took place (公开招聘: 报名 笔试 面试 …).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from operator import add
from pathlib import Path

from msgspec import Struct

from reconcile.language.tokens import fold

DATA = Path(__file__).parent / "data"

Found = dict[int, set[str]]
"""The groups a text speaks of, each with the words that show it."""


class Phrases:
    """Many short phrases looked up in a text at once; the longest phrase at each place counts."""

    def __init__(self, groups: dict[str, list[int]]) -> None:
        self._groups = groups
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in groups:
            lengths[phrase[:2]].add(len(phrase))
        self._lengths = {start: sorted(those, reverse=True) for start, those in lengths.items()}

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of everything found in a folded text."""
        lengths = self._lengths
        for start, pair in [found for found in enumerate(map(add, text, text[1:])) if found[1] in lengths]:
            for length in lengths[pair]:
                phrase = text[start : start + length]
                if phrase in self._groups:
                    yield start, start + length, phrase
                    break

    def find(self, text: str) -> Found:
        """Group → the phrases of that group in a folded text."""
        found: Found = {}
        for _, _, phrase in self.spans(text):
            for group in self._groups[phrase]:
                found.setdefault(group, set()).add(phrase)
        return found


class Evidence(Struct, frozen=True):
    """The groups of evidence.txt: what asks for them, all that shows any of them, and what shows each."""

    asked: Phrases
    shown: Phrases
    shown_by: dict[int, frozenset[str]]


@cache
def synonyms() -> Phrases:
    """Groups of equal wording, numbered by line."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, line in _lines("synonyms.txt"):
        for phrase in line.split():
            groups[phrase].append(number)
    return Phrases(groups)


@cache
def evidence() -> Evidence:
    """What a plan asks for, and what a completion shows."""
    asked: dict[str, list[int]] = defaultdict(list)
    shown: dict[int, frozenset[str]] = {}
    for number, line in _lines("evidence.txt"):
        triggers, _, words = line.partition(":")
        shown[number] = frozenset(words.split())
        for phrase in triggers.split():
            asked[phrase].append(number)
    return Evidence(Phrases(asked), Phrases({phrase: [] for words in shown.values() for phrase in words}), shown)


def _lines(name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(fold((DATA / name).read_text(encoding="utf-8")).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line

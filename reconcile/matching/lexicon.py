"""Wording that means the same thing (同义说法) and wording that is evidence of an act (佐证说法).

Two plain files a domain expert can extend: ``synonyms.txt`` holds a group of equal wording a line (财评 财政评审);
``evidence.txt`` says by which words a report shows that a planned act took place (公开招聘: 报名 笔试 面试 …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import add
from pathlib import Path

from msgspec import Struct

DATA = Path(__file__).parent / "data"

Found = dict[int, set[str]]
"""The groups a text speaks of, each with the words that show it."""


class Phrases:
    """Many short phrases looked up in a text at once; the longest phrase at each place counts."""

    def __init__(self, groups: Mapping[str, Sequence[int]]) -> None:
        self._groups = groups
        self._longest = {phrase[:2]: len(phrase) for phrase in sorted(groups, key=len)}

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of everything found in a folded text."""
        groups, longest = self._groups, self._longest
        for start, pair in [found for found in enumerate(map(add, text, text[1:])) if found[1] in longest]:
            for length in range(longest[pair], 1, -1):
                phrase = text[start : start + length]
                if phrase in groups:
                    yield start, start + len(phrase), phrase
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
    words: dict[int, str]

    def shown_by(self, group: int) -> frozenset[str]:
        """What shows one group."""
        return frozenset(self.words[group].split())


@cache
def synonyms() -> Phrases:
    """Groups of equal wording, numbered by line."""
    return Phrases(_numbered(_lines("synonyms.txt")))


@cache
def evidence() -> Evidence:
    """What a plan asks for, and what a completion shows."""
    entries = {number: line.split(":") for number, line in _lines("evidence.txt").items()}
    asked = _numbered({number: triggers for number, (triggers, _) in entries.items()})
    words = {number: shown for number, (_, shown) in entries.items()}
    return Evidence(Phrases(asked), Phrases(dict.fromkeys(" ".join(words.values()).split(), ())), words)


def _numbered(lines: dict[int, str]) -> dict[str, list[int]]:
    """Phrase → the numbers of the lines that hold it."""
    groups: dict[str, list[int]] = {}
    for number, line in lines.items():
        for phrase in line.split():
            if phrase in groups:
                groups[phrase].append(number)
            else:
                groups[phrase] = [number]
    return groups


def _lines(name: str) -> dict[int, str]:
    """The entries of a file by the numbers of their lines. A start reads tens of thousands of words here: they stand
    folded in the file but for capitals, and no work is done on each that can be done on all.
    """
    lines = (DATA / name).read_text(encoding="utf-8").lower().splitlines()
    return {number: line for number, line in enumerate(lines) if line and line[0] != "#"}

"""Wording that means the same thing (同义说法) and wording that is evidence of an act (佐证说法).

Two plain files a domain expert can extend: ``synonyms.txt`` holds a group of equal wording a line (财评 财政评审);
``evidence.txt`` says by which words a report shows that a planned act took place (公开招聘: 报名 笔试 面试 …).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"

_MASK = 0x3FFFF
_PRIME = 1_000_003

Found = dict[int, set[str]]
"""The groups a text speaks of, each with the words that show it."""


class Phrases:
    """Many short phrases looked up in texts at once; the longest phrase at each place counts.

    Phrases are found by their first three characters, those of two by both. A table of hashes tells the few places of a
    text where one may begin.
    """

    def __init__(self, groups: Mapping[str, Sequence[int]]) -> None:
        self.groups = groups
        self._starting: dict[str, list[str]] = {}
        for phrase in sorted(groups, key=len, reverse=True):
            if (start := phrase[:3]) in self._starting:
                self._starting[start].append(phrase)
            else:
                self._starting[start] = [phrase]
        self._marked = np.zeros((4, _MASK + 1), bool)
        for length in (2, 3):
            starts = "".join(start for start in self._starting if len(start) == length)
            self._marked[length, _hashes(codes(starts), length)[::length]] = True

    def every(self, texts: Sequence[str]) -> list[list[str]]:
        """The phrases found in each of several folded texts."""
        text = "\n".join(texts)
        points = codes(text + "\n")
        starts = np.flatnonzero(self._marked[2, _hashes(points, 2)[:-1]] | self._marked[3, _hashes(points, 3)])
        owners = np.searchsorted(np.cumsum([len(one) + 1 for one in texts]), starts, side="right")
        found: list[list[str]] = [[] for _ in texts]
        starting, groups = self._starting, self.groups
        for start, owner in zip(starts.tolist(), owners.tolist(), strict=True):
            for phrase in starting.get(text[start : start + 3], ()):
                if text.startswith(phrase, start):
                    found[owner].append(phrase)
                    break
            else:
                if (phrase := text[start : start + 2]) in groups:
                    found[owner].append(phrase)
        return found

    def find(self, text: str) -> Found:
        """Group → the phrases of that group in a folded text."""
        found: Found = {}
        for phrase in self.every([text])[0]:
            for group in self.groups[phrase]:
                found.setdefault(group, set()).add(phrase)
        return found


def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _hashes(points: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """A number for each run of so many characters."""
    mixed = points[: len(points) - length + 1]
    for place in range(1, length):
        mixed = mixed * np.uint32(_PRIME) + points[place : len(points) - length + 1 + place]
    return (mixed ^ mixed >> np.uint32(13)) & np.uint32(_MASK)


class Evidence(Struct, frozen=True):
    """The groups of evidence.txt: what asks for them, all that shows any of them, and what shows each."""

    asked: Phrases
    shown: Phrases
    words: dict[int, str]

    def shown_by(self, group: int) -> list[str]:
        """What shows one group."""
        return self.words[group].split()


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

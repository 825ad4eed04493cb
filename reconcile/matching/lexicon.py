"""Wording that means the same thing (同义说法) and wording that is evidence of an act (佐证说法).

Two plain files a domain expert can extend: ``synonyms.txt`` holds a group of equal wording a line (财评 财政评审);
``evidence.txt`` says by which words a report shows that a planned act took place (公开招聘: 报名 笔试 面试 …).

They hold tens of thousands of words of which a report has few, so no word is looked at by itself: each has a number,
made of its characters, and so has every run of characters in a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching import terms
from reconcile.matching.terms import Documents, Index, Places

DATA = Path(__file__).parent / "data"

_BASE = np.uint64(0x9E3779B97F4A7C15)
_SLOTS = np.uint64(19)
"""So many bits of a number tell whether a word may have it."""

Codes = NDArray[np.uint32]
Numbers = NDArray[np.uint64]


class Groups(Struct, frozen=True, eq=False):
    """One list of the lexicon: its groups, which are the lines of the file, as documents of words.

    `has` says of each word of the lexicon whether it stands in this list.
    """

    documents: Documents
    by_word: Index
    has: NDArray[np.bool_]

    def of(self, words: Places) -> tuple[Places, Places]:
        """The groups that words belong to, as places among the words given and groups."""
        begin, end = (np.searchsorted(self.by_word.terms, words, side) for side in ("left", "right"))
        entries = self.by_word.places[terms.spread(begin, end - begin)]
        return np.repeat(np.arange(len(words)), end - begin), self.documents.rows[entries]


class Found(Struct, frozen=True, eq=False):
    """The words of a list in some texts, the longest at each place: in which text, from where to where among all."""

    texts: Places
    starts: Places
    ends: Places
    words: Places


class Lexicon(Struct, frozen=True, eq=False):
    """All words by their numbers, sorted, and the lists: `synonyms` are groups of equal wording; of an entry of
    evidence `asked` is what asks for it in a plan, and `shown` what shows it in a completion.
    """

    numbers: Numbers
    longest: int
    marked: NDArray[np.bool_]
    synonyms: Groups
    asked: Groups
    shown: Groups

    def find(self, texts: Sequence[str], *lists: Groups) -> tuple[Found, ...]:
        """What of some lists stands in folded texts."""
        points = codes("\n".join([*texts, ""]))
        owners = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
        starts, ends, words = self._every(points)
        found = []
        for one in lists:
            own = np.flatnonzero(one.has[words])
            own = own[np.diff(starts[own], append=len(points)) > 0]
            found.append(Found(owners[starts[own]], starts[own], ends[own], words[own]))
        return tuple(found)

    def wording(self, text: str, groups: Groups) -> dict[int, set[str]]:
        """The groups of a list that a folded text speaks of, each with the words that show it."""
        [found] = self.find([text], groups)
        wording: dict[int, set[str]] = {}
        for place, group in zip(*(each.tolist() for each in groups.of(found.words)), strict=True):
            wording.setdefault(group, set()).add(text[found.starts[place] : found.ends[place]])
        return wording

    def _every(self, points: Codes) -> tuple[Places, Places, Places]:
        """Where words stand and which, by their beginnings, of one place the longer after the shorter."""
        found = []
        for length, runs in enumerate(_runs(points, self.longest), 1):
            may = np.flatnonzero(self.marked[_slots(runs)])
            words = np.searchsorted(self.numbers[:-1], runs[may])
            known = self.numbers[words] == runs[may]
            found.append((may[known], may[known] + length, words[known]))
        starts, ends, words = map(np.concatenate, zip(*found, strict=True))
        order = np.argsort(starts, kind="stable")
        return starts[order], ends[order], words[order]


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class WordFile(Struct, frozen=True, eq=False):
    """The words of a lexicon's file: where each begins in its text, how long it is, and the number of its line."""

    points: Codes
    starts: Places
    lengths: Places
    lines: Places

    @classmethod
    def of(cls, text: str) -> WordFile:
        """The words of a file's text, without remarks and capitals."""
        points = codes(text + "\n")
        points = points + 32 * ((points >= ord("A")) & (points <= ord("Z"))).astype(np.uint32)
        ends = np.flatnonzero(points == ord("\n")) + 1
        sizes = np.diff(ends, prepend=0)
        remarks = points[ends - sizes] == ord("#")
        apart = (points <= ord(" ")) | (points == ord(":")) | np.repeat(remarks, sizes)
        starts = np.flatnonzero(~apart & np.append(True, apart[:-1]))
        stops = np.flatnonzero(apart & np.append(False, ~apart[:-1]))
        lines = np.repeat(np.arange(len(ends)), sizes)
        return cls(points, starts, stops - starts, lines[starts])

    def numbers(self) -> Numbers:
        """The number of each word."""
        numbers = self.points[self.starts].astype(np.uint64)
        for place in range(1, int(self.lengths.max(initial=0))):
            longer = np.flatnonzero(self.lengths > place)
            numbers[longer] = numbers[longer] * _BASE + self.points[self.starts[longer] + place]
        return numbers

    def after_colon(self) -> NDArray[np.bool_]:
        """Whether a word stands behind the colon of its line."""
        colons = np.searchsorted(np.flatnonzero(self.points == ord(":")), self.starts)
        return colons > colons[np.searchsorted(self.lines, self.lines)]


@cache
def lexicon() -> Lexicon:
    """The words of both files; they stand folded in them but for capitals."""
    synonyms, evidence = ((DATA / name).read_bytes().decode("utf-8") for name in ("synonyms.txt", "evidence.txt"))
    return compiled(WordFile.of(synonyms), WordFile.of(evidence))


def compiled(synonyms: WordFile, evidence: WordFile) -> Lexicon:
    """The lexicon of two files."""
    numbers = np.concatenate([synonyms.numbers(), evidence.numbers()])
    order = np.argsort(numbers)
    first = np.diff(numbers[order], prepend=np.uint64(0)) > 0
    words = np.empty_like(order)
    words[order] = np.cumsum(first) - 1
    numbers = numbers[order[first]]
    marked = np.zeros(1 << int(_SLOTS), bool)
    marked[_slots(numbers)] = True

    def groups(lines: Places, words: Places) -> Groups:
        listed = terms.documents(int(lines.max(initial=-1)) + 1, lines, words, np.arange(len(numbers)))
        return Groups(listed, terms.index(listed), listed.frequency() > 0)

    alike, signs = np.split(words, [len(synonyms.starts)])
    shows = evidence.after_colon()
    return Lexicon(
        numbers=numbers,
        longest=int(max(synonyms.lengths.max(initial=1), evidence.lengths.max(initial=1))),
        marked=marked,
        synonyms=groups(synonyms.lines, alike),
        asked=groups(evidence.lines[~shows], signs[~shows]),
        shown=groups(evidence.lines[shows], signs[shows]),
    )


def _runs(points: Codes, longest: int) -> Iterator[Numbers]:
    """The numbers of all runs of one character, of two …, by where they begin."""
    wide = points.astype(np.uint64)
    numbers = wide
    for place in range(longest):
        if place:
            numbers = numbers[:-1] * _BASE + wide[place:]
        yield numbers


def _slots(numbers: Numbers) -> Numbers:
    """A few bits of each number."""
    return numbers * _BASE >> np.uint64(64) - _SLOTS

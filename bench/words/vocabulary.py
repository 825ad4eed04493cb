"""The words of the table: those of the jieba dictionary (MIT), and those that pairs of reports keep using."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

WORDS = 42_000
COMMONEST = 12_000
"""So many words say in which directions words differ."""
LONGEST = 5
RECURRING = 3
"""A word that so many pairs of reports use has a vector of its own, also where the dictionary does not know it."""
_HAN = re.compile(rf"[一-鿿]{{1,{LONGEST}}}")
_NAMES = {"nr", "nrt", "nrfg", "ns", "nt"}


@cache
def dictionary() -> list[list[str]]:
    """The dictionary of jieba: a word, how often it was counted, and what part of speech it is."""
    import jieba

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines]


def common() -> list[str]:
    """The commonest words of two to five characters, then the single characters, from the dictionary of jieba."""
    entries = dictionary()
    count = {entry[0]: int(entry[1]) for entry in entries if _HAN.fullmatch(entry[0])}
    names = {entry[0] for entry in entries if _NAMES.intersection(entry[2:])}
    words = [word for word in count if len(word) > 1 and word not in names]
    ordered = sorted(words, key=lambda word: (-count[word], word))[:WORDS]
    return ordered + [word for word in count if len(word) == 1 and count[word] > 20]


def spelled(word: str, rows: Mapping[str, int]) -> list[int]:
    """The row of a word, or where it has none those of its characters that have one."""
    return [rows[word]] if word in rows else [rows[one] for one in word if one in rows]


def recurring(pairs: Iterable[Iterable[str]], known: Sequence[str]) -> list[str]:
    """The words of several pairs of reports that are not known, in order; each pair is given by its words."""
    count = Counter(word for words in pairs for word in set(words))
    told = {word for word, times in count.items() if times >= RECURRING and _HAN.fullmatch(word)}
    return sorted(told.difference(known))

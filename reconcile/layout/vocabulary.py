"""The words of `vocabulary.toml`, ready for use, and the folding of text before it is compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from reconcile.language import data

_SHORT = 1000
_SHORT_NOTHING = 16
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SINGLE = {
    0x3000: " ",
    0xA0: " ",
    0x2009: " ",
    0x2003: " ",
    0x2002: " ",
    ord("﹒"): ".",
    ord("．"): ".",
    ord("﹑"): "、",
}


@cache
def words(area: str, name: str) -> tuple[str, ...]:
    """One list of the vocabulary, longest words first."""
    return tuple(sorted(_vocabulary()[area][name].split(), key=len, reverse=True))


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    return data.load(__file__, "vocabulary")


class _Folding(dict[int, int | str]):
    """A `str.translate` table that keeps every other character: to say so is quicker than not to know it."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@cache
def _folding() -> _Folding:
    variants = _vocabulary()["variants"]
    pairs = zip(variants["traditional"], variants["simplified"], strict=True)
    return _Folding({**_FULL_WIDTH, **_SINGLE, **{ord(old): new for old, new in pairs}})


def fold(text: str) -> str:
    """Text with full-width forms halved and traditional vocabulary simplified, character for character."""
    return _folded(text) if len(text) < _SHORT else text.translate(_folding())


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    """A line is folded when it is cut up, when its office is read and when it is looked through: once is enough."""
    return text.translate(_folding())


def says_nothing(text: str) -> bool:
    """Whether a folded text stands for none: 无, 暂无。, /, 本月无重点工作."""
    text = text.strip(" 。.;\n")
    return text in _nothing() or bool(len(text) < _SHORT_NOTHING and _none_of().fullmatch(text))


def tells_nothing(text: str) -> bool:
    """Whether a folded text that stands by itself says nothing, or that nothing has come about: 本月没有进展."""
    text = text.strip(" 。.;\n")
    return says_nothing(text) or bool(len(text) < _SHORT_NOTHING and _idle().fullmatch(text))


@cache
def _idle() -> re.Pattern[str]:
    return re.compile(rf"{_time()}?,?{one_of(words('empty', 'idle'))}")


@cache
def _none_of() -> re.Pattern[str]:
    """No work in so many words, in this month or the next."""
    return re.compile(rf"{_time()}?,?{one_of(words('empty', 'no'))}{one_of(words('empty', 'beside'))}*")


def _time() -> str:
    return one_of([*words("section", "now"), *words("section", "next")])


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, words("empty", "nothing")))


def one_of(alternatives: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest that fits."""
    return "(?:" + "|".join(re.escape(fold(word)) for word in sorted(alternatives, key=len, reverse=True)) + ")"

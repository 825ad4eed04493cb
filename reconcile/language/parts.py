"""What a plan holds that a report leaves out (遗漏), by the characters of its pieces: 搬迁 is told of, 归档 is not.

A plan is cut into pieces at punctuation and joints; a text covers a piece as far as its character pairs occur there.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.language import data, measures, punctuation
from reconcile.language.tokens import boilerplate_words, fold, pairs
from reconcile.language.word_list import WordList

_PIECE = re.compile(r"[^,;。:、!?\n\s]+")
_JOINT = re.compile(r"(?<=[^\W\d]{2})(?:以及|和|及|与|并)(?=[^\W\d]{2})")
_RULES: dict[str, str] = data.rules("tasks")
_ACTS = WordList(_RULES["independent"].split())
_SECOND = re.compile(rf"(?<=[^\W\d]{{2}})(?:(?P<act>{_RULES['second']})|{data.either(_RULES['second_act'].split())})")
_NOT_SECOND = re.compile(data.either(_RULES["not_second"].split()))
_SHORT = 3
_SAME = 0.9
_RATE_MET = 0.95


def left(plan: str, reported: str) -> float:
    """How much worse the least covered piece of a plan is covered by a report than the best covered one, 0–1."""
    here = _letter_pairs(fold(reported))
    covered = [_covered(piece, here) for piece in _pieces(plan, _SHORT)]
    return max(covered) - min(covered) if covered else 0.0


def left_to(plan: str, reported: str, later: str) -> float:
    """How much better a next plan covers a piece of a plan than the report does, 0–1: what is left to later."""
    here, there = _letter_pairs(fold(reported)), _letter_pairs(fold(later))
    return max((max(_covered(piece, there) - _covered(piece, here), 0.0) for piece in _pieces(plan, 1)), default=0.0)


def told(text: str, reported: str, least: int) -> float | None:
    """How far a report tells of a text, 0–1; None where the text has fewer than `least` telling pairs of characters."""
    telling = _telling(fold(text))
    return _covered(telling, _letter_pairs(fold(reported))) if len(telling) >= max(least, 1) else None


def told_by_any(text: str, reports: tuple[str, ...], share: float) -> bool:
    """Whether any of some reports tells of a text by so much of its telling pairs of characters, 0–1."""
    telling = _telling(fold(text))
    least = max(share * len(telling), 1)
    return any(sum(map(report.__contains__, telling)) >= least for report in _folded(reports))


def second_acts(plan: str) -> tuple[tuple[str, str], ...]:
    """The acts a plan joins inside one clause, in twos: 制定应急预案[并]组织演练, 三审三校[及]付印."""
    found = []
    for piece in _PIECE.findall(punctuation.plain(plan)):
        held = [one.span() for one in _NOT_SECOND.finditer(piece)]
        found += [
            (piece[: joint.start()], piece[joint.end() :])
            for joint in _SECOND.finditer(piece)
            if (joint["act"] or _ACTS.at(piece, joint.end())) and not any(a <= joint.start() < b for a, b in held)
        ]
    return tuple(found)


def same(one: str, other: str) -> bool:
    """Whether two texts are the same almost word for word, figures and all."""
    left, right = _all_pairs(one), _all_pairs(other)
    return 2 * len(left & right) >= _SAME * (len(left) + len(right)) > 0


def rate_short(plan: str, reported: str) -> float:
    """How far a report says it came short of a whole the plan names: 341家餐饮店已查276家 is 0.19 short."""
    rates = measures.rates(reported)
    if not rates:
        return 0.0
    wanted = _letter_pairs(fold(plan))
    folded = punctuation.bare(reported)
    short = [
        1 - rate.part.value / rate.whole.value
        for rate in rates
        if wanted & _letter_pairs(folded[rate.whole.said[0] : rate.part.said[1]])
    ]
    return max((one for one in short if one > 1 - _RATE_MET), default=0.0)


@lru_cache(maxsize=4096)
def _pieces(plan: str, least: int) -> tuple[frozenset[str], ...]:
    """The character pairs of each piece of a plan that has so many, without those of boilerplate."""
    found = []
    for piece in _PIECE.findall(punctuation.plain(plan)):
        for part in _JOINT.split(piece):
            telling = _telling(part)
            if len(telling) >= least:
                found.append(telling)
    return tuple(found)


@lru_cache(maxsize=2)
def _folded(texts: tuple[str, ...]) -> list[str]:
    """All texts folded, which are more in a large report than `fold` remembers."""
    return [fold(text) for text in texts]


def _covered(piece: frozenset[str], known: frozenset[str]) -> float:
    return len(piece & known) / len(piece)


@lru_cache(maxsize=4096)
def _all_pairs(text: str) -> frozenset[str]:
    """The character pairs of a text without its punctuation, figures among them."""
    plain = "".join(char for char in fold(text) if char.isalnum())
    return frozenset(pairs(plain))


def _telling(text: str) -> frozenset[str]:
    """The character pairs of a folded text, without those of boilerplate."""
    return _letter_pairs(text) - boilerplate_words()


@lru_cache(maxsize=4096)
def _letter_pairs(text: str) -> frozenset[str]:
    """The character pairs of a folded text that are letters alone."""
    return frozenset(filter(str.isalpha, pairs(text)))

"""The marks that open headings and items: 一、 （一） 1. 1、 (1) ① 第一部分 一是 ◆ and their like."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from reconcile.language import data
from reconcile.language.numerals import ordinal
from reconcile.layout.vocabulary import fold

BULLET = "bullet "
OUTER = ("han", "han_paren", "part")
"""The styles of marks that mostly open headings: 一、 （一） 第一部分."""
_HAN = "〇零一二三四五六七八九十百两"
_CIRCLED = ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x2776, 10), (0x2780, 10), (0x278A, 10), (0x3220, 10))
_BOXES = str.maketrans("☑☒", "☐☐")
"""Boxes are of one style, ticked or not, as those in brackets are: - [x]."""
_NEVER = re.compile(r"(?!)")
_ARABIC_NUMBER = re.compile(r"\d+")
_HAN_NUMBER = re.compile(f"[{_HAN}]+")


_SURE = 999
"""A larger number opens an item only where it counts on; else it may be a year."""


class Mark(Struct, frozen=True):
    """A mark at the start of a line: `length` characters long, without the white space that follows it.

    `number` is None for bullets; each of their signs is a style of its own. `doubtful` marks may be no marks at all:
    "6.81家", "4.9月12日", "3 月", "2023、".
    """

    style: str
    number: int | None
    length: int
    doubtful: bool


@cache
def _grammar() -> dict[str, str]:
    styles: dict[str, str] = data.load(__file__, "marks")["style"]
    numerals = {
        "han": f"[{_HAN}]{{1,4}}",
        "arabic": r"\d\d{0,3}",  # quicker to find than \d{1,4}
        "circled": "[①-⑳⒈-⒛❶-❿➀-➓]",
        "roman": "(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,4})",
        "letter": "[A-Za-z]",
    }
    return {style: pattern.format(**numerals) for style, pattern in styles.items()}


@cache
def _any_mark() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _grammar().items()))


@cache
def of_style(style: str) -> re.Pattern[str]:
    """The pattern of one style of marks, over folded text."""
    if style.startswith(BULLET):
        return re.compile(re.escape(style.removeprefix(BULLET)))
    if style not in _grammar():
        return _NEVER
    return re.compile(_grammar()[style])


def mark_of(text: str) -> Mark | None:
    """The mark a line opens with, or None. `text` is folded and has no white space before it."""
    match = _any_mark().match(text)
    if match is None or match.lastgroup is None:
        return None
    after = text[match.end() : match.end() + 1]
    if after == "0" and match.lastgroup == "arabic" and match.group().endswith("."):
        return None  # 1.0版
    if match.lastgroup == "bullet":
        sign = match.group().split("[")[0].rstrip().translate(_BOXES)
        return Mark(BULLET + sign, None, len(match.group()), doubtful=False)
    number = number_of(match.lastgroup, match.group())
    doubtful = match.lastgroup == "arabic" and (
        (match.group()[-1] in ".," and after.isdigit()) or match.group()[-1] == " " or (number or 0) > _SURE
    )
    return Mark(match.lastgroup, number, len(match.group().rstrip()), doubtful)


def is_sign(character: str) -> bool:
    """Whether a character is a mark and nothing else: ① ⑴ ㈠."""
    return any(first <= ord(character) < first + count for first, count in _CIRCLED)


def number_of(style: str, mark: str) -> int | None:
    """The number a mark shows: ``（十二）`` is 12, ``③`` is 3, ``◆`` has none."""
    if style.startswith(BULLET):
        return None
    if digits := _ARABIC_NUMBER.search(mark):
        return int(digits.group())
    if han := _HAN_NUMBER.search(mark):
        return ordinal(han.group())
    for character in mark:
        for first, count in _CIRCLED:
            if first <= ord(character) < first + count:
                return ord(character) - first + 1
    if style == "letter":
        return ord(mark[0].lower()) - ord("a") + 1
    return _roman_number(mark) if style == "roman" else None


def _roman_number(mark: str) -> int | None:
    letters = fold(mark).rstrip("、. ")
    if letters and "Ⅰ" <= letters[0] <= "Ⅻ":
        return ord(letters[0]) - ord("Ⅰ") + 1
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters if letter in "IVX"]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True)) or None

"""Chinese and Arabic numerals as numbers: 二十一, 3.5万, 1,200. Only isolated numerals: prose is never rewritten."""

from __future__ import annotations

import re

ARABIC = r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]+"
INTEGER = rf"(?:\d+|{CHINESE})"
"""What may count or order: 3, 十二."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_NUMERAL = re.compile(rf"(?P<arabic>{ARABIC})?(?P<chinese>{CHINESE})?(?P<scales>[万亿]*)")


def value(numeral: str) -> float | None:
    """The number a numeral stands for, 万 and 亿 multiplied out; None where it is none ("" or mixed nonsense)."""
    total = 0.0
    rest = numeral
    while rest:
        found = _NUMERAL.match(rest)
        if not found or not found[0] or (found["arabic"] and found["chinese"]):
            return None
        number = float(found["arabic"].replace(",", "")) if found["arabic"] else _small(found["chinese"])
        for scale in found["scales"]:
            number *= _SCALES[scale]
        total += number
        rest = rest[found.end() :]
    return total if numeral else None


def ordinal(numeral: str) -> int | None:
    """A whole number (第二十一 → 21), None where it is none."""
    number = value(numeral)
    return int(number) if number is not None and number == int(number) else None


def _small(numeral: str | None) -> float:
    """A numeral below 万: 二百零五, 十二, or digit by digit 二〇二一; 1 where there is only a scale (亿)."""
    if not numeral:
        return 1.0
    if not any(char in _UNITS for char in numeral):
        return float("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, None
    for char in numeral:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _DIGITS[char] or None
    return float(total + (digit or 0))

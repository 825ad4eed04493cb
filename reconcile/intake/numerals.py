"""Numbers as list styles write them (十二, 贰, １２, ⑫, xii): Word and web pages name a style and keep the count."""

from __future__ import annotations

_PLACES = ("", "十", "百", "千")
_LEGAL_PLACES = ("", "拾", "佰", "仟")
_COMMON = ("零一二三四五六七八九", _PLACES)
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", _LEGAL_PLACES)
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", _LEGAL_PLACES)

_COUNTING = {
    "chineseCounting": _COMMON,
    "chineseCountingThousand": _COMMON,
    "taiwaneseCounting": _COMMON,
    "taiwaneseCountingThousand": _COMMON,
    "japaneseCounting": _COMMON,
    "japaneseDigitalTenThousand": _COMMON,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": _LEGAL_TRADITIONAL,
    "japaneseLegal": _LEGAL_TRADITIONAL,
}
"""Numerals with places: 十一, 一百零二, 贰拾."""

_DIGITS = {
    "ideographDigital": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "japaneseDigital": "〇一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
"""Numerals digit by digit: 一〇, １２."""

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_SERIES = {
    "decimalEnclosedCircle": _CIRCLES,
    "decimalEnclosedCircleChinese": _CIRCLES,
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
"""Numerals that are a row of characters; past its end the plain number is printed."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(count: int, style: str) -> str:
    """A number as Word's `numFmt` writes it: ``numeral(12, "chineseCounting")`` is 十二; unknown styles are plain."""
    if count < 0:
        return str(count)
    if style in _COUNTING:
        return _with_places(count, *_COUNTING[style])
    if style in _DIGITS:
        return "".join(_DIGITS[style][int(digit)] for digit in str(count))
    if style in _SERIES:
        return _SERIES[style][count - 1] if 1 <= count <= len(_SERIES[style]) else str(count)
    match style:
        case "decimalZero":
            return f"{count:02d}"
        case "upperRoman":
            return _roman(count).upper()
        case "lowerRoman":
            return _roman(count)
        case "upperLetter":
            return _letters(count).upper()
        case "lowerLetter":
            return _letters(count)
        case "none":
            return ""
        case _:
            return str(count)


def _with_places(count: int, digits: str, places: tuple[str, ...]) -> str:
    """十, 十一, 二十, 一百零二; in the legal numerals 壹拾壹. No list of a report reaches ten thousand."""
    if not 0 < count < 10_000:
        return str(count) if count else digits[0]
    words, gap = "", False
    for place in reversed(range(4)):
        if digit := count // 10**place % 10:
            words += ("零" if gap and words else "") + digits[digit] + places[place]
        gap = not digit
    return words[1:] if 10 <= count < 20 and places is _PLACES else words


def _roman(count: int) -> str:
    if count > 4000:
        return str(count)
    words = ""
    for size, letters in _ROMAN:
        words += letters * (count // size)
        count %= size
    return words


def _letters(count: int) -> str:
    """a … z, aa … zz, as Word repeats the letter."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 1 <= count <= 26 * 20 else str(count)

"""Every way Word numbers a list."""

import pytest

from reconcile.intake.numerals import numeral


@pytest.mark.parametrize(
    ("count", "style", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "taiwaneseCountingThousand", "二十"),
        (102, "japaneseCounting", "一百零二"),
        (110, "chineseCounting", "一百一十"),
        (1005, "chineseCounting", "一千零五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographLegalTraditional", "參"),
        (10, "ideographDigital", "一〇"),
        (12, "decimalFullWidth", "１２"),
        (2, "decimalEnclosedCircle", "②"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (3, "decimalEnclosedParen", "⑶"),
        (4, "decimalEnclosedFullstop", "⒋"),
        (5, "ideographEnclosedCircle", "㊄"),
        (1, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (13, "ideographZodiac", "13"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "none", ""),
        (7, "hindiVowels", "7"),
    ],
)
def test_a_number_is_written_as_its_style_says(count: int, style: str, written: str) -> None:
    assert numeral(count, style) == written

"""Numerals as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import numerals


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        *[("3", 3), ("1,200", 1200), ("3.5万", 35000), ("1.2亿", 1.2e8), ("万", 1e4), ("3万5", 30005), ("2万亿", 2e12)],
        *[
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("一百零五", 105),
            ("两千三百", 2300),
            ("三万", 30000),
        ],
        *[("二〇二一", 2021), ("一二", 12), ("两", 2), ("零", 0), ("1亿2000万", 1.2e8)],
    ],
)
def test_numerals_are_read(numeral: str, number: float) -> None:
    assert numerals.value(numeral) == number


@pytest.mark.parametrize("nonsense", ["", "个", "3十", "统一", "1.2.3"])
def test_what_is_no_numeral_is_none(nonsense: str) -> None:
    assert numerals.value(nonsense) is None


def test_half_a_thing_has_no_place_in_an_order() -> None:
    assert numerals.ordinal("二十一") == 21
    assert numerals.ordinal("1.5") is None


@given(st.text(alphabet="零一二两十百千万亿0123456789,.", max_size=12))
def test_any_numeral_is_a_number_or_none(text: str) -> None:
    assert (number := numerals.value(text)) is None or number >= 0

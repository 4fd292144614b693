from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.target.numerals import NUMBER, is_rounded, to_number

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,500", 1500),
        ("12,000,000.5", 12_000_000.5),
        ("10 000", 10_000),
        ("1.00E+03", 1000),
        ("3.5万", 35_000),
        ("0.07万", 700),
        ("3千万", 30_000_000),
        ("1.2亿", 120_000_000),
        ("3万亿", 3e12),
        ("1万5千", 15_000),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("一百零五", 105),
        ("一百二", 120),
        ("一百二十", 120),
        ("三万五", 35_000),
        ("三万五千", 35_000),
        ("三万零五", 30_005),
        ("五千零五十", 5050),
        ("三亿五千万", 350_000_000),
        ("十万亿", 1e13),
        ("三点五", 3.5),
        ("贰拾万", 200_000),
        ("二〇二三", 2023),
        ("10余万", 100_000),
        ("8万多", 80_000),
        ("二十余", 20),
    ],
)
def test_number(text, value):
    assert re.fullmatch(NUMBER, text)
    assert to_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["三五", "一二", "十个", ""])
def test_no_number(text):
    assert to_number(text) is None


@pytest.mark.parametrize(
    ("text", "rounded"), [("10余万", True), ("8万多", True), ("8万", False), ("来", True)]
)
def test_is_rounded(text, rounded):
    assert is_rounded(text) is rounded


def spelled(number: int) -> str:
    """Spell a number below a hundred million the long way."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{spelled(high)}万{gap}{spelled(low) if low else ''}"
    text, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if pending and text else "") + DIGITS[digit] + name
        pending = digit == 0
    return text or "零"


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.integers(0, 99_999_999))
def test_spelled_out_numbers_are_read_back(number):
    assert to_number(spelled(number)) == number

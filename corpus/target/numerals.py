"""Numbers as budget units write them: 1,500 · 3.5万 · 3千万 · 十二 · 两百 · 10余万 · 8万多."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_DIGIT = f"[{''.join(_DIGITS)}]"
# A scale is not part of the number where it begins a unit: 5百分比, 3千米, 20万元.
_SCALE = "(?:[十拾佰仟]|百(?!分)|千(?![米克瓦卡伏升帕])|[万亿](?!元|[美欧港日]元|英镑|人民币))"
_FUZZ = "[多余来]"
_GROUPED = r"[0-9]{1,3}(?:(?:,[0-9]{3}){1,5}|(?: [0-9]{3}){1,5}(?![0-9]))"
_EXPONENT = "(?:[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z]))?"
ARABIC = rf"(?:{_GROUPED}|[0-9]{{1,15}})(?:\.[0-9]{{1,10}})?{_EXPONENT}"
"""Longer runs are identity or account numbers, and a float would lose digits."""
_ARABIC_NUMBER = f"(?:[0-9]{{1,4}}万[0-9]千|{ARABIC})(?:[ ]?{_FUZZ}?{_SCALE}){{0,3}}{_FUZZ}?"
_CHINESE_NUMBER = (
    f"(?:{_DIGIT}|[十拾]|[百千](?=[多余]))(?:{_DIGIT}|{_SCALE}){{0,24}}"
    f"(?:点{_DIGIT}{{1,10}})?{_FUZZ}?{_SCALE}{{0,2}}"
)
NUMBER = f"(?:{_ARABIC_NUMBER}|{_CHINESE_NUMBER})"
"""A number without sign or unit."""

_ROUNDED = re.compile(_FUZZ)
_PARTS = re.compile(rf"({ARABIC})?(.*)", re.DOTALL)


def is_rounded(text: str) -> bool:
    """Tell whether the number is rounded in words: 10余万, 8万多."""
    return _ROUNDED.search(text) is not None


def to_number(text: str) -> float | None:
    """Return the value of a number in digits, in Chinese numerals or in both; None if malformed."""
    match = _PARTS.match(_ROUNDED.sub("", text))
    digits, rest = match.groups() if match else (None, text)
    if digits is not None and rest[:1] == "万" and rest[1:2].isdigit():
        return 10_000 * float(digits) + 1_000 * float(rest[1])  # 1万5千
    if digits is None:
        value = _chinese(rest)
        return None if value is None else float(value)
    return float(Decimal(re.sub("[, ]", "", digits)) * scale_of(rest))


def scale_of(text: str) -> int:
    """Return what 万, 千万, 百 … multiply by; 1 for the empty text."""
    scale = 1
    for char in text:
        scale *= _SCALES.get(char) or _SECTIONS.get(char, 1)
    return scale


def _chinese(text: str) -> Decimal | None:
    """Return the value of Chinese numerals; two digits in a row (三五) are no number."""
    whole, point, fraction = text.partition("点")
    if point:
        decimals = fraction.rstrip("十百千万亿")
        value = _chinese(whole)
        if value is None:
            return None
        places = "".join(str(_DIGITS[char]) for char in decimals)
        return (value + Decimal(f"0.{places}")) * scale_of(fraction[len(decimals) :])
    if not whole:
        return None
    if len(whole) >= 3 and all(char in _DIGITS for char in whole):
        return Decimal("".join(str(_DIGITS[char]) for char in whole))
    return _positional(whole)


def _positional(text: str) -> Decimal | None:
    """Return the value of 三万五千, 一百零五, 十二, 一百二 (120)."""
    total = section = 0
    digit: int | None = None
    scale = 1
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            scale = scale if digit else 1
        elif char in _SCALES:
            scale = _SCALES[char]
            section += (1 if digit is None else digit) * scale
            digit = None
        elif char in _SECTIONS:
            scale = _SECTIONS[char]
            section += digit or 0
            if 0 < total < scale:
                total = (total + section) * scale
            else:
                total += (section or 1) * scale
            section, digit = 0, None
        else:
            return None
    if digit and scale > 10:
        digit *= scale // 10  # 一百二 is 120, 三万五 is 35,000; a 零 before it resets the scale
    return Decimal(total + section + (digit or 0))

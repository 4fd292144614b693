"""Amounts and scores as forms write them: 854.00, 1,200万元, 98.5%, 10分, —."""

from __future__ import annotations

import re
import unicodedata

from corpus.records import bounded

_FACTORS_WAN = {"亿元": 1e4, "亿": 1e4, "万元": 1.0, "万": 1.0, "元": 1e-4}
_NUMBER = re.compile(
    r"^(?:人民币|约|¥|￥)?([+-]?\d+(?:\.\d+)?)(亿元|亿|万元|万|元)?(?:整|人民币)?$"
)
_SCORE = re.compile(r"^([+-]?\d+(?:\.\d+)?)(?:分|%)?$")
_UNIT = re.compile(
    r"[(]?(?:单位|金额单位|计量单位)[:：]?(?:人民币)?(亿元|万元|元)|[(](?:人民币)?(亿元|万元|元)[)]"
)
_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "*", "**", "/元", "/万元", "万元", "元"}
)


def fold_number(text: str) -> str:
    """Return a number cell without spaces, thousands separators and width differences."""
    return re.sub(r"[,\s，]", "", unicodedata.normalize("NFKC", text))


def is_nothing(text: str) -> bool:
    """Return whether a number cell says that there is no number (—, /, 无)."""
    return fold_number(text) in _NOTHING


def amount_wan(text: str, factor: float = 1.0) -> float | None:
    """Return an amount in 万元, None for a blank.

    `factor` converts a bare number of the form's own unit; a unit written in the cell wins.
    Raises `ValueError` for text that is no amount.
    """
    folded = fold_number(text)
    if folded in _NOTHING:
        return None
    match = _NUMBER.match(folded)
    if match is None:
        raise ValueError(f"“{text.strip()}”不是金额")
    return bounded(round(float(match[1]) * _FACTORS_WAN.get(match[2], factor), 8))


def plain_number(text: str) -> float | None:
    """Return a weight, score or rate (10分, 98.5%), None for a blank; raises `ValueError`."""
    folded = fold_number(text)
    if folded in _NOTHING:
        return None
    match = _SCORE.match(folded)
    if match is None:
        raise ValueError(f"“{text.strip()}”不是数字")
    return bounded(float(match[1]))


def unit_factor(text: str) -> float | None:
    """Return what turns amounts into 万元 when a label names their unit, else None."""
    match = _UNIT.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return _FACTORS_WAN[match[1] or match[2]] if match else None

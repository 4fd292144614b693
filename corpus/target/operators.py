"""Comparison signs and words before and after a number.

Redundant pairs (不低于90%以上) keep the one in front; “达到”, “达” and “=” are one operator.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.records import Operator

_BEFORE: dict[Operator, str] = {
    "≥": "不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 未低于 不下于 不早于 至少 最少 最低 "
    "起码 大于等于 大于或等于 高于或等于 高于等于 等于或大于 达到或超过 达到或优于 达到或高于",
    ">": "大于 高于 超过 超出 多于 优于 突破",
    "≤": "不超过 不高于 不大于 不多于 不超出 不超 不得超过 不得高于 不得超出 不能超过 未超过 不突破 "
    "未突破 控制在 控制到 控制为 控制于 限制在 压缩在 压缩到 小于等于 小于或等于 低于或等于 低于等于 "
    "等于或小于 最高 最多 至多 不晚于 不迟于 最迟",
    "<": "小于 低于 少于 不足 不到 早于",
    "=": "等于 达到 达",
    "≈": "大约 约为 约 大概 将近 接近",
}
_ADJACENT: dict[str, Operator] = {"超": ">", "近": "≈"}
_WORDS = {word: operator for operator, words in _BEFORE.items() for word in words.split()}
_SIGNS = r"(?:[≥≧⩾≮≤≦⩽≯<>=≈%±]|&[gl][et];)(?: ?(?:[≥≧⩾≤≦⩽<>=±]|&[gl][et];)){0,2}"
_PATTERN = re.compile(
    "|".join(sorted(_WORDS, key=len, reverse=True)) + f"|{_SIGNS}|[超近](?=\\W*$)"
)
_AFTER = re.compile(
    r" ?(?:(?P<up>(?:\(含\))?[及或含]?(?:其)?以上|之上|\+)|"
    r"(?P<down>(?:\(含\))?[及或含]?以下|之下|以内|之内|范围内|内(?![容部涵外蒙科地陆])|为限|封顶)|"
    r"(?P<about>左右|上下))(?: ?\([^()]{0,6}含[^()]{0,4}\))?"
)
_FAR_AFTER = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?<!级)(?:(?P<up>以上)|(?P<down>以下|以内))(?![级区])"
)
MAX_GAP = 12
"""Characters that may stand between a comparison word and its number: 不少于项目区的30%."""


class Sign(NamedTuple):
    """A comparison sign or word and where it stands."""

    operator: Operator | None
    """None for ±, which makes a range."""
    start: int
    end: int


def sign_before(text: str, start: int, end: int) -> Sign | None:
    """Return the last comparison sign or word in a stretch of folded text before a number."""
    found = None
    for match in _PATTERN.finditer(text, start, end):
        if end - match.end() <= MAX_GAP:
            found = match
    if found is None:
        return None
    return Sign(operator_of(found.group()), found.start(), found.end())


def operator_of(sign: str) -> Operator | None:
    """Return the operator that a sign or word stands for; junk such as %= is read as =."""
    if word := _WORDS.get(sign) or _ADJACENT.get(sign):
        return word
    sign = sign.replace("&ge;", "≥").replace("&le;", "≤").replace("&gt;", ">").replace("&lt;", "<")
    if any(char in sign for char in "≥≧⩾≮") or (">" in sign and "=" in sign):
        return "≥"
    if any(char in sign for char in "≤≦⩽≯") or ("<" in sign and "=" in sign):
        return "≤"
    for plain in (">", "<", "≈", "="):
        if plain in sign:
            return plain  # type: ignore[return-value]
    return None


def sign_after(text: str, start: int) -> Sign | None:
    """Return the comparison word after a number and its unit: 以上, 以内, 左右."""
    match = _AFTER.match(text, start) or _FAR_AFTER.match(text, start)
    if match is None:
        return None
    operators: dict[str | None, Operator] = {"up": "≥", "down": "≤", "about": "≈"}
    return Sign(operators[match.lastgroup], match.start(), match.end())

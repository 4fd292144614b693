"""Comparison signs and words before and after a number.

Words are listed in `corpus/lexicon/comparison_words.csv`; an “adjacent” one must touch its number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from corpus.records import Operator
from corpus.target.lexicon import alternatives, read_table

MAX_GAP = 12
"""Characters that may stand between a comparison word and its number: 不少于项目区的30%."""
_ONE_SIGN = "[≥≧⩾≮≤≦⩽≯<>〈〉=≈%±]|&[gl][et];"
_STAND_INS = {"&ge;": "≥", "&le;": "≤", "&gt;": ">", "&lt;": "<", "〈": "<", "〉": ">"}
_NOT_INSIDE = r"(?<!内)|(?<=内)(?![容部涵外蒙科地陆])"
"""内 bounds a number (30日内) unless it begins a word such as 内容."""
_INCLUDED = r"(?: ?\([^()]{0,6}含[^()]{0,4}\))?"
_FLIPPED = "(?P<flipped>[≤≦<]=?)(?=[^0-9]{1,12}[≤≦<])"
"""The first sign of 5%≤逾期率≤10%."""
_FAR = re.compile(r"[\u4e00-\u9fff]{1,4}?(?<!级)(?P<word>以上|以下|以内)(?![级区])")
"""The word after what is counted: 10个项目以上."""


class Sign(NamedTuple):
    """A comparison sign or word and where it stands."""

    operator: Operator | None
    """None for ±, which makes a range."""
    start: int
    end: int


class _Grammar(NamedTuple):
    """Comparison words with their operators, and the patterns that find them."""

    operators: dict[str, Operator]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    """Read the comparison words."""
    rows = read_table("comparison_words.csv")
    words = {
        place: alternatives([row["word"] for row in rows if row["place"] == place])
        for place in ("before", "adjacent", "after")
    }
    before = f"{words['before']}|(?:{_ONE_SIGN})(?: ?(?:{_ONE_SIGN})){{0,2}}"
    return _Grammar(
        {row["word"]: cast(Operator, row["operator"]) for row in rows},
        re.compile(rf"{before}|(?:{words['adjacent']})(?=\W*$)"),
        re.compile(
            rf" ?(?:\(含\))?(?:(?P<word>{words['after']})(?:{_NOT_INSIDE})|{_FLIPPED}){_INCLUDED}"
        ),
    )


def sign_before(text: str, start: int, end: int) -> Sign | None:
    """Return the last comparison sign or word in a stretch of folded text before a number."""
    found = None
    for match in _grammar().before.finditer(text, start, end):
        if end - match.end() <= MAX_GAP:
            found = match
    if found is None:
        return None
    return Sign(operator_of(found.group()), found.start(), found.end())


def operator_of(sign: str) -> Operator | None:
    """Return the operator that a sign or word stands for; junk such as %= is read as =."""
    if word := _grammar().operators.get(sign):
        return word
    for stand_in, char in _STAND_INS.items():
        sign = sign.replace(stand_in, char)
    if any(char in sign for char in "≥≧⩾≮") or (">" in sign and "=" in sign):
        return "≥"
    if any(char in sign for char in "≤≦⩽≯") or ("<" in sign and "=" in sign):
        return "≤"
    return cast("Operator | None", next((plain for plain in "><≈=" if plain in sign), None))


def sign_after(text: str, start: int) -> Sign | None:
    """Return the comparison word after a number and its unit: 以上, 以内, 左右."""
    match = _grammar().after.match(text, start) or _FAR.match(text, start)
    if match is None:
        return None
    operator = operator_of(match["word"]) if match["word"] else "≥"
    return Sign(operator, match.start(), match.end())

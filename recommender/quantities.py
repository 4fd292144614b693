"""Finds the quantities of a phrase that count something: no money, rates, times or phases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.target.numerals import NUMBER, to_number
from corpus.target.units import UnitMatch, is_money, match_unit, simple_unit

_NUMBER = re.compile(rf"(?<![A-Za-z0-9.第〔\[]){NUMBER}")
ARABIC = re.compile(r"\d")
_CLOCK = frozenset({"时间", "工作日", "比例", "百分点", "级", "分", "年一遇", "温度", "比值", "倍"})
_PHASES = frozenset({"轴", "期", "批", "届", "轮", "家", "类", "剂", "剂次"})
"""Units that, after a Chinese numeral, mostly name a phase or idiom and count nothing."""
_PIECE = re.compile(r"个(?=人(?:民|工|大|社|才|防|力))")
_OPEN = re.compile(r"(?:开放|供餐|开馆|播出)(?:时间|天数)?(?:不少于|不低于|达到?|至少|为)?$")


def quantities_in(text: str) -> Iterator[tuple[int, str, UnitMatch]]:
    """Yield place, number as written and unit of each countable quantity."""
    for match in _NUMBER.finditer(text):
        unit = _unit_at(text, match.end())
        if unit is None or is_money(unit.name) or "/" in unit.name:
            continue
        known = simple_unit(unit.name.partition("(")[0])
        if known is None or (known.dimension in _CLOCK and not _is_open(text, match, known.name)):
            continue
        spelled = ARABIC.search(match.group()) is None
        value = to_number(match.group()) or 0
        counts = value > 1 or (value == 1 and not spelled)
        if counts and not (spelled and known.name in _PHASES):
            yield match.start(), match.group(), unit


def _unit_at(text: str, place: int) -> UnitMatch | None:
    """Return the unit at a place of a text: 30个人民调解委员会 counts in 个, not in 个人."""
    found = _PIECE.match(text, place)
    return UnitMatch("个", 1, found.end()) if found else match_unit(text, place)


def _is_open(text: str, number: re.Match[str], unit: str) -> bool:
    """Tell whether days are counted on which something is open: 免费开放330天."""
    return unit == "天" and _OPEN.search(text[: number.start()]) is not None

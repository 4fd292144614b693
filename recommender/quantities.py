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
_SIZED = re.compile(
    r"[一-龥]{0,6}?[A-Za-z]{0,6}[一-龥]{0,8}?(?<![的和与及并共])\s*(?:\d+|[两三四五六七八九十]+)(?:[台辆艘部套架座口片扇株](?!次)|公里)"
)
"""A thing with its count, before which a size only tells which one: 12.5米公交车20辆."""
_SIZES = frozenset({"米", "厘米", "毫米", "吨", "公斤", "升", "层", "人", "千瓦"})
_LARGEST = 1000
"""Size up to which a number before a thing tells its kind: 500吨冷库3座."""
_VOLTAGE = "电压"
_SECOND = "二"
"""A numeral that puts in order and never counts, which 两 does: 二次供水, 二类疫苗."""
_SIDES = "制"
"""Behind the players of a side: 7人制足球场."""
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
        if match.group() == _SECOND or known.dimension == _VOLTAGE or _is_size(match, unit, text):
            continue
        spelled = ARABIC.search(match.group()) is None
        value = to_number(match.group()) or 0
        if match.group() == "二" and known.name == "次":
            continue
        counts = value > 1 or (value == 1 and not spelled)
        if counts and not (spelled and known.name in _PHASES):
            yield match.start(), match.group(), unit


def scaled(number: str, unit: UnitMatch) -> str:
    """Return a number as written with the 万 that belongs to its unit: 8 of 8万人 → 8万."""
    return f"{number}万" if unit.scale == 10**4 else number


def _unit_at(text: str, place: int) -> UnitMatch | None:
    """Return the unit at a place of a text: 30个人民调解委员会 counts in 个, not in 个人."""
    found = _PIECE.match(text, place)
    return UnitMatch("个", 1, found.end()) if found else match_unit(text, place)


def _is_size(number: re.Match[str], unit: UnitMatch, text: str) -> bool:
    """Tell whether a quantity is the size of a thing that is counted behind it: 8吨洒水车6辆."""
    if unit.name not in _SIZES or ARABIC.search(number.group()) is None:
        return False
    if unit.name == "人":
        return text.startswith(_SIDES, unit.end)
    small = unit.scale == 1 and (to_number(number.group()) or 0) <= _LARGEST
    return small and _SIZED.match(text, unit.end) is not None


def _is_open(text: str, number: re.Match[str], unit: str) -> bool:
    """Tell whether days are counted on which something is open: 免费开放330天."""
    return unit == "天" and _OPEN.search(text[: number.start()]) is not None

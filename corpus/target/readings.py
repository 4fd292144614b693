"""Quantities of a folded cell: number, sign, unit, range, and what they are counted per."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from corpus.target.lexicon import alternatives, read_words
from corpus.target.numerals import NUMBER, is_rounded, scale_of, to_number
from corpus.target.operators import Sign, sign_after, sign_before
from corpus.target.reading import Reading
from corpus.target.special import find_special, read_special
from corpus.target.units import (
    UnitMatch,
    comparable,
    is_money,
    join_units,
    match_unit,
    read_denominator,
    simple_unit,
)

MAX_READINGS = 64
"""Longer lists than this are no target; the rest of the cell is not read."""

_NUMBER = re.compile(rf"(?P<minus>(?<![0-9\u4e00-\u9fff%)])[-−–] ?)?(?P<number>{NUMBER})")
_CHINESE = re.compile("[^0-9]")
_RARELY_COUNT = frozenset(
    ("级", "线", "基", "站", "对", "口", "道", "门", "首", "系列", "类", "部")
)
"""Behind one Chinese numeral these name a grade or make a word: 一线, 一对, 三类."""
_GRADES = frozenset({"级", "类"})
_MAKES_A_WORD = re.compile("[性化体式流致般旦定切]")
_ONE_EACH = re.compile("一[年月周天](?=[0-9一二两三四五六七八九十不至≥])")
"""一年12期 counts per year."""
_RANGE = re.compile(
    r" ?(?:\([^()]{0,2}含\))?(?:[-–—―~]{1,2}|至|到) ?(?=[0-9〇零一二三四五六七八九十两])"
)
_BETWEEN = re.compile(r" ?[和与、] ?(?=[^,。;]{1,12}之间)")
_CLOSES = re.compile(r" ?(?:之间|区间|范围)")
_EVERY = re.compile(
    "每(?:个|名|位|一)?(?![个年]月?度?均)|(?<![第近前每统])一(?=[年月周天](?:$|[不至≥]))"
    "|(?=[人户亩年月日生]均)"
)
_CLAUSE = re.compile("[,。!?、\n:]|(?<!&[gl][et]);")
_BRACKET = re.compile(r"\(([^()0-9]{1,8})\)")
_NO_UNIT = "以|前|后|左右|上下|达标|覆盖|完成|到位|合格|及时|之间|年度|月份|[号岁级多余来半]"


@cache
def _plausible() -> re.Pattern[str]:
    """Return the pattern of what may stand before Chinese numerals that count."""
    leads = alternatives(read_words("count_leads.txt"))
    return re.compile(rf"(?:^|[,。;!?:、\n( ≥≤<>=≧≦约]|每.|{leads})$")


@cache
def _unknown_unit() -> re.Pattern[str]:
    """Return the pattern of a short unknown word that ends a cell: 5垛."""
    excluded = f"{_NO_UNIT}|{alternatives(read_words('incidents.txt'))}"
    return re.compile(rf" ?(?!{excluded})([\u4e00-\u9fff]{{1,2}})(?=[,。; ]*$|以[上下内])")


def find_readings(text: str) -> list[Reading]:
    """Return the quantities of a masked, folded text in order."""
    found: list[Reading] = []
    position = 0
    while len(found) < MAX_READINGS and (match := _next(text, position)) is not None:
        floor = found[-1].end if found else 0
        position = match.end()
        reading = _plain(text, match, floor) if match.re is _NUMBER else read_special(match)
        if reading is None:
            continue
        reading = _with_signs(text, reading, floor)
        if found:
            reading = _in_list(text, found[-1], reading)
        position = reading.end
        found.append(reading)
    return found


def _next(text: str, position: int) -> re.Match[str] | None:
    """Return the next number or special form, the latter where both begin together."""
    plain = _NUMBER.search(text, position)
    end = len(text) if plain is None else min(len(text), plain.end() + 24)
    special = find_special(text, position, end)
    return special if special and (plain is None or special.start() <= plain.start()) else plain


def _plain(text: str, match: re.Match[str], floor: int) -> Reading | None:
    """Read a number with its unit and, if it is the first of a range, the second number."""
    number = match["number"]
    value = to_number(number)
    if value is None:
        return None
    unit = _unit_at(text, match.end())
    if _CHINESE.match(number):
        counted = unit or _unit_of_range(text, match.end())  # 三至五年
        if not _is_count(text, match, counted, floor):
            return None
    reading = Reading(
        match.start() if match["minus"] else match.start("number"),
        unit.end if unit else match.end(),
        value * (-1 if match["minus"] else 1) * (unit.scale if unit else 1),
        operator="≈" if is_rounded(number) else None,
        unit=unit.name if unit else None,
        scaled=number[-1] in "万亿" or bool(unit and unit.scale > 1),
    )
    return _range(text, reading)


def _unit_at(text: str, end: int) -> UnitMatch | None:
    """Return the unit that follows a number, also in brackets; an unknown word only at the end."""
    place = end + 1 if text.startswith(" ", end) else end
    unit = match_unit(text, place)
    if unit is not None:
        return unit
    if bracket := _BRACKET.match(text, place):
        unit = match_unit(bracket.group(1), 0)
        whole = unit is not None and unit.end == len(bracket.group(1))
        return unit._replace(end=bracket.end()) if unit and whole else None
    unknown = _unknown_unit().match(text, end)
    return UnitMatch(unknown.group(1), 1, unknown.end()) if unknown else None


def _is_count(text: str, match: re.Match[str], unit: UnitMatch | None, floor: int) -> bool:
    """Tell whether Chinese numerals count something here: 培训十二人, but not 统一 or 一致."""
    start = match.start("number")
    if unit is None or _MAKES_A_WORD.match(text, unit.end) or _ONE_EACH.match(text, start):
        return False
    if unit.name in _RARELY_COUNT and match["number"] in "一二两三四五六七八九":
        return start == 0 and unit.end >= len(text.rstrip()) and unit.name not in _GRADES
    return _plausible().search(text[max(floor, start - 12) : start]) is not None


def _unit_of_range(text: str, end: int) -> UnitMatch | None:
    """Return the unit behind the second number of a range."""
    separator = _RANGE.match(text, end)
    second = _NUMBER.match(text, separator.end()) if separator else None
    return _unit_at(text, second.end()) if second else None


def _range(text: str, reading: Reading) -> Reading:
    """Return the range that begins with a reading, or the reading itself."""
    separator = _RANGE.match(text, reading.end) or _BETWEEN.match(text, reading.end)
    match = _NUMBER.match(text, separator.end()) if separator else None
    high = to_number(match["number"]) if match else None
    if match is None or high is None:
        return reading
    unit = _unit_at(text, match.end())
    if reading.unit and not (unit and comparable(reading.unit, unit.name)):
        return reading
    low = reading.value if reading.unit else _low_end(reading, match["number"], unit)
    high *= unit.scale if unit else 1
    end = unit.end if unit else match.end()
    closing = _CLOSES.match(text, end)
    return replace(
        reading,
        end=closing.end() if closing else end,
        value=min(low, high),
        high=max(low, high),
        unit=unit.name if unit else reading.unit,
    )


def _low_end(reading: Reading, high: str, unit: UnitMatch | None) -> float:
    """Return the first number of a range in the unit and scale that only the second one names."""
    low = reading.value * (unit.scale if unit else 1)
    if reading.scaled and unit is not None and is_money(unit.name):
        money = simple_unit(unit.name)
        return low / float(money.factor) if money else low  # 3万-5万元
    if not reading.scaled and high[-1] in "万亿":
        return low * scale_of(high[-1])  # 3-5万亩
    return low


def _in_list(text: str, previous: Reading, reading: Reading) -> Reading:
    """Return the reading counted per the same as the one before: 每生3000元、2000元."""
    if reading.unit is None or text[previous.end : reading.start].strip() not in {"、", ",", "/"}:
        return reading
    numerator, slash, _ = (previous.unit or "").partition("/")
    return replace(reading, unit=previous.unit) if slash and numerator == reading.unit else reading


def _with_signs(text: str, reading: Reading, floor: int) -> Reading:
    """Return the reading with its operator, its “every …” and the stretch they all cover."""
    clause = max(floor, reading.start - 24)
    for separator in _CLAUSE.finditer(text, clause, reading.start):
        clause = separator.end()
    before = sign_before(text, clause, reading.start)
    after = sign_after(text, reading.end)
    signed = _apply(text, reading, before, after)
    per, start = _per(text, clause, reading.start)
    if after is not None and (late := match_unit(text, after.end)) and late.name.startswith("/"):
        per += late.name[1:].split("·")  # 12次以上/年
        signed = replace(signed, end=late.end)
    if not per:
        return signed
    numerator, _, rest = (reading.unit or "").partition("/")
    per += rest.split("·") if rest else []
    return replace(signed, unit=join_units(numerator, per), start=min(start, signed.start))


def _apply(text: str, reading: Reading, before: Sign | None, after: Sign | None) -> Reading:
    """Return the reading with the operator its signs give it; a bound in front wins."""
    operator, start, end = reading.operator, reading.start, reading.end
    if after is not None:
        operator, end = after.operator, after.end
    if before is not None:
        start = before.start
        if before.operator not in {"=", "≈"} or after is None:
            operator = before.operator or operator
        if "±" in text[before.start : before.end]:
            low, high = sorted((-reading.value, reading.value))
            return replace(reading, start=start, end=end, value=low, high=high, operator=None)
    elif text[start - 1 : start] in {"¥", "￥"}:
        start -= 1
    if reading.high is not None and operator != "≈":
        operator = None
    return replace(reading, operator=operator, start=start, end=end)


def _per(text: str, clause: int, end: int) -> tuple[list[str], int]:
    """Return what a quantity is counted per (每生每年3000元, 一年12期) and where that begins."""
    names: list[str] = []
    start = end
    for every in _EVERY.finditer(text, clause, end):
        found = read_denominator(text, every.end())
        if found is not None and found[1] <= end:
            names += found[0]
            start = min(start, every.start())
    return names, start

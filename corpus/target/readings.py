"""Quantities of a folded cell: number, sign, unit, range, and the “every …” they are counted per."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.records import Operator
from corpus.target.numerals import NUMBER, is_rounded, scale_of, to_number
from corpus.target.operators import Sign, sign_after, sign_before
from corpus.target.units import UnitMatch, comparable, join_units, match_unit, read_denominator

MAX_READINGS = 64
"""Longer lists than this are no target; the rest of the cell is not read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity found in a folded text."""

    start: int
    end: int
    value: float
    high: float | None = None
    operator: Operator | None = None
    unit: str | None = None
    scaled: bool = False
    """Whether the cell wrote 万 or 亿 that was multiplied out."""


_SPECIAL = re.compile(
    rf"(?P<percent>(?P<base>[百千万]) ?分之 ?(?P<share>{NUMBER}|百)|百分百)"
    rf"|(?P<days>[57]) ?[x×*X] ?(?P<hours>[0-9]{{1,2}})(?: ?(?:小时|h)(?!/))?"
    rf"|(?P<whole>[二三四五六七八九十]|[2-9])分之(?P<part>[一二三四五六七八九]|[1-9])"
    rf"|(?P<tenths>[一二三四五六七八九]|[1-9])成(?P<half>半)?(?![立为效果功员都绩交本长就型像品套])"
    rf"|(?P<left>{NUMBER}) ?: ?(?P<right>{NUMBER})"
)
_NUMBER = re.compile(rf"(?P<minus>(?<![0-9\u4e00-\u9fff%)])[-−–] ?)?(?P<number>{NUMBER})")
_CHINESE = re.compile("^[^0-9]")
_PLAUSIBLE = re.compile(
    r"(?:^|[,。;!?:、\n( ]|完成|开展|举办|组织|召开|培训|新建|建成|建设|改造|购置|采购|印发|发放|覆盖|共|共计|合计|总计|达|到"
    r"|于|过|少|安排|聘用|配备|设立|创建|打造|形成|编制|出版|发表|申请|获得|提供|补助|支持|实施|维修|修缮|检查|巡查|演练"
    r"|宣传|处置|整改|安装|更换|有|为|各|年|度|每.|[≥≤<>=≧≦约])$"
)
_NO_COUNT = frozenset(
    {"级", "线", "基", "站", "对", "口", "道", "门", "首", "系列", "类", "部", "分", "把"}
)
_NOT_AFTER = re.compile("[性化体式流致般旦定切]")
_RANGE = re.compile(r" ?(?:[-–—―~]{1,2}|至|到) ?(?=[0-9〇零一二三四五六七八九十两])")
_BETWEEN = re.compile(r" ?[和与、] ?(?=[^,。;]{1,12}之间)")
_CLOSES = re.compile(r" ?(?:之间|区间|范围)")
_EVERY = re.compile(
    "每(?:个|名|位|一)?(?![个年]月?度?均)|(?<![一-鿿])一(?=[年月周天季])|(?=[人户亩年月日生]均)"
)
_CLAUSE = re.compile("[,。;!?、\n:]")
_CURRENCY = re.compile("[¥￥]$|人民币$")
_UNKNOWN_UNIT = re.compile(
    r" ?(?!以|左右|上下|达标|覆盖|完成|到位|合格|及时|之间|年度|月份|号|岁|级|多|余|来)([\u4e00-\u9fff]{1,2})(?=[,。; ]*$|以[上下内])"
)


def find_readings(text: str) -> list[Reading]:
    """Return the quantities of a masked, folded text in order."""
    found: list[Reading] = []
    position = 0
    while len(found) < MAX_READINGS:
        floor = found[-1].end if found else 0
        match = _next(text, position)
        if match is None:
            break
        position = match.end()
        reading = _special(text, match) if match.re is _SPECIAL else _plain(text, match, floor)
        if reading is None:
            continue
        reading = _with_signs(text, reading, floor)
        position = reading.end
        found.append(reading)
    return found


def _next(text: str, position: int) -> re.Match[str] | None:
    """Return the next number, a special form first where both begin together."""
    plain = _NUMBER.search(text, position)
    if plain is None:
        return None
    special = _SPECIAL.search(text, position, min(len(text), plain.end() + 24))
    return special if special and special.start() <= plain.start() else plain


def _special(text: str, match: re.Match[str]) -> Reading | None:
    """Read 百分之九十五, 千分之三, 三分之二, 九成, 7*24小时, 1:3."""
    start, end = match.span()
    if match["percent"]:
        share = 100.0 if match["share"] in {None, "百"} else to_number(match["share"])
        unit = {"千": "‰", "万": "‱"}.get(match["base"] or "", "%")
        return None if share is None else Reading(start, end, share, unit=unit)
    if match["days"]:
        return Reading(start, end, float(match["days"]) * float(match["hours"]), unit="小时")
    if match["whole"]:
        part, whole = to_number(match["part"]), to_number(match["whole"])
        return (
            Reading(start, end, round(100 * part / whole, 4), unit="%") if part and whole else None
        )
    if match["tenths"]:
        tenths = to_number(match["tenths"]) or 0.0
        return Reading(start, end, 10 * tenths + (5 if match["half"] else 0), unit="%")
    left, right = to_number(match["left"]), to_number(match["right"])
    if left is None or not right:
        return None
    return Reading(start, end, round(left / right, 6), unit="比值")


def _plain(text: str, match: re.Match[str], floor: int) -> Reading | None:
    """Read a number with its unit and, if it is the first of a range, the second number."""
    number = match["number"]
    value = to_number(number)
    if value is None:
        return None
    unit = _unit_at(text, match.end())
    chinese = _CHINESE.match(number) is not None
    if chinese and not _is_count(text, match, unit, floor):
        return None
    start = match.start() if match["minus"] else match.start("number")
    value *= (-1 if match["minus"] else 1) * (unit.scale if unit else 1)
    reading = Reading(
        start,
        unit.end if unit else match.end(),
        value,
        operator="≈" if is_rounded(number) else None,
        unit=unit.name if unit else None,
        scaled=number[-1] in "万亿" or bool(unit and unit.scale > 1),
    )
    return _range(text, reading, number)


def _unit_at(text: str, end: int) -> UnitMatch | None:
    """Return the unit that follows a number."""
    place = end + 1 if text.startswith(" ", end) else end
    unit = match_unit(text, place)
    if unit is None and (unknown := _UNKNOWN_UNIT.match(text, end)):
        return UnitMatch(unknown.group(1), 1, unknown.end())
    return unit


def _is_count(text: str, match: re.Match[str], unit: UnitMatch | None, floor: int) -> bool:
    """Tell whether Chinese numerals count something here: 培训十二人, but not 统一 or 一致."""
    if unit is None:
        return False
    if unit.name in _NO_COUNT and len(match["number"]) == 1 and match["number"] != "十":
        return (
            match.start() == 0 and unit.end >= len(text.rstrip()) and unit.name not in {"级", "类"}
        )
    if _NOT_AFTER.match(text, unit.end):
        return False
    return _PLAUSIBLE.search(text[max(floor, match.start() - 12) : match.start()]) is not None


def _range(text: str, reading: Reading, number: str) -> Reading:
    """Return the range that begins with a reading, or the reading itself."""
    separator = _RANGE.match(text, reading.end) or _BETWEEN.match(text, reading.end)
    if separator is None:
        return reading
    match = _NUMBER.match(text, separator.end())
    value = to_number(match["number"]) if match else None
    if match is None or value is None:
        return reading
    unit = _unit_at(text, match.end())
    if reading.unit and not (unit and comparable(reading.unit, unit.name)):
        return reading
    low, high = reading.value, value * (unit.scale if unit else 1)
    if reading.unit is None and unit is not None:
        low *= unit.scale
    if not reading.scaled and (last := match["number"][-1]) in "万亿" and reading.unit is None:
        low *= scale_of(last)
    closing = _CLOSES.match(text, unit.end if unit else match.end())
    return replace(
        reading,
        value=min(low, high),
        high=max(low, high),
        unit=unit.name if unit else reading.unit,
        end=closing.end() if closing else unit.end if unit else match.end(),
    )


def _with_signs(text: str, reading: Reading, floor: int) -> Reading:
    """Return the reading with its operator, its “every …” and the stretch they all cover."""
    clause = max(floor, reading.start - 24)
    for separator in _CLAUSE.finditer(text, clause, reading.start):
        clause = separator.end()
    before = sign_before(text, clause, reading.start)
    after = sign_after(text, reading.end)
    reading = _apply(text, reading, before, after)
    per, start = _per(text, clause, reading.start if before is None else before.start, before)
    if per and "/" not in (reading.unit or ""):
        reading = replace(reading, unit=join_units(reading.unit, per), start=start)
    elif per and reading.unit and reading.unit.startswith("/"):
        reading = replace(
            reading, unit=join_units("", [*per, *reading.unit[1:].split("·")]), start=start
        )
    return reading


def _apply(text: str, reading: Reading, before: Sign | None, after: Sign | None) -> Reading:
    """Return the reading with the operator that its signs give it; the one in front wins."""
    operator, start, end = reading.operator, reading.start, reading.end
    if after is not None:
        operator, end = after.operator, after.end
    if before is not None:
        start = before.start
        plain = before.operator in {"=", "≈"} and after is not None
        operator = operator if plain else before.operator or operator
        if "±" in text[before.start : before.end]:
            return replace(
                reading,
                value=-reading.value,
                high=reading.value,
                operator=None,
                start=start,
                end=end,
            )
    elif _CURRENCY.search(text, 0, start):
        start = start - 1 if text[start - 1] in "¥￥" else start
    if reading.high is not None and operator in {"≤", "≥", "=", "<", ">"}:
        operator = None
    return replace(reading, operator=operator, start=start, end=end)


def _per(text: str, clause: int, start: int, before: Sign | None) -> tuple[list[str], int]:
    """Return what a quantity is counted per (每生每年3000元, 一年12期) and where that begins."""
    names: list[str] = []
    first = start
    for every in _EVERY.finditer(text, clause, before.end + 8 if before else start):
        found = read_denominator(text, every.end())
        if found is None or found[1] > len(text):
            continue
        names += found[0]
        first = min(first, every.start())
    return names, first

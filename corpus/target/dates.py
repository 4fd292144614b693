"""Deadlines and periods: 2023年12月底前 · 6月30日前 · 第二季度 · 1-12月 · 2021年全年."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.records import Operator
from corpus.target.days import TO, Day, Stretch, has_dates, next_stretch
from corpus.target.operators import sign_before

_SUFFIX = re.compile(
    r" ?(?:24[时点] ?)?(?:(?P<until>之前|以前|前(?![一二三四后期往])|截?止)"
    r"|(?P<within>之内|以内|内(?![容部]))|(?P<since>之后|以后|起(?!草)|后(?![续期勤])))"
)
_GAP_WORD = re.compile("[\u4e00-\u9fff]")
"""至少 in 至少全年完成2次 belongs to the number behind the year."""
_UNTIL = re.compile("截[至止]到? ?$")
_SEPARATOR = re.compile(TO)
MAX_DATES = 64
"""Longer lists than this are no target; the rest of the cell is not read."""
_BARE_MONTH = re.compile("[0-9]+ ?月$")
_POINT_NAME = re.compile("时间|时限|日期|期限|时点|节点|及时|进度|年度")
_DURATION_NAME = re.compile("周期|工期|时长|月数|年限")
_BEGINS = re.compile("开工|开始|启动|动工|起始|进场")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A deadline or period found in a folded text."""

    start: int
    end: int
    first: Day
    last: Day
    operator: Operator | None = None
    is_period: bool = False
    is_context: bool = False
    """Whether it merely names the year, as in 全年完成2次, and gives way to a number."""

    @property
    def date(self) -> str:
        """Return the ISO date of the deadline or of the period's end."""
        return self.last.iso()

    @property
    def date_from(self) -> str | None:
        """Return the ISO date of a period's beginning."""
        return self.first.iso() if self.is_period else None


def find_dates(text: str, name: str = "") -> list[DateReading]:
    """Return the dates and periods of a folded text in order, ranges joined."""
    found: list[DateReading] = []
    position = 0
    if not has_dates(text):
        return found
    while len(found) < MAX_DATES and (stretch := next_stretch(text, position)) is not None:
        position = stretch.end
        if _is_duration(text, stretch, name):
            continue
        reading = _with_signs(text, stretch, found[-1].end if found else 0)
        position = reading.end
        if found and _SEPARATOR.fullmatch(text, found[-1].end, reading.start):
            reading = _join(found.pop(), reading)
        found.append(reading)
    return found


def combine_dates(text: str, dates: list[DateReading]) -> DateReading:
    """Return what the dates of one cell say together: the last, begun at a date of 开工."""
    first, last = dates[0], dates[-1]
    if first is not last and _BEGINS.search(text, first.end, first.end + 8):
        return replace(last, first=first.first, is_period=True)
    return last


def _is_duration(text: str, stretch: Stretch, name: str) -> bool:
    """Tell whether a bare “12月” is twelve months: after a sign, or under a duration's name."""
    if not _BARE_MONTH.match(text[stretch.start : stretch.end]) or _SUFFIX.match(text, stretch.end):
        return False
    if _DURATION_NAME.search(name):
        return True
    return _sign_touching(text, stretch.start, 0) is not None and not _POINT_NAME.search(name)


def _sign_touching(text: str, start: int, floor: int) -> tuple[Operator, int] | None:
    """Return the operator that stands directly before a place, and its start."""
    sign = sign_before(text, max(floor, start - 8), start)
    if sign is None or sign.operator is None or text[sign.end : start].strip():
        return None
    return sign.operator, sign.start


def _with_signs(text: str, stretch: Stretch, floor: int) -> DateReading:
    """Return the reading with the sign or word before it and 前, 内, 起 … after it."""
    start, end, first, last, is_period, is_context = stretch
    operator: Operator | None = None
    sign = _sign_touching(text, start, floor)
    if sign and not (is_context and _GAP_WORD.match(text, sign[1])):
        operator, start = sign
    elif until := _UNTIL.search(text, max(floor, start - 4), start):
        operator, start = "≤", until.start()
    suffix = _SUFFIX.match(text, end)
    if suffix is not None:
        end = suffix.end()
        if suffix["since"]:
            operator, last = "≥", first
        elif suffix["until"] or not is_period:
            operator, is_period = operator or "≤", False
    return DateReading(
        start, end, first, last, operator, is_period, is_context and operator is None
    )


def _join(first: DateReading, last: DateReading) -> DateReading:
    """Return the period from one date to another; a year given once holds for both."""
    begin, end = first.first, last.last
    if end.year is None and end.month is not None:
        end = end._replace(year=begin.year)
    if begin.year is None and begin.month is not None:
        begin = begin._replace(year=last.first.year)
    return DateReading(first.start, last.end, begin, end, last.operator, is_period=True)

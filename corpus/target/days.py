"""One date, month, quarter, half-year or year of a text, as its first and last day."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

_CHINESE_DIGITS = {char: str(digit) for digit, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0"
}
_CHINESE_MONTHS = {
    **{char: month for month, char in enumerate("一二三四五六七八九十", start=1)},
    "十一": 11,
    "十二": 12,
    "元": 1,
    "正": 1,
}
_QUARTERS = {char: int(char) for char in "1234"} | {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2}
_COMMON_YEAR = 2023
"""Stands for an unknown year when a month's last day is asked for."""


class Day(NamedTuple):
    """A day whose year, or year and month, may be unknown."""

    year: int | None
    month: int | None
    day: int

    def iso(self) -> str:
        """Return 2023-12-31, --12-31 or ---15."""
        if self.month is None:
            return f"---{self.day:02d}"
        year = "-" if self.year is None else f"{self.year:04d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


class Stretch(NamedTuple):
    """The first and last day of what a text names, and where it stands."""

    start: int
    end: int
    first: Day
    last: Day
    is_period: bool = False
    """Whether it is a stretch of time by itself: a quarter, a half-year, 全年, 1-12月."""
    is_context: bool = False
    """Whether it merely names the year, as in 全年完成2次."""


_YEAR = r"(?:(?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})"
_SHORT_YEAR = r"[1-3][0-9](?=年[01]?[0-9] ?月|年[底末])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_UNSPLIT = r"(?<![0-9.〇零一二三四五六七八九十百])"
_APART = rf"(?<!第){_UNSPLIT}"
TO = r"[ ]?[-–—―~至到]{1,3}[ ]?"
_CLOCK = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_NOT_A_UNIT = r"(?![ ]?(?![前底止至到])[\u4e00-\u9fff%‰])"
_YEAR_MONTH = r"20[0-9]{2}(?:0[1-9]|1[0-2])"
_POINT = re.compile(
    rf"""
    {_APART}(?P<n_year>(?:19|20)[0-9]{{2}})(?P<separator>[-./])(?P<n_month>1[0-2]|0?[1-9])
      (?: (?P=separator)(?P<n_day>{_DAY})(?![0-9%‰]){_CLOCK}
        | (?:(?<=\.[0-9])|(?<=\.[0-9]{{2}}))[-~—至](?P<n_to>1[0-2]|0?[1-9])(?:月|(?![0-9.]))
        | (?![./]?[0-9])(?!-[0-9]{{1,2}}(?![0-9]))(?:[ ]?月|{_NOT_A_UNIT}) )
  | {_APART}(?P<dot_year>[12][0-9]\.)?(?P<dot_month>1[0-2]|0?[1-9])\.(?P<dot_day>{_DAY})
      (?(dot_year)(?![0-9.%‰])|(?=日|之?以?前))
  | {_APART}(?P<compact>{_YEAR_MONTH}(?:0[1-9]|[12][0-9]|3[01]))(?=$|[前止至到~-])
  | {_APART}(?P<begin>{_YEAR_MONTH}){TO}(?P<until>{_YEAR_MONTH})(?![0-9])
  | (?:{_APART}(?P<year>{_YEAR}|{_SHORT_YEAR})[ ]?(?:年度|年)[ ]?|(?:[本当次明]年度?[ ]?)?)
    (?: {_APART}(?P<month>{_MONTH})(?:[ ]?月?{TO}(?P<to_month>{_MONTH}))?[ ]?月份?
        (?: [ ]?(?P<day>{_DAY})[ ]?[日号]
          | (?P<edge>月?底|末|初|[上中下]旬|中(?![小学央]))
          | (?![饼台嫂嘴亮]|[一二两三四1-9][次场期]) )
      | (?P<before>前)?第?{_UNSPLIT}(?P<quarter>[一二三四两1-4])
        (?:{TO}第?(?P<to_quarter>[一二三四1-4]))?[ ]?季度(?P<quarter_edge>末|底)?
      | Q(?P<letter_quarter>[1-4])(?![0-9A-Za-z])
      | (?P<half>[上下])半年 )
  | {_APART}(?P<from_year>(?:19|20)[0-9]{{2}})年?{TO}(?P<to_year>(?:19|20)[0-9]{{2}})
    (?:[ ]?学?年度?|(?=$|[),;]))
  | {_APART}(?P<whole_year>{_YEAR}|{_SHORT_YEAR})[ ]?(?:年度|年)(?!代)[ ]?
    (?P<year_edge>年?[底末初内](?![级心])|全年度?)?
  | (?<![0-9一二两三四五六七八九十半每])(?P<context>全年度?|年度?内|[本当]年度?内?)
  | (?<![0-9一二两三四五六七八九十半每])(?P<bare_edge>年[底末初])
  | (?<![0-9.第])(?P<only_day>{_DAY})[日号](?=之?以?前)
    """,
    re.VERBOSE,
)
_TRIGGER = re.compile(r"[年月日号季前]|Q[1-4]|20[0-9]{2}|[12][0-9]\.[0-9]{1,2}\.")


def has_dates(text: str) -> bool:
    """Tell cheaply whether a text could name a date."""
    return _TRIGGER.search(text) is not None


def next_stretch(text: str, position: int) -> Stretch | None:
    """Return the next date, month, quarter or year at or after a position of folded text."""
    match = _POINT.search(text, position)
    if match is None:
        return None
    first, last, is_period = _read(match)
    is_context = match["context"] is not None or (
        match["whole_year"] is not None and match["year_edge"] in {None, "全年", "全年度"}
    )
    return Stretch(match.start(), match.end(), first, last, is_period, is_context)


def _read(match: re.Match[str]) -> tuple[Day, Day, bool]:
    """Return first day, last day and whether they make a period."""
    if match["n_year"]:
        year, month = int(match["n_year"]), int(match["n_month"])
        if match["n_to"]:
            return *_span(year, month, int(match["n_to"])), True
        return *_month_day(year, month, match["n_day"], None), False
    if match["dot_month"]:
        short_year = _year((match["dot_year"] or "").rstrip("."))
        return *_month_day(short_year, int(match["dot_month"]), match["dot_day"], None), False
    if digits := match["compact"]:
        return *_month_day(int(digits[:4]), int(digits[4:6]), digits[6:], None), False
    if match["begin"]:
        begin, until = (divmod(int(match[name]), 100) for name in ("begin", "until"))
        return Day(*begin, 1), _month_day(*until, None, None)[1], True
    if match["only_day"]:
        day = Day(None, None, int(match["only_day"]))
        return day, day, False
    if match["from_year"]:
        return Day(int(match["from_year"]), 1, 1), Day(int(match["to_year"]), 12, 31), True
    return _in_year(match, _year(match["year"] or match["whole_year"] or ""))


def _in_year(match: re.Match[str], year: int | None) -> tuple[Day, Day, bool]:
    """Read months, quarters, half-years and the year itself."""
    if match["month"]:
        first, last = _month_day(year, _month(match["month"]), match["day"], match["edge"])
        if match["to_month"] is None:
            return first, last, False
        end = _month_day(year, _month(match["to_month"]), match["day"], match["edge"])[1]
        return Day(year, _month(match["month"]), 1), end, True
    if match["half"]:
        return *_span(year, *((1, 6) if match["half"] == "上" else (7, 12))), True
    if quarter := match["quarter"] or match["letter_quarter"]:
        month = 1 if match["before"] else 3 * _QUARTERS[quarter] - 2
        to_month = 3 * _QUARTERS[match["to_quarter"] or quarter]
        return *_span(year, month, to_month), not match["quarter_edge"]
    edge = match["year_edge"] or match["bare_edge"] or match["context"] or ""
    if "初" in edge:
        return *_span(year, 1, 1), False
    return *_span(year, 1, 12), edge in {"全年", "全年度"} or match["context"] is not None


def _month_day(year: int | None, month: int, day: str | None, edge: str | None) -> tuple[Day, Day]:
    """Return the days of a month, or the one day given; a day past the end is the last."""
    end = calendar.monthrange(year or _COMMON_YEAR, month)[1]
    if day is not None:
        only = Day(year, month, min(int(day), end))
        return only, only
    if edge in {"初", "上旬"}:
        return Day(year, month, 1), Day(year, month, 10)
    if edge in {"中", "中旬"}:
        return Day(year, month, 11), Day(year, month, 20 if edge == "中旬" else 15)
    return Day(year, month, 1), Day(year, month, end)


def _span(year: int | None, first: int, last: int) -> tuple[Day, Day]:
    """Return the first and last day of a span of months."""
    end = calendar.monthrange(year or _COMMON_YEAR, last)[1]
    return Day(year, first, 1), Day(year, last, end)


def _month(text: str) -> int:
    """Return the month of 12, 十二, 元."""
    return _CHINESE_MONTHS.get(text) or int(text)


def _year(text: str) -> int | None:
    """Return the year of 2023, 二〇二三 or 23."""
    digits = "".join(_CHINESE_DIGITS.get(char, char) for char in text)
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)

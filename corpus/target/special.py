"""Quantities beyond number and unit: 百分之九十五, 三分之二, 九成, 7*24小时, 1:3."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.records import Operator
from corpus.target.numerals import NUMBER, to_number
from corpus.target.reading import Reading

_FORMS = re.compile(
    rf"""
    (?P<percent>(?P<base>[百千万])[ ]?分之[ ]?(?P<share>{NUMBER}|百)|百分百)
  | (?P<hours>(?P<days>[57])[ ]?[x×*X][ ]?(?P<daily>[0-9]{{1,2}})(?:[ ]?(?:个?小时|h)(?!/))?)
  | (?P<fraction>(?P<whole>[二三四五六七八九十]|[2-9])分之(?P<part>[一二三四五六七八九]|[1-9])
      |(?<![0-9/.])(?P<upper>[1-9])/(?P<lower>[2-9]|10{{1,4}})(?![0-9/.年月]))
  | (?P<tenths>(?P<tenth>[一二三四五六七八九]|[1-9])成
      (?:(?P<plus>半)|(?P<more>[一二三四五六七八九]))?(?![立为效果功员都绩交本长就型像品套]))
  | (?P<half>(?:一半|半数|过半)(?![年天个小])
      |(?<![上下一大多每])半个?(?P<time>年|天|小时|月|学期)(?![初末底]))
  | (?P<rank>(?P<top>前|第)(?P<place>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,2}})[名位](?!次))
  | (?P<ratio>(?P<left>{NUMBER})[ ]?[:∶][ ]?(?P<right>{NUMBER}))
    """,
    re.VERBOSE,
)
_HINT = re.compile("分|[x×*X/:∶成半名位]")


def find_special(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the next special form between two places of folded text."""
    if _HINT.search(text, start, end) is None:
        return None
    return _FORMS.search(text, start, end)


def read_special(match: re.Match[str]) -> Reading | None:
    """Return what a special form says; None if its numbers make no sense."""
    for form, read in _READERS.items():
        if match[form]:
            return read(match)
    return None


def _percent(match: re.Match[str]) -> Reading | None:
    """Read 百分之九十五, 千分之三, 万分之一, 百分百."""
    share = match["share"]
    value = 100.0 if share in {None, "百"} else to_number(share)
    unit = {"千": "‰", "万": "‱"}.get(match["base"] or "", "%")
    return None if value is None else Reading(*match.span(), value, unit=unit)


def _hours(match: re.Match[str]) -> Reading:
    """Read 7*24小时 as the hours of a week."""
    return Reading(*match.span(), float(match["days"]) * float(match["daily"]), unit="小时")


def _fraction(match: re.Match[str]) -> Reading | None:
    """Read 三分之二 and 2/3 as a percentage."""
    part = to_number(match["part"] or match["upper"])
    whole = to_number(match["whole"] or match["lower"])
    if not part or not whole or part >= whole:
        return None
    return Reading(*match.span(), round(100 * part / whole, 4), unit="%")


def _tenths(match: re.Match[str]) -> Reading:
    """Read 九成, 九成半 and 八成五 as a percentage."""
    tenth = to_number(match["tenth"]) or 0.0
    more = 5.0 if match["plus"] else to_number(match["more"] or "") or 0.0
    return Reading(*match.span(), 10 * tenth + more, unit="%")


def _half(match: re.Match[str]) -> Reading:
    """Read 一半 as 50%, 半年 as 0.5 年."""
    if match["time"] is None:
        return Reading(*match.span(), 50.0, unit="%")
    return Reading(*match.span(), 0.5, unit="个月" if match["time"] == "月" else match["time"])


def _ratio(match: re.Match[str]) -> Reading | None:
    """Read 1:3 as its quotient."""
    left, right = to_number(match["left"]), to_number(match["right"])
    if left is None or not right:
        return None
    return Reading(*match.span(), round(left / right, 6), unit="比值")


def _rank(match: re.Match[str]) -> Reading | None:
    """Read 前10名 as a rank of ten or better."""
    place = to_number(match["place"])
    operator: Operator = "≤" if match["top"] == "前" else "="
    if place is None:
        return None
    return Reading(*match.span(), place, operator=operator, unit="名次")


_READERS: dict[str, Callable[[re.Match[str]], Reading | None]] = {
    "percent": _percent,
    "hours": _hours,
    "fraction": _fraction,
    "tenths": _tenths,
    "half": _half,
    "rank": _rank,
    "ratio": _ratio,
}

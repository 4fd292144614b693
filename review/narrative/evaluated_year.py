"""Which year a report evaluates, by every dated place that lets it be told.

A title names the year outright, as do the money and the period of the project. A survey is made in
that year or early in the next, a self-evaluation in the next, and measures are due from then on.
The year that most places allow is the evaluated one; places that only allow an earlier one were
left over from last year's report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report import Report
from corpus.report.sentences import Sentence
from review.wording import shorten

_DATE = re.compile(r"(?<!\d)(?P<year>20\d{2})年(?!以来)(?:度|初|底|末)?(?:(?P<month>\d{1,2})月)?")
_SURVEY = re.compile(r"问卷|调查|测评|回访|走访|访问|电访|扫码|满意")
_PLANNED = re.compile(r"目标|计划|拟|将")
_MADE = re.compile(r"自评|评价组|评价机构|评价工作|绩效评价")
_MONEY = re.compile(
    r"年度?(?:[\u4e00-\u9fff]{0,8}?(?:预算|收到|到账|到位|下达|安排|批复|拨付|支付|支出|列支|使用|核拨)"
    r"|[底末]前?[\u4e00-\u9fff]{0,6}?(?:支|花|用|付))[^。;]{0,24}?\d[\d,.]*[万亿]?元"
)
_PERIOD = re.compile(r"(?:周期|期限|实施期|服务期)[^。;\d]{0,6}$|截[至止]到?$")
_OBJECT = re.compile(r"对[^,。;]{0,14}$")
_OTHER_TIME = re.compile(
    r"上年|去年|同比|比(?!例)|较(?!好|为)|结转|跨年|以前年度|基期|前期|续建|立项|印发|规划|方案|《|〔|合同|质保|尾款|提前下达|年至|年[-—~]"
)
_OF_DATA = re.compile(r"[\d年月日]+[至到—~-][\d年月日]+的(?!时间)")
"""What a self-evaluation looked at, not when it was made: 2023年1月至2月的人次."""
_EARLY = 8
"""The last month in which last year is still evaluated."""
_MOST_OF_MEASURES = 2
_FEWEST = 2
"""Places that must agree on a year before others are called left over."""
_MAX_BACK = 2
"""Years before the evaluated one that may be left over; older dates are history."""


@dataclass(frozen=True)
class Dated:
    """A place with a date and the evaluated years that it allows."""

    span: tuple[int, int]
    year: int
    allowed: frozenset[int]
    quote: str


def left_over(report: Report, title: Dated | None) -> tuple[int, list[Dated]] | None:
    """Return the evaluated year and the places that only allow an earlier one.

    None where too few places are dated to tell. Of years that equally many places allow the later
    one counts: last year's report may be copied, next year's may not.
    """
    places = [*([title] if title else []), *_dated(report)]
    due = _due(report)
    votes = {
        year: sum(year in place.allowed for place in places)
        + min(_MOST_OF_MEASURES, due.count(year + 1))
        for year in {one - 1 for one in due}.union(*(place.allowed for place in places))
    }
    if not votes:
        return None
    evaluated = max(votes, key=lambda year: (votes[year], year))
    if votes[evaluated] < _FEWEST:
        return None
    return evaluated, [place for place in places if _is_stale(place, evaluated)]


def _is_stale(place: Dated, evaluated: int) -> bool:
    return evaluated - _MAX_BACK <= max(place.allowed) < evaluated


def _dated(report: Report) -> Iterator[Dated]:
    """Yield the dated places of the text that say which year is evaluated."""
    for sentence in report.sentences:
        if sentence.in_table or report.is_within(
            sentence.start, "measures", "background", "attachments"
        ):
            continue
        dates = list(_DATE.finditer(sentence.text))
        if len({match["year"] for match in dates}) != 1:
            continue
        allowed = _allowed(report, sentence, dates[0])
        if allowed:
            yield Dated(sentence.span, int(dates[0]["year"]), allowed, shorten(sentence.text))


def _allowed(report: Report, sentence: Sentence, date: re.Match[str]) -> frozenset[int]:
    """Return the evaluated years that a dated sentence allows, none where it does not tell."""
    year = int(date["year"])
    before, around = sentence.text[: date.start()], sentence.text[date.start() :]
    is_evaluation = report.type.genre == "evaluation"
    if date["month"] and _SURVEY.search(sentence.text) and not _PLANNED.search(around):
        is_early = int(date["month"]) <= _EARLY
        if is_evaluation and is_early:
            return frozenset({year - 1})
        return frozenset({year, year - 1}) if is_early else frozenset({year})
    is_work = report.is_within(sentence.start, "organisation") or _MADE.search(sentence.text)
    if date["month"] and is_work and not _PERIOD.search(before):
        is_data = _OF_DATA.match(around) is not None or int(date["month"]) > _EARLY
        return frozenset() if is_data else frozenset({year - 1})
    if _OTHER_TIME.search(sentence.text):
        return frozenset()
    if _PERIOD.search(before) or _MONEY.match(around[4:]):
        return frozenset({year})
    if _OBJECT.search(before) and _MADE.search(around):
        return frozenset({year})
    return frozenset()


def _due(report: Report) -> list[int]:
    """Return the years of dates in the measures."""
    return [
        int(match["year"])
        for sentence in report.sentences
        if report.is_within(sentence.start, "measures")
        for match in _DATE.finditer(sentence.text)
    ]

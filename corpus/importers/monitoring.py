"""Mid-year monitoring tables (绩效运行监控表) told from self-evaluations, with their day."""

from __future__ import annotations

import re
from typing import Any

from corpus.importers.segment import Segment
from corpus.text import normalise

_MONITORING = re.compile(r"监控|跟踪")
_SELF = re.compile(r"自评|绩效评价")
_DAY = re.compile(
    r"(?:截[至止]到?|监控时点|监控日期)[:： ]*((?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|末)?)"
)
_MONTHS = re.compile(r"(?:1|一) ?[月]?[-—–~至到] ?(1[0-2]|[1-9]|十[一二]?|[二三四五六七八九]) ?月")
_HALF = re.compile(r"上半年|1-6月|二季度")
_YEAR = re.compile(r"(20\d{2}) ?年")
_CHINESE = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
_HEADING_ROWS = 3


def read_stage(segment: Segment, title: str) -> dict[str, Any]:
    """Return `stage` and, where the form states it, `as_of` of a monitoring table; else nothing."""
    title = re.sub(r"\s", "", normalise(title))
    if not _MONITORING.search(title) or _SELF.search(title):
        return {}
    return {"stage": "monitoring", "as_of": _day(f"{title} {_headings(segment)}")}


def _headings(segment: Segment) -> str:
    """Return the cells above the indicators and the indicators' own heading, folded."""
    texts = [cell.text for cell in segment.header_cells()]
    last = min(segment.table + _HEADING_ROWS, segment.grid.height)
    texts += [
        cell.text for row in range(segment.table, last) for cell in segment.grid.starting(row)
    ]
    return " ".join(re.sub(r"\s", "", normalise(text[:200])) for text in texts)


def _day(text: str) -> str | None:
    """Return the day in words that the record reads (2024年7月), None where none is stated."""
    year = _YEAR.search(text)
    stated = _DAY.search(text)
    if stated and stated.group(1).startswith("20"):
        return stated.group(1)
    if year is None:
        return None
    if stated:
        return f"{year.group(1)}年{stated.group(1)}"
    months = _MONTHS.search(text)
    if months:
        month = _CHINESE.get(months.group(1)) or int(months.group(1))
        return f"{year.group(1)}年{month}月"
    return f"{year.group(1)}年6月" if _HALF.search(text) else None

"""CR04 correctness.impossible_date — 日期不存在或起止颠倒

反例：
    2023年2月30日前；2024年13月；2024年12月至2024年3月。
正例：
    2024年11月30日前；2024年3月至12月。
理由：
    不存在或前后颠倒的日期无法考核，多为录入错误。
已知局限：
    只写月份的跨年区间（“11月至次年3月”）写明“次年”“翌年”的不提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化、合理可行。
"""

from __future__ import annotations

import calendar
import re

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2}) ?[年./-] ?)?(?P<month>\d{1,2}) ?月份?"
    r"(?: ?(?P<day>\d{1,2}) ?[日号])?(?P<end>[前底末止]|中旬|上旬|下旬)?"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<year>20\d{2})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
_NEXT_YEAR = re.compile(r"次年|翌年|下一?年|跨年")
_LEAP_YEAR = 2024
_MONTHS = 12


def _impossible(match: re.Match[str]) -> bool:
    """Tell whether month or day do not exist; without a year February has 29 days."""
    month = int(match["month"])
    if not 1 <= month <= _MONTHS:
        # “工期 18月” is a duration.
        return any(match.groupdict().get(part) for part in ("year", "day", "end"))
    if match["day"] is None:
        return False
    last = calendar.monthrange(int(match["year"] or _LEAP_YEAR), month)[1]
    return not 1 <= int(match["day"]) <= last


def _check(context: ReviewContext, row: Row) -> Hit | None:
    for pattern in (_DATE, _NUMERIC):
        for match in pattern.finditer(row.target.text):
            if _impossible(match):
                span = row.target.origin(*match.span())
                return hit_row(row, "target", span=span, problem=f"日期“{match.group()}”不存在")
    begin, end = row.parsed.date_from, row.parsed.date
    backwards = begin and end and len(begin) == len(end) and begin > end
    if backwards and not _NEXT_YEAR.search(row.target.text):
        return hit_row(row, "target", problem=f"起止日期“{row.quoted['target']}”前后颠倒")
    return None


RULE = Rule(
    code="CR04",
    name="correctness.impossible_date",
    severity=Severity.ERROR,
    message="指标“{name}”的{problem}，请更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)

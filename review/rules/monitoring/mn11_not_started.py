"""MN11 monitoring.not_started — 时间过半任务还没有开始

反例：
    7月监控时，完成情况写“尚未启动”。
正例：
    写明启动时间、前期工作进展和年内完成的安排。
理由：
    过半未启动的任务年内多难完成，资金将形成结余。
已知局限：
    按计划安排在年底的活动应注明计划时间。
依据：
    财预〔2019〕136号：绩效监控发现偏离的应及时纠正。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import admits_missing
from review.facts.progress import as_of, due_date, time_share
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_HALF = 0.5


def _check(context: ReviewContext, row: Row) -> Hit | None:
    passed = time_share(context)
    if passed is None or passed < _HALF or not admits_missing(row):
        return None
    due, day = due_date(context, row), as_of(context)
    if due is not None and day is not None and due < day:
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请写明启动时间和年内完成的安排；不再实施的申请调减预算。"),
        passed=number(round(100 * passed)),
    )


RULE = Rule(
    code="MN11",
    name="monitoring.not_started",
    severity=Severity.WARNING,
    message="时间已过{passed}%，指标“{name}”的进展为“{actual}”，请说明何时启动、能否年内完成。",
    question="“{name}”为什么还没有开始？前期手续办到哪一步，年内能否完成？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

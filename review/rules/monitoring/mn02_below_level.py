"""MN02 monitoring.below_level — 目前水平明显低于年度目标

反例：
    验收合格率目标≥98%，监控时为82%。
正例：
    写明不达标的批次、原因和整改时限。
理由：
    合格率、满意度等不随时间累积，监控时低于目标说明质量已出问题。
已知局限：
    监控时样本很少的可能波动较大；相差不到10个百分点的不提示。
依据：
    财预〔2019〕136号：绩效监控应分析绩效目标实现程度和偏离原因。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers
from review.facts.progress import is_cumulative, is_limit
from review.facts.values import is_rate
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_GAP = 10.0


def _check(context: ReviewContext, row: Row) -> Hit | None:
    values = comparable_numbers(row)
    if values is None or not is_rate(row.parsed) or is_limit(row) or is_cumulative(row):
        return None
    gap = (row.parsed.value or 0) - ((row.actual.value if row.actual else None) or 0)
    if gap < _GAP:
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请分析原因，写明整改措施和时限。"),
        gap=number(round(gap, 1)),
    )


RULE = Rule(
    code="MN02",
    name="monitoring.below_level",
    severity=Severity.WARNING,
    message="指标“{name}”目前为“{actual}”，比年度目标“{target}”低{gap}个百分点，请分析原因。",
    question="“{name}”低在哪些批次或对象上？采取了什么措施？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

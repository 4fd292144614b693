"""MN03 monitoring.limit_exceeded — 控制类指标已经突破上限

反例：
    安全事故目标≤1起，7月底已发生3起。
正例：
    写明超出的原因、责任和补救措施。
理由：
    上限类指标不会回落，监控时已突破，年度目标已不可能完成。
已知局限：
    平均数、比率类指标全年可能回落，需人工判断。
依据：
    财预〔2019〕136号：绩效监控发现绩效目标执行偏离的，应及时采取分类处置措施。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers, is_missed
from review.facts.progress import is_limit
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if comparable_numbers(row) is None or not is_limit(row) or not is_missed(row):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请说明原因和责任，提出补救措施。"),
    )


RULE = Rule(
    code="MN03",
    name="monitoring.limit_exceeded",
    severity=Severity.ERROR,
    message="指标“{name}”应控制在“{target}”，目前已是“{actual}”，年度目标已经突破，请说明原因和补救措施。",
    question="“{name}”为什么突破上限？已采取哪些补救措施，会不会继续扩大？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)

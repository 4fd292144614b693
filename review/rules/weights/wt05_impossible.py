"""WT05 weights.impossible — 分值为零、负数或超过100

反例：
    某项指标分值为0分或-5分。
正例：
    每项指标分值大于0。
理由：
    零分或负分的指标没有考核意义，超过100分不符合百分制。
已知局限：
    用0分占位的“加分项”也会提示。
依据：
    财预〔2020〕10号：单位自评采用百分制，各指标权重合理分配。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight = row.indicator.weight
    if weight is None or 0 < weight <= 100:
        return None
    return hit_row(row, "weight", weight=number(weight))


RULE = Rule(
    code="WT05",
    name="weights.impossible",
    severity=Severity.ERROR,
    message="指标“{name}”的分值为{weight}分，不在0至100分之间，请更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)

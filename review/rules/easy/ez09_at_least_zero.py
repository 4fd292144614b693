"""EZ09 easy.at_least_zero — “不少于0”的目标没有约束力

反例：
    新增就业岗位 ≥0个。
正例：
    新增就业岗位 ≥35个。
理由：
    任何结果都能满足“不少于0”，等于没有目标。
已知局限：
    越低越好的指标写成“≥0”由比较符号规则提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化、合理可行。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    free = row.parsed.operator == "≥" and row.parsed.value == 0 and row.parsed.kind == "number"
    return hit_row(row, "target") if free else None


RULE = Rule(
    code="EZ09",
    name="easy.at_least_zero",
    severity=Severity.ERROR,
    message="指标“{name}”的目标“{target}”没有约束力，任何结果都能完成，请填写实际目标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.97,
    yields_to=("CR01",),
)

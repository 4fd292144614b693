"""TR04 truth.deduction_unexplained — 扣了分却没有说明原因

反例：
    指标分值5分、得4分，偏差原因栏空白。
正例：
    “因雨季延误，12月中旬完工，较计划推迟20天；下年提前招标。”
理由：
    扣分不写原因，问题无法整改，也不能用于改进管理。
已知局限：
    原因写在报告其他部分的需人工核对；达到目标而得分不足一半的，多为分值按组填写，不判断。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.explaining import explains_elsewhere, has_reason
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.scoring.weighing import bears_group_weight
from review.wording import number, shorten

_ROUNDING = 0.01


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight, score = row.indicator.weight, row.indicator.score
    if weight is None or score is None or score >= weight - _ROUNDING or has_reason(row):
        return None
    if bears_group_weight(row) or explains_elsewhere(context, row):
        return None
    reason = (row.indicator.reason or "").strip()
    return hit_row(
        row,
        "reason",
        suggestion=Suggestion("请填写偏差原因、整改措施和完成时限。"),
        lost=number(round(weight - score, 2)),
        lack=f"偏差原因只写“{shorten(reason)}”，等于没有说明" if reason else "没有填写偏差原因",
    )


RULE = Rule(
    code="TR04",
    name="truth.deduction_unexplained",
    severity=Severity.WARNING,
    message="指标“{name}”扣{lost}分，{lack}，请补充原因和改进措施。",
    question="“{name}”为什么扣{lost}分？问题出在哪个环节，何时整改到位？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)

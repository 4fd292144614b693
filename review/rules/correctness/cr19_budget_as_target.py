"""CR19 correctness.budget_as_target — 把预算金额填作产出或效果的目标值

反例：
    预算850万元，社会效益指标“改善办学条件”的目标值为850万元；数量指标“支持企业”的目标值为“850”。
正例：
    社会效益指标：受益学生 ≥3200人；数量指标：支持企业 ≥26家。
理由：
    目标值等于预算数，只说明钱花完了，没有说明花钱换来了什么，也可能是填串了栏。
已知局限：
    与预算恰好相等的真实数值也会提示；数量指标中的金额由 CR07 提示，成本指标由 EZ03 提示。
依据：
    财预〔2015〕88号：绩效目标是预算资金预期达到的产出和效果，应与资金规模相应匹配。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.money import equals_budget
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_ROUND_BELOW = 100.0
"""A bare number below this may equal the budget by chance."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    budget = context.declaration.budget_wan
    if not budget or not is_number(row.parsed) or row.parsed.parts or row.is_level("成本"):
        return None
    bare = row.parsed.unit is None and budget >= _ROUND_BELOW and row.parsed.value == budget
    if not bare and not equals_budget(row.parsed, budget):
        return None
    return hit_row(
        row,
        "target",
        budget=number(budget),
        suggestion=Suggestion("请改为这笔资金带来的实物工作量或实际效果。"),
    )


RULE = Rule(
    code="CR19",
    name="correctness.budget_as_target",
    severity=Severity.WARNING,
    message="指标“{name}”的目标“{target}”就是项目预算数{budget}万元，没有说明产出或效果，请重新设定。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
    yields_to=("CR07", "EZ03", "CR16"),
)

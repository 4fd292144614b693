"""CO05 coherence.money_over_budget — 指标中的总成本超过项目预算

反例：
    项目预算372.29万元，成本指标“道路交通设施 713万元”。
正例：
    项目总投资713万元，其中本项目安排372.29万元，成本指标写“本年度建设成本 ≤372.29万元”。
理由：
    成本目标高于预算，说明口径不清或资金来源没有落实。
已知局限：
    另有其他资金来源的，请在总体目标或指标说明中写明；单位成本不比较。
依据：
    财预〔2015〕88号：审核绩效目标的适当性，目标与资金规模应相应匹配。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.money import in_wan
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_NOT_OWN = re.compile(r"节约|收入|增收|产值|撬动|带动|社会资本|贷款|融资|配套|自筹|效益|利润|税")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    budget, amount = context.declaration.budget_wan, in_wan(row.parsed)
    if not budget or amount is None or row.parsed.parts:
        return None
    if not row.is_level("成本") or _NOT_OWN.search(row.name.text):
        return None
    if amount <= budget * context.config.cost_tolerance:
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请核对口径：属于本项目的写预算内金额，含其他来源的注明资金构成。"),
        budget=number(budget),
    )


RULE = Rule(
    code="CO05",
    name="coherence.money_over_budget",
    severity=Severity.WARNING,
    message="项目预算为{budget}万元，指标“{name}”的金额却为“{target}”，超出预算，请核对口径和资金来源。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""CP13 completeness.no_budget — 没有填写预算金额

反例：
    申报表的年度资金总额为空或为0。
正例：
    年度资金总额 854万元，其中：财政拨款 854万元。
理由：
    没有资金数额，无法判断目标与资金是否匹配。
已知局限：
    零预算的政策性目标需人工说明；评价报告等摘录材料不提示。
依据：
    财预〔2015〕88号：绩效目标应与计划期内的任务数、资金量相应匹配。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    if not context.is_excerpt and not context.declaration.budget_wan:
        yield Hit(field="budget_wan")


RULE = Rule(
    code="CP13",
    name="completeness.no_budget",
    severity=Severity.WARNING,
    message="未填写预算金额，无法判断目标与资金是否匹配，请补填。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

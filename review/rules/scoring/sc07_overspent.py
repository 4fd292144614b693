"""SC07 scoring.overspent — 执行数超过预算数

反例：
    全年预算1304.23万元，执行2951.55万元。
正例：
    预算数填写调整后预算（含追加和上年结转）。
理由：
    执行数大于调整后预算数，说明口径不一致或超预算支出。
已知局限：
    使用其他资金或上年结余的，应并入预算数口径。
依据：
    财预〔2020〕10号：预算执行率以调整后预算数为基数，应客观真实。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.spending import execution_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    rate = execution_rate(context.declaration)
    if rate is not None and rate > 100 + context.config.rate_tolerance:
        yield Hit(
            field="executed_wan",
            values={
                "budget": number(context.declaration.budget_wan or 0),
                "executed": number(context.declaration.executed_wan or 0),
                "rate": number(round(rate, 2)),
            },
            suggestion=Suggestion("请核对预算数是否为调整后口径，并说明超出部分的资金来源。"),
        )


RULE = Rule(
    code="SC07",
    name="scoring.overspent",
    severity=Severity.ERROR,
    message="全年预算{budget}万元，执行{executed}万元，执行率{rate}%超过100%，请核对口径。",
    question="超出预算的支出用的是哪笔资金？是否履行了预算调整程序？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

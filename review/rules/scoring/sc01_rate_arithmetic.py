"""SC01 scoring.rate_arithmetic — 执行率与预算数、执行数对不上

反例：
    全年预算4753.66万元、执行3824.26万元，执行率应为80.4%，却填100%。
正例：
    执行率填80.45%。
理由：
    执行率可以直接复算，算错或填错会影响得分，也说明自评不严肃。
已知局限：
    分母为调整后预算数；以到位资金为分母的请在表中注明。
依据：
    财预〔2020〕10号：单位自评包括预算执行率，应客观真实反映。
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
    evaluation = context.evaluation
    actual = execution_rate(context.declaration)
    stated = evaluation.execution_rate if evaluation else None
    if stated is None or actual is None:
        return
    # Some forms give the rate as a fraction: 0.9583.
    shown = (
        stated * 100 if 0 < stated <= 1 and actual > 1 + context.config.rate_tolerance else stated
    )
    if abs(shown - actual) > context.config.rate_tolerance:
        yield Hit(
            field="execution_rate",
            values={
                "stated": number(shown),
                "actual": number(round(actual, 2)),
                "budget": number(context.declaration.budget_wan or 0),
                "executed": number(context.declaration.executed_wan or 0),
            },
            suggestion=Suggestion(f"请更正为{number(round(actual, 2))}%，并相应调整得分。"),
        )


RULE = Rule(
    code="SC01",
    name="scoring.rate_arithmetic",
    severity=Severity.ERROR,
    message="预算{budget}万元、执行{executed}万元，执行率应为{actual}%，表中填报{stated}%，请更正。",
    question="执行率{stated}%是按哪个预算数和执行数计算的？请提供调整后预算批复和支付明细。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.95,
)

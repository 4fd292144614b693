"""SC14 scoring.fund_overspent — 某一来源的执行数超过其预算数

反例：
    其他资金预算200万元、执行260万元，总额未超。
正例：
    各来源执行数不超过其调整后预算数。
理由：
    总额不超而单项超支，说明资金混用或口径不一致。
已知局限：
    允许统筹使用的应注明文件依据；总额已超支的由超预算规则提示。
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
from review.wording import number, shorten

_TOLERANCE = 1.01
_FULL = 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation = context.evaluation
    if evaluation is None or (execution_rate(evaluation) or 0) > _FULL * _TOLERANCE:
        return
    for fund in evaluation.funds or ():
        budget, executed = fund.budget_wan, fund.executed_wan
        if budget is None or executed is None or executed <= budget * _TOLERANCE:
            continue
        yield Hit(
            field="funds",
            values={
                "source": shorten(fund.source),
                "budget": number(budget),
                "executed": number(executed),
            },
            suggestion=Suggestion("请说明超出部分的资金来源，或更正填报口径。"),
        )


RULE = Rule(
    code="SC14",
    name="scoring.fund_overspent",
    severity=Severity.WARNING,
    message="“{source}”预算{budget}万元、执行{executed}万元，执行数超过预算数，请说明。",
    question="“{source}”超出的支出用的是哪笔资金，是否有调剂批复？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

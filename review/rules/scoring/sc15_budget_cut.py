"""SC15 scoring.budget_cut — 预算大幅调减后再算执行率

反例：
    年初预算300万元，年底调减为115万元，执行115万元，执行率100%。
正例：
    说明调减的原因和文件，相应调整绩效目标，并报告按年初预算计算的执行率。
理由：
    先把预算调到实际支出数再计算执行率，执行率失去意义，也掩盖预算不准。
已知局限：
    按规定程序调减并同步调整绩效目标的属正常情形，需人工核对。
依据：
    财预〔2020〕10号：预算执行率以调整后预算数为基数；偏差较大的应分析原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.spending import execution_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_CUT, _HIGH, _FULL = 0.3, 90.0, 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation, rate = context.evaluation, execution_rate(context.declaration)
    if evaluation is None or rate is None or rate < _HIGH:
        return
    initial, budget = evaluation.initial_budget_wan, evaluation.budget_wan
    if not initial or not budget or budget > (1 - _CUT) * initial:
        return
    first = _FULL * (evaluation.executed_wan or 0) / initial
    yield Hit(
        field="budget_wan",
        values={
            "initial": number(initial),
            "budget": number(budget),
            "rate": number(round(rate, 1)),
            "first": number(round(first, 1)),
        },
        suggestion=Suggestion("请说明调减原因和批复文件，核对绩效目标是否同步调整。"),
    )


RULE = Rule(
    code="SC15",
    name="scoring.budget_cut",
    severity=Severity.WARNING,
    message="年初预算{initial}万元调减为{budget}万元后执行率为{rate}%，按年初预算只有{first}%，请说明调减原因。",
    question="预算为什么调减、何时批复？任务减少了没有，绩效目标是否同步调整？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

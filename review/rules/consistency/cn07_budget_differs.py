"""CN07 consistency.budget_differs — 自评表的预算数与批复不一致

反例：
    批复预算500万元，自评表年初预算数填400万元。
正例：
    年初预算数与批复一致，调整数另填全年预算数。
理由：
    改小预算数可以抬高执行率，也使产出与资金对不上。
已知局限：
    表中没有年初预算数的用全年预算数比较，追加、调减预算的请注明。
依据：
    财预〔2020〕10号：预算执行率以批复和调整后的预算数为基数。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.declared import declared_for
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_TOLERANCE = 0.02


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation, plan = context.evaluation, declared_for(context.declaration)
    if evaluation is None or plan is None or not plan.budget_wan:
        return
    initial = evaluation.initial_budget_wan
    field = "budget_wan" if initial is None else "initial_budget_wan"
    stated = evaluation.budget_wan if initial is None else initial
    if stated is None or abs(stated - plan.budget_wan) <= _TOLERANCE * plan.budget_wan:
        return
    yield Hit(
        field=field,
        values={
            "label": "全年预算数" if initial is None else "年初预算数",
            "declared": number(plan.budget_wan),
            "stated": number(stated),
        },
        suggestion=Suggestion("请按批复填写年初预算数，有追加、调减的注明文号。"),
    )


RULE = Rule(
    code="CN07",
    name="consistency.budget_differs",
    severity=Severity.WARNING,
    message="批复预算{declared}万元，自评表{label}为{stated}万元，请核对或说明调整情况。",
    question="预算由{declared}万元变为{stated}万元，调整文件是哪一份？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

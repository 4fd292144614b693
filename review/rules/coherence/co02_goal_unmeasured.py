"""CO02 coherence.goal_unmeasured — 总体目标中的任务没有对应指标

反例：
    总体目标写“修建作业道30公里”，指标中没有作业道。
正例：
    数量指标：修建作业道长度 ≥30公里。
理由：
    总体目标承诺的任务没有指标反映，执行时容易落空，评价时无从核对。
已知局限：
    只核对总体目标中带数量的任务；指标换一种说法表述时可能误报。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标应与总体目标相关联并予以细化量化。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.goal import compare_goal
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    if not context.rows or context.is_excerpt:
        return
    for quantity, phrase in compare_goal(context).unmeasured:
        yield Hit(
            field="goal",
            span=context.goal.origin(quantity.start, quantity.end),
            values={"phrase": phrase},
            suggestion=Suggestion(f"请增设反映“{phrase}”的数量指标，或在总体目标中删去。"),
        )


RULE = Rule(
    code="CO02",
    name="coherence.goal_unmeasured",
    severity=Severity.INFO,
    message="总体目标中的“{phrase}”没有指标反映，请增设相应指标。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.75,
)

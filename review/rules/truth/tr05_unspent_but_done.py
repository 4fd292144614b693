"""TR05 truth.unspent_but_done — 资金执行率低，指标却全部完成

反例：
    预算278万元只执行30万元（10.8%），14项产出指标全部完成并得满分。
正例：
    说明尾款结转、招标节约或任务未完成的具体情况，并相应扣分。
理由：
    钱没有花出去而任务全部完成，要么预算测算偏大，要么完成情况不实，或支付严重滞后。
已知局限：
    跨年支付、质保金等合理情形需人工核对；执行率提示线可按地区配置。
依据：
    财预〔2020〕10号：自评应结合预算执行率和指标完成情况，执行率偏低的应说明原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.attainment import is_missed, is_reached
from review.facts.spending import execution_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_MIN_ROWS = 3


def _check(context: ReviewContext) -> Iterator[Hit]:
    rate = execution_rate(context.declaration)
    if rate is None or rate >= context.config.low_execution:
        return
    outputs = [row for row in context.rows_of("产出") if row.actual is not None]
    reached = [row for row in outputs if is_reached(row)]
    if len(reached) < _MIN_ROWS or any(map(is_missed, outputs)) or len(reached) < len(outputs):
        return
    yield Hit(
        field="executed_wan",
        values={"rate": number(round(rate, 1)), "count": len(reached)},
        suggestion=Suggestion("请说明未支出资金的去向，核实产出完成情况，必要时调减下年预算。"),
    )


RULE = Rule(
    code="TR05",
    name="truth.unspent_but_done",
    severity=Severity.WARNING,
    message="预算执行率仅{rate}%，{count}项产出指标却全部填报完成，请说明原因并核实完成情况。",
    question="执行率只有{rate}%，产出怎样全部完成？未支付的款项有哪些，是否已验收、已挂账？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

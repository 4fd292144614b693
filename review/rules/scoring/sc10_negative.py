"""SC10 scoring.negative — 分值、得分或金额为负数

反例：
    得分填“-2”；全年执行数填“-30万元”。
正例：
    得分填“8”，扣分情况写在偏差原因栏。
理由：
    负数多为把扣分填进得分栏或符号录错，汇总后总分、执行率都会出错。
已知局限：
    收回以前年度支出形成负数的，应单独注明。
依据：
    财预〔2020〕10号：自评数据应真实、准确，得分应如实计算。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number, shorten

_AMOUNTS = {
    "budget_wan": "全年预算数",
    "executed_wan": "全年执行数",
    "initial_budget_wan": "年初预算数",
    "execution_score": "执行率得分",
    "execution_weight": "执行率分值",
    "total_score": "总分",
}


def _check(context: ReviewContext) -> Iterator[Hit]:
    advice = Suggestion("请核对原始数据后更正。")
    for field, label in _AMOUNTS.items():
        value = getattr(context.declaration, field, None)
        if value is not None and value < 0:
            values = {"what": label, "value": number(value)}
            yield Hit(field=field, values=values, suggestion=advice)
    for row in context.rows:
        for field, label in (("score", "得分"), ("weight", "分值")):
            value = getattr(row.indicator, field)
            if value is not None and value < 0:
                what = f"指标“{shorten(row.indicator.name)}”的{label}"
                values = {"what": what, "value": number(value)}
                yield Hit(row=row.index, field=field, values=values, suggestion=advice)


RULE = Rule(
    code="SC10",
    name="scoring.negative",
    severity=Severity.ERROR,
    message="{what}填报为{value}，不应是负数，请更正。",
    question="{what}为什么是负数？原始数据是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.95,
)

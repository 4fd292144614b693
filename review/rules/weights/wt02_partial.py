"""WT02 weights.partial — 部分指标没有分值

反例：
    12项指标中只有9项填写了分值。
正例：
    每项三级指标都有分值，合计100分（或扣除执行率后90分）。
理由：
    没有分值的指标不参与计分，等于没有设置。
已知局限：
    分值按组合并填写、组标题没有指标值的不提示；其他合并方式可能误报。
依据：
    财预〔2021〕101号：指标权重应在设置时明确，设立后原则上不作调整。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.weighing import weights
from review.wording import enumerate_names


def _check(context: ReviewContext) -> Iterator[Hit]:
    missing = [row.indicator.name for row in context.rows if row.indicator.weight is None]
    # A row with a weight and no target heads a group that shares the weight.
    headed = any(row.indicator.weight and row.parsed.kind == "blank" for row in context.rows)
    if missing and not headed and weights(context) and not context.is_excerpt:
        yield Hit(
            field="weight",
            values={"count": len(missing), "names": enumerate_names(missing, 3)},
        )


RULE = Rule(
    code="WT02",
    name="weights.partial",
    severity=Severity.WARNING,
    message="{count}项指标没有填写分值（{names}），请补齐。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

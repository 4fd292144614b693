"""SC13 scoring.funds_sum — 各资金来源之和与资金总额不符

反例：
    全年预算总额900万元，财政拨款600万元、其他资金200万元，合计800万元。
正例：
    各来源之和等于总额；上级、本级是财政拨款的明细时不重复相加。
理由：
    总额与明细对不上，执行率的分子分母都不可信。
已知局限：
    只在表中列出两项以上来源时核对；差额不超过0.5%视为四舍五入。
依据：
    财预〔2020〕10号：自评数据应真实、准确、完整。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.funds import COLUMNS, sum_of_sources
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_TOLERANCE, _LEAST_WAN = 0.005, 0.01


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation = context.evaluation
    if evaluation is None:
        return
    for field, label, total_field in COLUMNS:
        total = getattr(evaluation, total_field)
        parts = sum_of_sources(evaluation.funds or (), field, total)
        if total is None or parts is None:
            continue
        if abs(parts - total) <= max(_LEAST_WAN, _TOLERANCE * abs(total)):
            continue
        yield Hit(
            field=total_field,
            values={"label": label, "total": number(total), "parts": number(round(parts, 2))},
            suggestion=Suggestion("请核对指标文件和支付明细，更正总额或各来源金额。"),
        )


RULE = Rule(
    code="SC13",
    name="scoring.funds_sum",
    severity=Severity.ERROR,
    message="{label}总额填报{total}万元，各资金来源合计{parts}万元，相差不符，请核对。",
    question="{label}各来源的金额分别以哪份文件为准？差额属于哪笔资金？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.93,
)

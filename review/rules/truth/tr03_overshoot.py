"""TR03 truth.overshoot — 实际值大幅超过目标而没有说明原因

反例：
    咨询活动目标12次，实际96次，偏差原因空白。
正例：
    说明“因上级新增任务，8月调整计划至90次”，并附调整文件。
理由：
    大幅超额多因年初目标定得偏低，应分析原因，避免以低目标换高分。
已知局限：
    提示线可按地区配置；满意度、合格率等有上限的比率不判断；材料其他部分已说明原因的需人工核对。
依据：
    财预〔2020〕10号：偏离较大的指标应分析原因；年初指标值设定明显偏低造成超额的应适度调整得分。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import overshoot
from review.facts.explaining import has_reason
from review.facts.values import is_rate
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_ROUNDING = 1e-9
_SMALL = 3
"""Counts below this jump by a third with a single case."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    beyond = overshoot(row)
    if beyond is None or beyond < context.config.overshoot - _ROUNDING or has_reason(row):
        return None
    value = row.parsed.value or 0
    if is_rate(row.parsed) and row.actual is not None and (row.actual.value or 0) <= 100:
        return None
    if value < _SMALL and not is_rate(row.parsed):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion(
            "请说明超额原因；年初目标偏低的，应按偏离程度调整得分，并提高下年目标。"
        ),
        beyond=number(round(100 * beyond)),
    )


RULE = Rule(
    code="TR03",
    name="truth.overshoot",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，实际“{actual}”，超出{beyond}%而未说明原因，年初目标可能偏低。",
    question="“{name}”为什么超出目标{beyond}%？年初目标是怎样测算的，上年实际是多少？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

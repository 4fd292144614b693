"""CO14 coherence.goal_rate_apart — 总体目标与指标的比率不一致

反例：
    总体目标写“群众满意度达到95%以上”，指标“群众满意度”却是“≥85%”。
正例：
    总体目标和指标都写“群众满意度≥95%”。
理由：
    同一比率出现两个水平，批复和评价时无法确定以哪个为准；指标低于目标时，完成指标也完不成目标。
已知局限：
    按比率名称和对象的文字判断是否同一事项；同一对象有几项同类比率时不比较。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标应与总体目标相关联并予以细化量化。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.goal_levels import rates_apart
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    for apart in rates_apart(context):
        yield hit_row(
            apart.row,
            "target",
            suggestion=Suggestion("请核实应达到的水平，使总体目标与指标值一致。"),
            stated=apart.stated,
        )


RULE = Rule(
    code="CO14",
    name="coherence.goal_rate_apart",
    severity=Severity.WARNING,
    message="总体目标要达到“{stated}”，指标“{name}”的指标值却是“{target}”，水平前后不一，请核实。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

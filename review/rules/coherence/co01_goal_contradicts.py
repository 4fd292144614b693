"""CO01 coherence.goal_contradicts — 总体目标与指标的数量不一致

反例：
    总体目标写“发放原原种425万粒”，数量指标却是“免费发放原原种 550万粒”。
正例：
    总体目标和数量指标都写“发放原原种550万粒”。
理由：
    同一事项出现两个数量，无法确定任务量，也说明指标与目标没有对应。
已知局限：
    按文字相近程度判断是否同一事项；总体目标写多年总量、指标写当年量时需人工判断。
依据：
    财预〔2015〕88号：审核绩效目标的完整性和相关性，目标应明确清晰，指标应与目标相关联。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.goal import compare_goal
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    for mention in compare_goal(context).contradicted:
        yield hit_row(
            mention.row,
            "target",
            suggestion=Suggestion("请核实任务量，使总体目标、指标值与预算测算保持一致。"),
            stated=mention.quantity.text,
        )


RULE = Rule(
    code="CO01",
    name="coherence.goal_contradicts",
    severity=Severity.WARNING,
    message="总体目标写明“{stated}”，指标“{name}”的目标却是“{target}”，两处不一致，请核实。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

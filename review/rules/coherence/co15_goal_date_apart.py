"""CO15 coherence.goal_date_apart — 总体目标与指标的完成时间不一致

反例：
    总体目标写“2026年10月底前完工”，指标“项目完成时间”却是“2026年12月底前”。
正例：
    总体目标写“10月底前完工”，指标“项目完成时间”写“2026年10月31日前”。
理由：
    完成时间前后不一，指标完成时总体目标已经逾期；年份不同多为照抄往年材料。
已知局限：
    只在总体目标写明一个完成时间时比较；指标早于总体目标、或只说某一阶段的，不提示。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标应与总体目标相关联；目标应与计划期内的任务相匹配。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.goal_levels import dates_apart
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    for apart in dates_apart(context):
        yield hit_row(
            apart.row,
            "target",
            suggestion=Suggestion("请核实计划完成时间，使总体目标与时效指标一致。"),
            stated=apart.stated,
        )


RULE = Rule(
    code="CO15",
    name="coherence.goal_date_apart",
    severity=Severity.WARNING,
    message="总体目标写明“{stated}”完成，指标“{name}”的时间却是“{target}”，两处不一致，请核实。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

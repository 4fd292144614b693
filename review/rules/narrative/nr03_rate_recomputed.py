"""NR03 narrative.rate_recomputed — 正文的比率与正文自己的数据算不拢

反例：
    “全年预算500万元，支出430万元，预算执行率96%。”（应为86%）
正例：
    “全年预算500万元，支出430万元，预算执行率86%。”
理由：
    比率可以直接复算，算错会虚增得分，也说明自评没有核对。
已知局限：
    执行率按预算数、年初预算、到位资金任一口径算得拢即不提示；满意度按有效样本复算。
依据：
    财预〔2020〕10号：预算执行率等定量指标应如实计算，数据真实准确。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.narrative.recomputed_rates import recomputed
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    for claim in recomputed(report, context.declaration.year):
        yield hit_text(
            claim.rate.span,
            advice="请按正文的数据重新计算，并核对有关得分。",
            subject=claim.subject,
            stated=claim.rate.text,
            numerator=claim.numerator.text,
            denominator=claim.denominator.text,
            computed=number(claim.computed),
        )


RULE = Rule(
    code="NR03",
    name="narrative.rate_recomputed",
    severity=Severity.WARNING,
    message="{subject}写{stated}，按正文的{numerator}和{denominator}计算应为{computed}%，请核对。",
    question="{subject}{stated}是怎样计算的？分子、分母各是什么口径？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

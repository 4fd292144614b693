"""CP01 completeness.no_indicators — 没有设置任何绩效指标

反例：
    申报表只填写了项目名称、预算金额和年度总体目标，指标栏全部空白。
正例：
    按成本、产出、效益、满意度分别设置三级指标并逐项填写指标值。
理由：
    没有指标，预算批复后无法监控、自评和评价，属于“三无”项目的情形之一。
已知局限：
    只看提交的指标行，不判断附件中是否另附指标表。
依据：
    财预〔2015〕88号：绩效目标应细化量化，绩效指标是绩效目标的细化和量化描述。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    if not context.rows and not context.is_excerpt:
        yield Hit(
            field="indicators",
            suggestion=Suggestion("按产出（数量、质量、时效）、成本、效益、满意度逐级设置指标。"),
        )


RULE = Rule(
    code="CP01",
    name="completeness.no_indicators",
    severity=Severity.ERROR,
    message="未设置任何绩效指标，无法对该项目开展绩效监控和评价，请补充后重新申报。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=1.0,
    fatal=True,
)

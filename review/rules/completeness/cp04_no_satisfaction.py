"""CP04 completeness.no_satisfaction — 未设置服务对象满意度指标

反例：
    面向群众的文化惠民演出项目没有设置任何满意度指标。
正例：
    满意度指标—服务对象满意度指标：观演群众满意度 ≥92%。
理由：
    有明确服务对象的项目应通过满意度反映服务对象的认可程度。
已知局限：
    没有直接服务对象的项目（如还本付息、内部设备更新）可不设：按项目名称排除常见情形，总体目标或项目内容写明“无直接服务对象”的也不提示。
依据：
    财预〔2021〕101号：需要设置满意度指标的项目应设置服务对象满意度指标，并在执行中实际开展调查或收集反馈。
"""

from __future__ import annotations

from review.context import ReviewContext
from review.facts.project import has_no_recipients
from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule


def _expected(context: ReviewContext) -> bool:
    asked = any("满意" in row.name.text for row in context.rows)
    return not asked and not has_no_recipients(context.declaration)


RULE = Rule(
    code="CP04",
    name="completeness.no_satisfaction",
    severity=Severity.ERROR,
    message="未设置满意度指标，请明确服务对象并设置可调查的满意度指标；确无服务对象的请说明。",
    check=Missing("满意度", where=_expected, advice="写明调查对象、调查方式和可接受的最低比例。"),
    manual_text=__doc__,
    confidence=0.85,
)

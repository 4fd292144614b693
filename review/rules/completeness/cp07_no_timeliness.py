"""CP07 completeness.no_timeliness — 产出指标中没有时效指标

反例：
    工程项目没有任何完成时间或进度要求。
正例：
    产出指标—时效指标：主体工程完工时间 2024年10月底前。
理由：
    没有时效要求，就无法开展进度监控，也容易形成资金沉淀。
已知局限：
    全年均衡开展的日常工作可用按期完成率等代替完成时间。
依据：
    财预〔2015〕88号：绩效指标应从数量、质量、时效、成本等方面细化，尽量进行定量表述。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule

RULE = Rule(
    code="CP07",
    name="completeness.no_timeliness",
    severity=Severity.WARNING,
    message="产出指标中未设置时效指标，请补充完成时限、关键节点或按期完成率。",
    check=Missing("产出", "时效", advice="写明关键节点的完成日期，例如“2024年10月底前完工”。"),
    manual_text=__doc__,
    confidence=0.85,
)

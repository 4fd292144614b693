"""CP06 completeness.no_quality — 产出指标中没有质量指标

反例：
    产出指标只有“采购设备 10台套”“6月底前到货”，没有质量要求。
正例：
    产出指标—质量指标：设备到货验收合格率 100%。
理由：
    只有数量没有质量，无法判断产出是否达到应有标准。
已知局限：
    会议、租赁等难以设定质量标准的项目可以不设，需人工判断。
依据：
    财预〔2015〕88号：绩效指标应从数量、质量、时效、成本等方面细化，尽量进行定量表述。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule

RULE = Rule(
    code="CP06",
    name="completeness.no_quality",
    severity=Severity.WARNING,
    message="产出指标中未设置质量指标，产出应达到的标准不明，请补充或说明不设的理由。",
    check=Missing("产出", "质量", advice="引用验收规范、行业标准或合同约定的合格标准。"),
    manual_text=__doc__,
    confidence=0.85,
)

"""CP05 completeness.no_quantity — 产出指标中没有数量指标

反例：
    产出指标只有“工程验收合格率 100%”“2024年11月底前完工”，不知道要建多少。
正例：
    产出指标—数量指标：新建农村公厕 ≥50座。
理由：
    数量指标说明工作量，是核算单位成本、判断资金是否匹配的基础。
已知局限：
    数量误填在质量、时效等栏时本规则仍提示，另有规则提示错位。
依据：
    财预〔2015〕88号：绩效指标应从数量、质量、时效、成本等方面细化，尽量进行定量表述。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule

RULE = Rule(
    code="CP05",
    name="completeness.no_quantity",
    severity=Severity.WARNING,
    message="产出指标中未设置数量指标，工作量不明，请补充与预算测算口径一致的数量指标。",
    check=Missing(
        "产出",
        "数量",
        advice="把预算测算所依据的工作量（里程、面积、人数、台套数等）设为数量指标。",
    ),
    manual_text=__doc__,
    confidence=0.85,
)

"""CP02 completeness.no_output — 未设置产出指标

反例：
    只有“受益群众满意度 ≥95%”一项，没有任何产出指标。
正例：
    产出指标—数量指标：村内道路硬化里程 ≥100公里。
理由：
    产出指标反映项目做了什么、做了多少，缺少产出就无法判断资金用途和工作量。
已知局限：
    一级指标名称无法识别时，按填报的文字判断，可能把自拟名称的产出指标视为缺失。
依据：
    财预〔2021〕101号：项目支出绩效指标原则上应设置产出指标和效益指标。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule

RULE = Rule(
    code="CP02",
    name="completeness.no_output",
    severity=Severity.ERROR,
    message="未设置产出指标，看不出项目要完成的具体工作及工作量，请从数量、质量、时效三方面补充。",
    check=Missing("产出", advice="至少设置一项能反映核心工作量的数量指标，并配以质量、时效指标。"),
    manual_text=__doc__,
    confidence=0.95,
)

"""WT01 weights.sum — 分值合计不符合任何常用方案

反例：
    各指标分值合计为85分。
正例：
    指标分值合计90分，另加预算执行率10分，共100分。
理由：
    分值合计不对，自评总分就无法换算和比较。
已知局限：
    各地方案不同：合计为100，或扣除执行率后为90、80的都视为正确，可按地区配置；有指标行没有分值的由另一条规则提示。
依据：
    财预〔2020〕10号：单位自评指标的权重由各单位根据项目实际情况确定，总分100分；财预〔2021〕101号：权重在批复时明确。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Whole
from review.rule import Rule
from review.scoring.weighing import any_wrong_total

RULE = Rule(
    code="WT01",
    name="weights.sum",
    severity=Severity.WARNING,
    message="各项指标分值合计为{total}分，不等于100分（或扣除预算执行率后的90分、80分），请{check}。",
    check=Whole(any_wrong_total),
    manual_text=__doc__,
    confidence=0.92,
)

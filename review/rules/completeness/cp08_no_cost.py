"""CP08 completeness.no_cost — 工程建设、修缮、购置类项目未设置成本指标

反例：
    “档案馆库房消防设备改造安装工程”设置了数量、质量、时效指标，没有任何成本指标。
正例：
    成本指标—经济成本指标：每套气体灭火装置采购安装成本 ≤2.2万元。
理由：
    工程和购置类项目的成本可以核算，不设成本指标就无法判断造价是否合理。
已知局限：
    按项目名称判断是否属于工程、修缮、购置类，名称中没有体现的不提示；补贴、贴息、监管、评审等不直接发生工程支出的不提示。
依据：
    财预〔2021〕101号：工程基建类、大型修缮及购置类项目应设置成本指标，并逐步推广到其他项目。
"""

from __future__ import annotations

from review.context import ReviewContext
from review.facts.project import is_works_or_purchase
from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule


def _expected(context: ReviewContext) -> bool:
    return is_works_or_purchase(context.declaration)


RULE = Rule(
    code="CP08",
    name="completeness.no_cost",
    severity=Severity.ERROR,
    message="本项目属于工程、修缮或购置类，未设置成本指标，请补充单位成本（造价）指标。",
    check=Missing(
        "成本",
        where=_expected,
        advice="请优先设置单位成本（每单位工程量或每台套的造价、单价），并注明询价、定额或历史价格依据。",
        valued=False,
    ),
    manual_text=__doc__,
    confidence=0.9,
)

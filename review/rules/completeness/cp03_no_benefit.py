"""CP03 completeness.no_benefit — 未设置效益指标

反例：
    养护道路项目只有“养护里程”“验收合格率”“完成时间”，没有说明养护后带来什么效果。
正例：
    效益指标—社会效益指标：养护路段路面优良路率 ≥92%。
理由：
    只设产出不设效益，等于只说明“做了什么”，没有说明“取得什么效果”，无法判断资金是否值得安排。
已知局限：
    人员经费、公用经费等运转类支出的效益可由满意度或服务保障程度体现，本规则对此类支出不提示。
依据：
    财预〔2021〕101号：项目支出绩效指标原则上应设置产出指标和效益指标。
"""

from __future__ import annotations

from review.context import ReviewContext
from review.facts.project import is_running_cost
from review.finding import Severity
from review.kinds import Missing
from review.rule import Rule


def _expected(context: ReviewContext) -> bool:
    return not is_running_cost(context.declaration)


RULE = Rule(
    code="CP03",
    name="completeness.no_benefit",
    severity=Severity.ERROR,
    message="未设置效益指标，看不出资金投入后取得的经济、社会或生态效果，请补充。",
    check=Missing(
        "效益", where=_expected, advice="围绕受益对象实际得到的改变设置至少一项可量化的效益指标。"
    ),
    manual_text=__doc__,
    confidence=0.9,
)

"""TR07 truth.satisfaction_unsurveyed — 满意度100%而未见调查依据

反例：
    群众满意度实际值100%，材料中没有问卷、样本和调查时间。
正例：
    “11月发放问卷200份，收回186份，满意177份，满意度95.2%。”
理由：
    没有调查就填报满意度，尤其是100%，可信度低。
已知局限：
    调查情况写在附件中而未随表提交的需人工核对；评价报告等摘录材料不判断。
依据：
    财预〔2021〕101号：设置满意度指标的，执行中应开展满意度调查或收集反馈。
"""

from __future__ import annotations

import re

from corpus.text import normalise
from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_SURVEY = re.compile(r"问卷|调查|走访|回访|访谈|测评|抽样|样本|评价器|意见箱|反馈")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if (
        context.is_excerpt
        or row.actual is None
        or row.actual.value != 100
        or "满意" not in row.name.text
    ):
        return None
    evaluation = context.evaluation
    told = " ".join(
        filter(
            None,
            (
                context.declaration.report_text,
                evaluation.actual_summary if evaluation else None,
                row.indicator.reason,
                row.indicator.definition,
            ),
        )
    )
    if _SURVEY.search(normalise(told)):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请补充调查对象、样本量、调查时间和统计结果。"),
    )


RULE = Rule(
    code="TR07",
    name="truth.satisfaction_unsurveyed",
    severity=Severity.WARNING,
    message="指标“{name}”填报“{actual}”，未见问卷、样本等调查依据，请补充佐证。",
    question="“{name}”调查了谁、发出和收回多少份、何时调查、怎样计算？请提供问卷和汇总表。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

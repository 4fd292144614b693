"""TR16 truth.satisfaction_undetailed — 满意度没有写明怎样调查

反例：
    群众满意度95%，全表没有调查对象、样本量和时间。
正例：
    “11月向3个村发放问卷200份，收回186份，满意177份。”
理由：
    满意度是唯一由服务对象作出的评价，没有样本就无法核实。
已知局限：
    满意度为100%的由TR07提示；调查说明写在附件中的需人工核对；评价报告等摘录不判断。
依据：
    财预〔2021〕101号：设置满意度指标的，执行中应开展满意度调查或收集反馈。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.surveys import missing_parts, reported_satisfaction
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names

_FULL = 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    rows = [row for row, value in reported_satisfaction(context) if value < _FULL]
    lacking = missing_parts(context)
    if context.is_excerpt or not rows or not lacking:
        return
    yield Hit(
        row=rows[0].index,
        field="actual",
        values={
            "names": enumerate_names([row.indicator.name for row in rows], 2),
            "lacking": "、".join(lacking),
        },
        suggestion=Suggestion("请补充问卷样式、发放回收数量、调查时间和汇总表。"),
    )


RULE = Rule(
    code="TR16",
    name="truth.satisfaction_undetailed",
    severity=Severity.INFO,
    message="{names}填报了满意度，没有写明{lacking}，请补充调查依据。",
    question="{names}的满意度由谁调查，对象和样本是怎样选的，何时调查，问卷在哪里？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

"""CR18 correctness.goal_year — 总体目标写的是以前年度

反例：
    2025年项目的总体目标写“2023年完成危桥改造3座”。
正例：
    2025年项目的总体目标写“2025年10月底前完成危桥改造3座”。
理由：
    总体目标只提到以前年度，说明内容照抄上年，没有按本年任务重新编制。
已知局限：
    与以前年度比较（“较2023年”）、引用文件的年份不计；目标中同时写明本年或以后年度的不提示。
依据：
    财预〔2015〕88号：绩效目标应与计划期内的任务数、资金量相应匹配。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.dates import planned_years
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    year, found = context.declaration.year, planned_years(context.goal.text)
    if year is None or not found or max(stated for stated, _ in found) >= year:
        return
    stated, span = found[0]
    yield Hit(
        field="goal",
        span=context.goal.origin(*span),
        values={"year": year, "stated": stated},
        suggestion=Suggestion(f"请按{year}年度任务重新编写总体目标。"),
    )


RULE = Rule(
    code="CR18",
    name="correctness.goal_year",
    severity=Severity.WARNING,
    message="预算年度为{year}年，总体目标写的却是{stated}年的任务，疑似沿用以前年度内容，请更正。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

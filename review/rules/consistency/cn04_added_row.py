"""CN04 consistency.added_row — 自评表增加了批复中没有的指标

反例：
    批复没有“宣传报道篇数”，自评表增列并给10分满分。
正例：
    增列指标注明批准文件，或不计入总分。
理由：
    增列容易完成的指标会稀释未完成指标的扣分。
已知局限：
    需要取得同年度的申报或批复表。
依据：
    财预〔2021〕101号：绩效指标设立后原则上不作调整。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.declared import compare_with_declared
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    if found is None or not found.added or not found.pairs:
        return
    names = [row.indicator.name for row in found.added]
    yield Hit(
        field="indicators",
        values={"count": len(names), "names": enumerate_names(names, 5)},
        suggestion=Suggestion("请说明增列依据；没有依据的不计入总分。"),
    )


RULE = Rule(
    code="CN04",
    name="consistency.added_row",
    severity=Severity.WARNING,
    message="自评表有{count}项指标不在批复之内：{names}，请说明增列依据。",
    question="为什么增列{names}？经谁同意，分值从哪些指标转来？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

"""MN13 monitoring.quality_as_annual — 定性指标照抄年度目标

反例：
    指标值“显著改善”，年中完成情况也写“显著改善”。
正例：
    写明到监控时点做了什么、看到哪些变化。
理由：
    效果类目标要到年底才能看出，年中照抄说明没有监控。
已知局限：
    时间已过85%的不判断。
依据：
    财预〔2019〕136号：绩效监控信息应真实、客观。
"""

from __future__ import annotations

from corpus.text import normalise
from review.context import ReviewContext, Row
from review.facts.progress import time_share
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_LATE = 0.85


def _check(context: ReviewContext, row: Row) -> Hit | None:
    passed, actual = time_share(context), normalise(row.indicator.actual or "").strip()
    if passed is None or passed > _LATE or row.parsed.kind != "words" or not actual:
        return None
    if actual != normalise(row.indicator.target).strip():
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请写明到监控时点已开展的工作和可观察的变化。"),
    )


RULE = Rule(
    code="MN13",
    name="monitoring.quality_as_annual",
    severity=Severity.INFO,
    message="指标“{name}”年中的完成情况“{actual}”照抄年度目标，没有反映进展，请具体填写。",
    question="到监控时点做了哪些工作？“{name}”凭什么判断已经达到？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.86,
)

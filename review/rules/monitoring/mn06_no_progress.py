"""MN06 monitoring.no_progress — 监控表没有填写完成进度

反例：
    年度指标值“≥500户”，1—7月完成情况空白。
正例：
    填“已完成260户”；尚未开展的写明计划开始时间。
理由：
    没有进度就无法判断能否完成，监控流于形式。
已知局限：
    全部指标都没有进度的只提示一次；材料为摘录的不判断。
依据：
    财预〔2019〕136号：绩效监控应收集绩效运行数据信息。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names


def _check(context: ReviewContext) -> Iterator[Hit]:
    if context.is_excerpt:
        return
    blank = [
        row
        for row in context.rows
        if row.parsed.kind != "blank" and (row.actual is None or row.actual.kind == "blank")
    ]
    if not blank:
        return
    names = [row.indicator.name for row in blank]
    yield Hit(
        row=blank[0].index if len(blank) == 1 else None,
        field="actual" if len(blank) == 1 else "indicators",
        values={"count": len(blank), "names": enumerate_names(names, 4)},
        suggestion=Suggestion("请填写到监控时点的实际完成数；未开展的写明计划时间。"),
    )


RULE = Rule(
    code="MN06",
    name="monitoring.no_progress",
    severity=Severity.WARNING,
    message="{count}项指标没有填写完成进度：{names}，请补填。",
    question="{names}开展了没有？到监控时点完成了多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

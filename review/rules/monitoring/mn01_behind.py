"""MN01 monitoring.behind — 完成进度明显落后于时间进度

反例：
    7月底已过58%，目标1000人只完成120人（12%）。
正例：
    写明原因、补救措施和预计完成时间，必要时按程序调整目标。
理由：
    监控的目的是及时纠偏，进度落后而不说明，年底多半完不成。
已知局限：
    季节性工作可能集中在下半年完成，需结合实施计划判断；提示线可按地区配置。
依据：
    财预〔2019〕136号：绩效监控应对绩效目标实现程度和预算执行进度实行双监控，偏离的及时纠正。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.explaining import has_reason
from review.facts.progress import is_cumulative, progress, time_share
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext, row: Row) -> Hit | None:
    passed, done = time_share(context), progress(row)
    if passed is None or done is None or not is_cumulative(row):
        return None
    if passed - done < context.config.monitoring_lag:
        return None
    forecast = row.indicator.forecast
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请说明原因、补救措施和预计完成时间，确需调整目标的按程序报批。"),
        done=number(round(100 * done)),
        passed=number(round(100 * passed)),
        forecast=f"，却预计全年完成“{forecast.strip()}”" if forecast else "",
        excuse="" if has_reason(row) else "，没有说明原因",
    )


RULE = Rule(
    code="MN01",
    name="monitoring.behind",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，已完成“{actual}”（{done}%），时间已过{passed}%{forecast}{excuse}。",
    question="“{name}”进度为什么落后？剩余任务何时、由谁完成，有无实施计划？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""EZ10 easy.below_last_year — 目标低于本项目上年实际完成水平

反例：
    上年实际培训320人次，本年目标“≥280人次”，预算没有减少。
正例：
    本年目标“≥330人次”；或者在指标说明中写明培训任务调减的文件依据。
理由：
    目标低于已经达到的水平，属于“鞭打慢牛”式的保守设定（棘轮效应），应有理由。
已知局限：
    只有随申报提供、或数据库中存有本项目以前年度指标和实际完成值时才能比较；预算减少时，数量按预算同比例折算后再比较。
依据：
    财预〔2021〕101号：指标值可参照历史标准确定。
"""

from __future__ import annotations

from dataclasses import replace

from models.attainment_evidence import compare
from review.context import ReviewContext, Row
from review.facts.ease import as_written, attainment, own_evidence, states_reason
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule
from review.wording import shorten


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not context.declaration.history or not is_number(row.parsed) or states_reason(row):
        return None
    found = attainment(context, row)
    if found is None:
        return None
    record = next((item for item in found.own_records if item.actual is not None), None)
    if record is None or record.actual is None:
        return None
    if compare(record.actual, found.value, found.direction) < 1.0:
        return None
    reached = shorten(record.indicator.actual or "")
    level = as_written(found, record.actual)
    hit = hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"请参照已实际达到的“{reached}”重新设定（不低于“{level}”），或在指标说明中写明调减依据。",
            replacement(row, name=found.reading.indicator.name, target=level),
        ),
        year=f"{record.year}年" if record.year else "上年",
        earlier=reached,
        relation="低于" if found.direction == "≥" else "松于",
        scaled="（已按预算缩减折算）" if record.scale < 1.0 else "",
    )
    return replace(hit, evidence=(own_evidence(context, record),))


RULE = Rule(
    code="EZ10",
    name="easy.below_last_year",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”的目标“{target}”{relation}{year}实际完成的“{earlier}”{scaled}，请提高或说明理由。"
    ),
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

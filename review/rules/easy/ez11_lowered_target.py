"""EZ11 easy.lowered_target — 目标比本项目以前年度的目标下调

反例：
    上年目标“群众满意度 ≥95%”，本年改为“≥90%”，没有说明原因。
正例：
    本年目标“≥95%”；或者在指标说明中写明“因服务范围扩大到山区，较上年下调”。
理由：
    持续实施的项目逐年降低要求，目标失去约束作用。
已知局限：
    以前年度报告了实际完成值的，由 EZ10 比较；预算减少时，数量按预算同比例折算后再比较。
依据：
    财预〔2021〕101号：指标值可参照历史标准确定；财预〔2015〕88号：绩效目标应合理可行。
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
    if found is None or not found.own_records:
        return None
    record = found.own_records[0]
    if record.actual is not None or record.target is None:
        return None
    if compare(record.target, found.value, found.direction) < 1.0:
        return None
    level = as_written(found, record.target)
    hit = hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"请保持不低于“{level}”，或在指标说明中写明下调依据。",
            replacement(row, name=found.reading.indicator.name, target=level),
        ),
        year=f"{record.year}年" if record.year else "上年",
        earlier=shorten(record.indicator.target),
        scaled="（已按预算缩减折算）" if record.scale < 1.0 else "",
    )
    return replace(hit, evidence=(own_evidence(context, record),))


RULE = Rule(
    code="EZ11",
    name="easy.lowered_target",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”的目标“{target}”比{year}的目标“{earlier}”{scaled}放宽了要求，"
        "请维持原有水平或说明下调理由。"
    ),
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("EZ10",),
)

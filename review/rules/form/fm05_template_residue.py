"""FM05 form.template_residue — 指标名称中残留模板占位符

反例：
    “种植作物成活率（≥**%）”“项目总成本（≤**万元）”。
正例：
    “种植作物成活率”，指标值“≥85%”。
理由：
    占位符没有删除，容易与实际指标值混淆，也不符合填报规范。
已知局限：
    名称中用星号表示脱敏内容的也会提示。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，内容应填写规范、清晰。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_RESIDUE = re.compile(
    r"\([≥≤><=]*\s*(?:[*＊]+|[xX×]{2,}|_{2,}|…+)[^()]{0,6}\)|[≥≤><=]+\s*[*＊]+[%‰一-龥/·]{0,6}|[*＊]{2,}|[xX×]{2,}(?=[一-龥]|$)"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    match = _RESIDUE.search(row.name.text)
    if match is None:
        return None
    start, end = row.name.origin(*match.span())
    name = row.indicator.name
    cleaned = replacement(row, name=f"{name[:start]}{name[end:]}".strip())
    return hit_row(
        row,
        "name",
        span=(start, end),
        suggestion=Suggestion(f"请删去名称中的“{match.group()}”。", cleaned),
        found=match.group(),
    )


RULE = Rule(
    code="FM05",
    name="form.template_residue",
    severity=Severity.INFO,
    message="指标名称“{name}”残留模板占位符“{found}”，请删去。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.96,
    yields_to=("CP11",),
)

"""CP09 completeness.blank_target — 指标值空白

反例：
    “基本康复服务人数”一行的指标值没有填写。
正例：
    “基本康复服务人数 ≥1200人”。
理由：
    没有指标值，就没有考核标准，自评时可以任意填报。
已知局限：
    评价报告等叙述材料中没有写明目标值的，不视为空白。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，内容应填写齐全，目标应明确清晰。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.values import library_target
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    blank = row.parsed.kind == "blank" and not row.parsed.placeholder
    if not blank or context.is_excerpt or not row.name.text.strip():
        return None
    found = library_target(context, row)
    text = "请结合历史水平、行业标准或工作计划填写指标值。"
    return hit_row(row, "target", suggestion=found or Suggestion(text))


RULE = Rule(
    code="CP09",
    name="completeness.blank_target",
    severity=Severity.ERROR,
    message="指标“{name}”未填写指标值，没有考核标准，请补填。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.97,
)

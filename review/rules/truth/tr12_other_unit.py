"""TR12 truth.other_unit — 实际完成值与指标值的计量单位不同

反例：
    指标值“50人”，实际“280人次”；指标值“12000平方米”，实际“3处”。
正例：
    指标值“50人”，实际“52人（培训280人次）”。
理由：
    单位不同无法比较，也可能借更大的数字掩盖未完成。
已知局限：
    没有写单位的不判断；同类单位（公里与米）换算后比较，不提示。
依据：
    财预〔2020〕10号：实际完成值应与指标值口径一致，如实反映完成情况。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.values import is_number, units_differ
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    target, actual = row.parsed, row.actual
    if actual is None or not is_number(target) or not is_number(actual):
        return None
    if target.parts or actual.parts or target.unit is None or actual.unit is None:
        return None
    if not units_differ(target.unit, actual.unit):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion(f"请按指标值的单位“{target.unit}”填写实际完成值。"),
    )


RULE = Rule(
    code="TR12",
    name="truth.other_unit",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，实际“{actual}”，计量单位不同，无法比较，请统一口径。",
    question="“{name}”按指标值的单位计算，实际完成多少？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)

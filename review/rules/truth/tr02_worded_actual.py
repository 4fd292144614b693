"""TR02 truth.worded_actual — 量化指标的实际完成值只写“完成”“达成预期”

反例：
    指标值“1万亩”，实际完成值“已完工并通过检查验收”。
正例：
    实际完成值“10036亩，验收合格”。
理由：
    量化目标应报告具体数量，只写“完成”无法核实，也看不出完成率。
已知局限：
    指标值本身是文字或日期的不提示。
依据：
    财预〔2020〕10号：单位自评应客观真实反映指标实际完成情况。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if row.actual is None or row.actual.kind not in ("words", "date") or not is_number(row.parsed):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请填写与指标值同口径、同单位的实际数值。"),
    )


RULE = Rule(
    code="TR02",
    name="truth.worded_actual",
    severity=Severity.WARNING,
    message="指标“{name}”的目标为“{target}”，实际完成值却只写“{actual}”，没有具体数值，无法核实。",
    question="“{name}”实际完成的具体数量是多少，由谁统计，有哪些佐证？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)

"""TR06 truth.blank_actual — 没有填写实际完成值

反例：
    指标值“≥266米”，实际完成值空白，得分却为满分。
正例：
    实际完成值“271米”。
理由：
    没有实际完成值，得分没有依据。
已知局限：
    评价报告等摘录材料、全部指标都没有实际值的（尚未自评）不提示。
依据：
    财预〔2020〕10号：单位自评应客观真实反映指标实际完成情况。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    blank = row.actual is None or row.actual.kind == "blank"
    if not blank or context.is_excerpt or row.parsed.kind == "blank":
        return None
    evaluated = any(other.indicator.actual for other in context.rows)
    if not evaluated and row.indicator.score is None:
        return None
    return hit_row(row, "actual")


RULE = Rule(
    code="TR06",
    name="truth.blank_actual",
    severity=Severity.ERROR,
    message="指标“{name}”没有填写实际完成值，得分缺少依据，请补填。",
    question="“{name}”没有填完成值，得分依据是什么？实际做了没有？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.93,
)

"""TR11 truth.missed_unexplained — 没有完成目标也没有说明原因

反例：
    参保缴费人数目标216786人，实际201201人，偏差原因空白。
正例：
    写明未完成的数量、原因、责任单位和整改时限。
理由：
    未完成的指标必须说明原因，否则无法判断是目标问题还是执行问题。
已知局限：
    已有扣分的由扣分说明规则提示；原因写在报告其他部分的需人工核对。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.facts.explaining import explains_elsewhere, has_reason
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import shorten


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if has_reason(row) or not is_missed(row) or explains_elsewhere(context, row):
        return None
    reason = (row.indicator.reason or "").strip()
    return hit_row(
        row,
        "reason",
        suggestion=Suggestion("请填写未完成的原因、整改措施和完成时限。"),
        lack=f"偏差原因只写“{shorten(reason)}”" if reason else "也没有说明原因",
    )


RULE = Rule(
    code="TR11",
    name="truth.missed_unexplained",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，实际“{actual}”，没有完成，{lack}，请补充。",
    question="“{name}”为什么没有完成？差额何时补齐，是否影响项目效果？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("TR04", "SC06"),
)

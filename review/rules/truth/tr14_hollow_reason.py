"""TR14 truth.hollow_reason — 偏差原因没有说明问题

反例：
    偏差原因只写“疫情影响”或“加强管理”。
正例：
    “疫情封控使4—6月两期培训停办，少训120人，已于11月补训。”
理由：
    只说客观原因或只写措施，看不出差在哪里、差多少、谁来整改。
已知局限：
    只判断扣分、未完成或明显超额的指标；写明数量、时间或过程的不提示。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed, overshoot
from review.facts.explaining import (
    has_reason,
    is_circumstance,
    is_measure_only,
    is_restatement,
    says_nothing_of,
)
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import shorten

_ROUNDING = 0.01


def _check(context: ReviewContext, row: Row) -> Hit | None:
    reason = row.indicator.reason
    if not has_reason(row) or not _deviates(context, row):
        return None
    if is_circumstance(reason):
        lack = "只提到客观情况，没有说明影响了什么、差多少"
    elif is_restatement(reason, row.indicator.name):
        lack = "只是重复了偏差本身，没有说明原因"
    elif is_measure_only(reason):
        lack = "只写了措施，没有说明原因"
    elif says_nothing_of(reason, row.indicator.name):
        lack = "只是笼统的说法，没有说明具体原因"
    else:
        return None
    return hit_row(
        row,
        "reason",
        suggestion=Suggestion("请写明偏差的数量、直接原因、责任环节和整改时限。"),
        reason=shorten(reason or ""),
        lack=lack,
    )


def _deviates(context: ReviewContext, row: Row) -> bool:
    """Tell whether a row has something to explain: points lost, a target missed or far exceeded."""
    weight, score = row.indicator.weight, row.indicator.score
    lost = weight is not None and score is not None and score < weight - _ROUNDING
    return lost or is_missed(row) or (overshoot(row) or 0) >= context.config.overshoot


RULE = Rule(
    code="TR14",
    name="truth.hollow_reason",
    severity=Severity.WARNING,
    message="指标“{name}”的偏差原因“{reason}”{lack}，请具体说明。",
    question="“{name}”的偏差具体由什么造成？影响了多少，谁负责整改、何时完成？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

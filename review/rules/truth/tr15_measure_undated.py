"""TR15 truth.measure_undated — 改进措施没有时限

反例：
    “今后加强管理，提高资金使用效率。”
正例：
    “2025年3月底前完成剩余2处整改，由工程科负责。”
理由：
    没有时限的措施无法跟踪，下一年还会重复同样的问题。
已知局限：
    只判断扣分或未完成的指标；时限写在报告其他部分的需人工核对。
依据：
    财预〔2020〕10号：未完成绩效目标的应研究提出改进措施；中发〔2018〕34号：硬化责任约束。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.facts.explaining import has_reason, names_a_time, promises
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import shorten

_ROUNDING = 0.01


def _check(context: ReviewContext, row: Row) -> Hit | None:
    reason, weight, score = row.indicator.reason, row.indicator.weight, row.indicator.score
    lost = weight is not None and score is not None and score < weight - _ROUNDING
    if not (lost or is_missed(row)) or not has_reason(row):
        return None
    if not promises(reason) or names_a_time(reason):
        return None
    return hit_row(
        row,
        "reason",
        suggestion=Suggestion("请写明责任单位和完成时限。"),
        reason=shorten(reason or ""),
    )


RULE = Rule(
    code="TR15",
    name="truth.measure_undated",
    severity=Severity.INFO,
    message="指标“{name}”的改进措施“{reason}”没有完成时限，请补充。",
    question="“{name}”的整改由谁负责、何时完成、怎样验收？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

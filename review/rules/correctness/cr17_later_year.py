"""CR17 correctness.later_year — 完成时间晚于预算年度

反例：
    2022年项目的“项目完成时间”填写“2023年底”。
正例：
    2022年项目填写“2022年12月底前完成主体工程”，跨年部分在实施期目标中反映。
理由：
    年度目标应在预算年度内完成，超出年度的任务无法在当年考核。
已知局限：
    跨年度项目的总体目标可以超出当年，需同时填写当年应完成的进度。
依据：
    财预〔2015〕88号：绩效目标应与计划期内的任务数、资金量相应匹配。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.dates import target_year
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    found = target_year(row.parsed)
    if found is None:
        return None
    year = context.declaration.year
    if year is None or found <= year:
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(f"请填写{year}年内应完成的节点和进度，跨年部分另行说明。"),
        year=year,
    )


RULE = Rule(
    code="CR17",
    name="correctness.later_year",
    severity=Severity.WARNING,
    message="预算年度为{year}年，指标“{name}”的完成时间为“{target}”，超出预算年度，请填写当年应完成的进度。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
)

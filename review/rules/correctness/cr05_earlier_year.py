"""CR05 correctness.earlier_year — 名称或指标值中的时间早于预算年度

反例：
    2022年项目的“项目完成时间”填写“2021年12月底”。
正例：
    2022年项目的“项目完成时间”填写“2022年11月底前”。
理由：
    沿用上年日期，说明目标是照抄上年的，或者资金用于已完成的工作。
已知局限：
    支付以前年度尾款的项目应在目标中说明；没有填写预算年度时不判断。
依据：
    财预〔2015〕88号：绩效目标应合理可行，与预算年度的任务数相应匹配。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.dates import planned_years, target_year
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    found = target_year(row.parsed)
    planned = planned_years(row.name.text) if found is None else []
    if found is None and not planned:
        return None
    year = context.declaration.year
    if year is None:
        return None
    advice = Suggestion(f"请按{year}年度工作计划重新填写时间。")
    if found is not None:
        late = found >= year
        return None if late else hit_row(row, "target", suggestion=advice, year=year)
    if max(stated for stated, _ in planned) >= year:
        return None
    span = row.name.origin(*planned[0][1])
    return hit_row(row, "name", span=span, suggestion=advice, year=year)


RULE = Rule(
    code="CR05",
    name="correctness.earlier_year",
    severity=Severity.ERROR,
    message="预算年度为{year}年，指标“{name}”（{target}）写的却是以前年度，疑似沿用以前年度内容，请更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)
